import atexit
import threading

gate = threading.Event()

def work():
    threading.main_thread().join()
    print("non-daemon thread")

atexit.register(print, "first registered")
threading.Thread(target=gate.wait, daemon=True).start()
threading.Thread(target=work).start()
atexit.register(print, "last registered")
