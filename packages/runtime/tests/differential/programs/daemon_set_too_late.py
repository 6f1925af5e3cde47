import threading

gate = threading.Event()
thread = threading.Thread(target=gate.wait)
thread.start()
try:
    thread.daemon = True
except RuntimeError as error:
    print(error)
gate.set()
