import threading

def hook(args):
    print(args.exc_type.__name__, args.exc_value, args.thread is thread, args.thread.name)

def fail():
    raise KeyError("k")

threading.excepthook = hook
thread = threading.Thread(target=fail, name="failing")
thread.start()
thread.join()
