import threading

gate = threading.Event()
threading.Thread(target=gate.set).start()
gate.wait()
for thread in [threading.Thread(target=print, args=(number,)) for number in range(5)]:
    thread.start()
    thread.join()
