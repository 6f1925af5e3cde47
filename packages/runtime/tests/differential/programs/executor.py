import threading
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(1, thread_name_prefix="pool")
print(pool.submit(lambda: threading.current_thread().name).result())
pool.submit(print, "queued work is done at exit")
