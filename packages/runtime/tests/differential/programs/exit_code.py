import sys
import threading

gate = threading.Event()
threading.Thread(target=gate.wait, daemon=True).start()
threading.Thread(target=print, args=("non-daemon",)).start()
sys.exit(3)
