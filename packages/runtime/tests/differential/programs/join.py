import threading

def work(number):
    print("work", number, threading.current_thread().name)

for number in range(3):
    thread = threading.Thread(target=work, args=(number,))
    print(thread.daemon, thread.ident, thread.is_alive(), type(thread).__name__, repr(thread))
    thread.start()
    thread.join()
    print(thread.is_alive(), thread.name)
