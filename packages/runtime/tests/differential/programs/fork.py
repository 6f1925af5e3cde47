import os
import sys
import threading
import warnings

# From 3.12 on, and depending on how quickly the system takes a finished thread away.
warnings.simplefilter("ignore", DeprecationWarning)

thread = threading.Thread(target=int)
thread.start()
thread.join()
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    child = threading.Thread(target=print, args=("child",))
    child.start()
    sys.exit(7)
print("parent", os.waitpid(pid, 0)[1] >> 8)
