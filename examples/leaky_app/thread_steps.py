"""The parts of the scenario that run threads."""

import socket
import threading
import webbrowser

from leaky_app import dashboard, dispatcher, gateway, monitor


def settle():
    """Wait for every thread that is still running."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)


def run_monitor(log):
    log.heading("monitor")
    sampled = threading.Event()

    def sample():
        sampled.set()
        return 42

    watch = monitor.ResourceMonitor(sample)
    watch.start()
    log.attempt("sampled", sampled.wait, 5)
    log.attempt("stop", watch.stop)
    log.attempt("first", lambda: watch.first)
    memory = monitor.memory_in_use()
    log.attempt("memory_in_use", lambda: memory is None or memory > 0)
    totals, inbox = [], []
    log.attempt("flush", monitor.flush, [1, 2, 3], totals)
    log.attempt("remind", monitor.remind, "tea", inbox)
    settle()
    log.attempt("totals", lambda: (totals, inbox))
    log.attempt("flush_now", monitor.flush_now, [4, 5])
    log.attempt("with_deadline", monitor.with_deadline, 60, lambda: "quick")
    log.attempt("with_deadline failing", monitor.with_deadline, 60, lambda: int("x"))
    reminder = monitor.Reminder()
    reminder.schedule(60, inbox.clear)
    log.attempt("reminder", reminder.stop)
    settle()


def run_dispatcher(log):
    log.heading("dispatcher")
    done = []
    log.attempt("fire_and_forget", dispatcher.fire_and_forget, done.append, "forgotten")
    settle()
    log.attempt("broadcast", dispatcher.broadcast, done.append, ["x", "y", "z"])
    settle()
    log.attempt("done", lambda: sorted(done))
    log.attempt("run_and_wait", dispatcher.run_and_wait, done.append, "waited")
    log.attempt("run_beside", dispatcher.run_beside, lambda: done.append("beside"), lambda: "in front")
    log.attempt("run_beside failing", dispatcher.run_beside, lambda: done.append("alone"), lambda: 1 // 0)
    settle()
    log.attempt("run_all", dispatcher.run_all, [lambda: done.append("all")] * 3)

    def task():
        done.append("twice")

    log.attempt("twice", dispatcher.twice, task)
    warmer = dispatcher.CacheWarmer(lambda: done.append("warm"))
    log.attempt("cold", warmer.started)
    warmer.start()
    settle()
    log.attempt("warm", warmer.started)
    pool = dispatcher.TaskPool()
    for name in ("p2", "p1"):
        pool.submit(name, lambda: done.append("pooled"))
    log.attempt("shutdown", pool.shutdown)
    log.attempt("done", lambda: sorted(done))


def ask(address):
    """Put a question to the dashboard."""
    with socket.create_connection(address, timeout=5) as link:
        link.sendall(b"how are you\n")
        with link.makefile("r", encoding="utf-8") as answer:
            return answer.readline().strip()


class Browser:
    """A browser that remembers instead of showing."""

    def __init__(self):
        self.visited = []

    def open(self, url, new=0, autoraise=True):
        self.visited.append((url, new))
        return True


def run_dashboard(log):
    log.heading("dashboard and gateway")
    board = dashboard.Dashboard(lambda question: f"{question}? fine")
    board.start()
    log.attempt("ask", ask, board.address)
    log.attempt("stop", board.stop)
    log.attempt("answer_once", dashboard.answer_once, lambda question: question.upper(), ask)
    log.attempt("answer_once failing", dashboard.answer_once, str, lambda address: {}["answer"])
    settle()
    browser = Browser()
    webbrowser.register("transcript", None, browser, preferred=True)
    log.attempt("show", dashboard.show, "http://localhost/status")
    log.attempt("visited", lambda: browser.visited)
    log.attempt("greet", gateway.greet, ["north", "south", "north"])
    log.attempt("announce", gateway.announce, ["general", "random"])
    log.attempt("plan", gateway.plan, ["write", "test"])


def run_worker(log):
    log.heading("worker")
    from leaky_app import broken_worker

    beaten = threading.Event()
    worker = broken_worker.HeartbeatWorker(beaten.set)
    worker.start()
    log.attempt("beaten", beaten.wait, 5)
    log.attempt("stop", worker.stop)
