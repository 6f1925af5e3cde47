import gc
import threading
import weakref

class Big:
    pass

big = Big()
gone = weakref.ref(big)
thread = threading.Thread(target=id, args=(big,))
thread.start()
thread.join()
del big
gc.collect()
print(gone())
