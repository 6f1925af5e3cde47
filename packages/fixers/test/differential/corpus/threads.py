"""Threads that nobody joins."""

import threading


def _work(results, value):
    results.append(value)


def _settle(results, count=1):
    for _ in range(500):
        if len(results) >= count:
            return sorted(results)
        threading.Event().wait(0.01)
    return "late"


def fixed_started(env):
    results = []
    thread = threading.Thread(target=_work, args=(results, 1))
    thread.start()
    return _settle(results), thread.name.startswith("Thread-"), thread.daemon


def fixed_daemon(env):
    results = []
    thread = threading.Thread(target=_work, args=(results, 1), daemon=True)
    thread.start()
    return _settle(results), thread.daemon


def fixed_chained(env):
    results = []
    threading.Thread(target=_work, args=(results, 2)).start()
    return _settle(results)


def fixed_many_lines(env):
    results = []
    thread = threading.Thread(
        target=_work,  # what it does
        args=(results, 3),
        name="named",
    )
    thread.start()
    return _settle(results), thread.name


def fixed_timer(env):
    results = []
    timer = threading.Timer(0.01, _work, (results, 4))
    timer.start()
    return _settle(results)


class _Worker(threading.Thread):
    def __init__(self, results):
        super().__init__(name="worker")
        self.results = results

    def run(self):
        self.results.append(self.name)


def fixed_subclass(env):
    results = []
    worker = _Worker(results)
    worker.start()
    return _settle(results), type(worker).__name__


def fixed_late_name(env):
    results = []
    thread = threading.Thread(target=_work, args=(results, 5))
    thread.name = "late"
    thread.daemon = True
    thread.start()
    return _settle(results), thread.name


def kept_joined(env):
    results = []
    thread = threading.Thread(target=_work, args=(results, 6))
    thread.start()
    thread.join()
    return results


def kept_never_started(env):
    thread = threading.Thread(target=_work, args=([], 7))
    return thread.daemon
