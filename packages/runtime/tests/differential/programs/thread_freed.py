import gc
import sys
import threading
import weakref

thread = threading.Thread(target=int)
print(sys.getrefcount(thread), sorted(vars(thread)))
thread.start()
thread.join()
gone = weakref.ref(thread)
print(sys.getrefcount(thread), gone() is thread)
del thread
gc.collect()
print(gone())
