"""The heartbeat worker, as a careless search-and-replace left it: Python refuses to compile this file."""

import threading


class HeartbeatWorker:
    """Calls `beat` now and then until it is stopped."""

    def __init__(self, beat, interval=0.01):
        self._beat = beat
        self._interval = interval
        self._stop = threading.Event()
        self._thread = None

    def start(self):
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._stop.is_set():
            self._beat()
            self._stop.wait(self._interval)

    def stop(self):
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
