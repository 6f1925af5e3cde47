import threading

class Worker(threading.Thread):
    instances = 0

    def __init__(self, label, *args, **kwargs):
        self.label = label
        super().__init__(*args, **kwargs)
        Worker.instances += 1

    def __eq__(self, other):
        return isinstance(other, Worker)

    def __hash__(self):
        return 7

    def start(self):
        print("start", self.label)
        super().start()

    def run(self):
        print("run", self.label, self.name)

    def join(self, timeout=None):
        print("join", self.label)
        super().join(timeout)

    def is_alive(self):
        print("is_alive", self.label)
        return super().is_alive()

workers = [Worker("a"), Worker("b", name="bee"), Worker(label="c", daemon=True)]
for worker in workers:
    worker.start()
    worker.join()
print([worker.is_alive() for worker in workers], Worker.instances, len(set(workers)))
