import os
import threading

gate = threading.Event()
threading.Thread(target=gate.wait).start()
os._exit(4)
