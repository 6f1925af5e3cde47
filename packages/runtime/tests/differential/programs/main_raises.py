import threading

main_over = threading.Event()

def work():
    main_over.wait()
    print("thread ends after main")

thread = threading.Thread(target=work)
thread.start()
try:
    raise RuntimeError("main fails")
finally:
    main_over.set()
