import threading

rang = threading.Event()
timer = threading.Timer(0.01, rang.set)
timer.start()
rang.wait()
timer.join()
other = threading.Timer(60, print, ["never"])
other.daemon = True
other.start()
other.cancel()
other.join()
unstarted = threading.Timer(60, print)
unstarted.cancel()
print(timer.interval, timer.name, other.name, unstarted)
