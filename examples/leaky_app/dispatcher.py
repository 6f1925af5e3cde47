"""Running tasks side by side."""

import threading


def fire_and_forget(task, *args):
    """Run a task in the background. Nobody hears of it again."""
    worker = threading.Thread(target=task, args=args)
    worker.start()


def broadcast(task, names):
    """Run a task once for every name, in the background."""
    for name in names:
        threading.Thread(
            target=task,
            args=(name,),  # one name each
            daemon=True,
        ).start()
    return len(names)


def run_and_wait(task, *args):
    """Run a task in a thread of its own and wait for it."""
    worker = threading.Thread(target=task, args=args)
    worker.start()
    worker.join()
    return worker.is_alive()


def run_beside(task, foreground):
    """Run a task in the background while `foreground` runs here; waits for both."""
    helper = threading.Thread(target=task, name="helper")
    helper.start()
    result = foreground()
    helper.join()
    return result


def run_all(tasks):
    """Run tasks side by side and wait for all of them."""
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(threads)


def prepare(task):
    """A thread that the caller starts."""
    return threading.Thread(target=task, name=f"prepared-{task.__name__}")


def start_worker(task):
    """A running thread; the caller joins it."""
    worker = threading.Thread(target=task)
    worker.start()
    return worker


def twice(task):
    """Run a task two times, one after the other."""
    first = start_worker(task)
    first.join()
    second = prepare(task)
    second.start()
    second.join()
    return second.name


class CacheWarmer:
    """Fills a cache when the service starts. It keeps its thread and never asks for it."""

    def __init__(self, fill):
        self._fill = fill
        self._thread = None

    def start(self):
        self._thread = threading.Thread(target=self._fill, daemon=True)
        self._thread.start()

    def started(self):
        return self._thread is not None


class TaskPool:
    """Named tasks that all end with the pool."""

    def __init__(self):
        self.tasks = {}

    def submit(self, name, task):
        thread = threading.Thread(target=task, name=name)
        self.tasks[name] = thread
        thread.start()

    def shutdown(self):
        names = sorted(self.tasks)
        for thread in self.tasks.values():
            thread.join()
        self.tasks.clear()
        return names
