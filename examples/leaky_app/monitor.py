"""Watching the service from inside: samples, reminders, flushes."""

import queue
import threading
from threading import Timer

try:
    import psutil
except ImportError:  # optional; the numbers are then left out
    psutil = None


def memory_in_use(pid=None):
    """Resident bytes of a process, or None without psutil."""
    if psutil is None:
        return None
    process = psutil.Process(pid) if pid is not None else psutil.Process()
    return process.memory_info().rss


class ResourceMonitor:
    """Takes a sample now and then until it is stopped."""

    def __init__(self, sample, interval=0.01):
        self._sample = sample
        self._interval = interval
        self._stop = threading.Event()
        self._thread = None
        self.first = None

    def start(self):
        self._thread = threading.Thread(target=self._run, name="resource-monitor", daemon=True)
        self._thread.start()

    def _run(self):
        while not self._stop.is_set():
            value = self._sample()
            if self.first is None:
                self.first = value
            self._stop.wait(self._interval)

    def stop(self):
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None


class MetricsFlusher(threading.Thread):
    """Adds up what it finds in a queue until it meets None."""

    def __init__(self, numbers, totals):
        super().__init__(name="metrics-flusher")
        self.numbers = numbers
        self.totals = totals

    def run(self):
        total = 0
        while True:
            number = self.numbers.get()
            if number is None:
                break
            total += number
        self.totals.append(total)


def flush(numbers, totals):
    """Add numbers up in the background."""
    pending = queue.Queue()
    for number in numbers:
        pending.put(number)
    pending.put(None)
    flusher = MetricsFlusher(pending, totals)
    flusher.start()
    return len(numbers)


def flush_now(numbers):
    """Add numbers up in the background and wait for the result."""
    pending, totals = queue.Queue(), []
    for number in [*numbers, None]:
        pending.put(number)
    flusher = MetricsFlusher(pending, totals)
    flusher.start()
    flusher.join()
    return totals[0]


def remind(text, inbox, delay=0.01):
    """Put a text into an inbox a little later."""
    Timer(delay, inbox.append, args=(text,)).start()


def with_deadline(seconds, action):
    """Run an action; whether it took longer than `seconds` is told at the end."""
    late = []
    alarm = Timer(seconds, late.append, args=(True,))
    alarm.start()
    try:
        result = action()
    finally:
        alarm.cancel()
    return result, bool(late)


class Reminder:
    """A reminder that can be called off."""

    def __init__(self):
        self._timer = None

    def schedule(self, delay, action):
        self._timer = threading.Timer(delay, action)
        self._timer.start()

    def stop(self):
        if self._timer:
            self._timer.cancel()
