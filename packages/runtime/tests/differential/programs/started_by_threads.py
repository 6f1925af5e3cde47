import threading

lock = threading.Lock()
total = []

def work(depth):
    with lock:
        total.append(depth)
    if depth:
        children = [threading.Thread(target=work, args=(depth - 1,)) for _ in range(3)]
        for child in children:
            child.start()
        for child in children:
            child.join()

root = threading.Thread(target=work, args=(3,), name="root")
root.start()
root.join()
print(sorted(total), threading.active_count())
