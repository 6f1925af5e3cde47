import threading

thread = threading.Thread(target=print, args=("never",), name="idle")
other = threading.Thread(target=print, daemon=True)
print(thread, other, threading.active_count())
