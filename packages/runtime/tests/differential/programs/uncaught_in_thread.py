import threading

def fail(text):
    raise ValueError(text)

thread = threading.Thread(target=fail, args=("in thread",))
thread.start()
thread.join()
print("main goes on")
