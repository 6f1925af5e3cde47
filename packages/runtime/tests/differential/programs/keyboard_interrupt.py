import signal
import threading

gate = threading.Event()
thread = threading.Thread(target=gate.wait)
thread.start()
try:
    signal.raise_signal(signal.SIGINT)
    gate.wait(10)
finally:
    gate.set()
    thread.join()
    print("interrupted")
