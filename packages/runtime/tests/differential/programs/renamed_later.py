import threading

ready = threading.Event()

def work():
    ready.wait()
    print(threading.current_thread().name, threading.current_thread().daemon)

thread = threading.Thread(target=work)
thread.name = "late"
thread.daemon = True
thread.start()
thread.name = "later"
ready.set()
thread.join()
