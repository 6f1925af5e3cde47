import threading

def inner():
    print("inner", threading.current_thread().daemon)

def outer():
    thread = threading.Thread(target=inner)
    print("made", thread.daemon)
    thread.start()
    thread.join()

for daemon in (True, False, None):
    thread = threading.Thread(target=outer, daemon=daemon)
    thread.start()
    thread.join()
