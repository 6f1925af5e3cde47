"""What a running program makes and does not release, counted by the place that makes it.

While the program runs, every creation costs one entry in a queue. A thread of this module empties the queue every
second, works out what is still open, and appends what changed to the evidence file; so a process that is killed loses a
second at most. There is nothing to configure, and nothing is raised into the program.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
from collections import deque
from time import monotonic
from types import CodeType, FrameType
from typing import Any, Callable, Deque, Dict, Optional, Tuple
from weakref import ref

from . import _audit, _exit
from ._closers import is_closed_sqlite
from ._evidence_file import EvidenceFile
from ._library import role_of, roles, self_of
from ._live import Counter, threads_in_good_hands
from ._open_files import OpenFiles, can_be_listed

INTERVAL_S = 1.0
MAX_PER_INTERVAL = 200
"""Creations that are noted between two looks; then nothing is until the next. So the cost has a limit: a busy program
makes thousands a second, and any two hundred of them say as much."""
KINDS = ("file", "process", "socket", "sqlite", "task", "thread")
_COLLECTED: Callable[[], Any] = lambda: None  # noqa: E731
_ENDED: Callable[[], Any] = lambda: None  # noqa: E731


# Kind, code, offset of the call, a reference to what was made, and when: one creation, as short as it can be noted.
Made = Tuple[str, CodeType, int, Callable[[], Any], float]


class Recorder:
    """Records one process. After a fork, the child's recorder begins anew in the same file.

    Args:
        path: The evidence file, absolute.
        interval: Seconds between two looks at what is open.
    """

    _left: int
    _limited: int
    _file: EvidenceFile

    def __init__(self, path: str, *, interval: float = INTERVAL_S) -> None:
        self._path = path
        self._interval = interval
        self._pid = os.getpid()
        self._kinds = tuple(kind for kind in KINDS if kind != "file" or can_be_listed())
        self._listeners: Tuple[Tuple[str, _audit.Listener], ...] = (
            *((("open", self._on_open),) if "file" in self._kinds else ()),
            ("socket.__new__", self._on_socket),
            ("subprocess.Popen", self._on_popen),
            (_audit.THREAD, self._on_thread),
            (_audit.SQLITE, self._on_connection),
            (_audit.DROPPED, self._on_dropped),
            (_audit.TASK, self._on_task),
            (_audit.LOOP_END, self._on_loop_end),
        )
        self._begin()

    def start(self) -> None:
        """Begin to record, until the process ends."""
        self._listen(True)
        register = getattr(threading, "_register_atexit", None)
        if register is not None:
            register(self._at_main_end)
        _exit.when_released(self._at_exit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=self._stop_thread, after_in_child=self._begin, after_in_parent=self._after_fork_in_parent
            )

    def _listen(self, is_on: bool) -> None:
        for event, listener in self._listeners:
            if not is_on and event in (_audit.DROPPED, _audit.LOOP_END):
                # About what was noted already.
                continue
            _audit.ignore(event, listener)
            if is_on:
                # `asyncio` is not loaded for the sake of this: see `_on_socket`.
                _audit.listen(event, listener, now=event not in (_audit.TASK, _audit.LOOP_END))

    def flush(self, *, is_end: bool = False) -> None:
        """Take in what was made since the last time, and append what changed to the file.

        Args:
            is_end: Whether what is open now counts as leaked.
        """
        if not self._flushing.acquire(blocking=is_end):
            return
        try:
            if self._left <= 0:
                self._left = MAX_PER_INTERVAL
                self._listen(True)
            self._left = MAX_PER_INTERVAL
            _audit.watch_tasks_if_loaded()
            self._take_in()
            now = monotonic()
            if "file" in self._kinds and (is_end or not self._files.is_dear(now)):
                numbers = self._files.count()
                for counter in self._counters.values():
                    if counter.kind == "file":
                        counter.set_open(numbers.get((counter.kind, counter.code, counter.offset), 0), now)
            self._file.write(
                [counter for counter in self._counters.values() if counter.look(now, is_end)], self._limited, is_end
            )
        finally:
            self._flushing.release()

    def _begin(self) -> None:
        self._pending: Deque[Made] = deque()
        self._counters: Dict[Tuple[str, int, int], Counter] = {}
        self._files = OpenFiles()
        self._flushing: Any = _thread.allocate_lock()
        self._wake: Optional[Any] = None
        self._gone: Optional[Any] = None
        self._left = MAX_PER_INTERVAL
        self._limited = 0
        self._file = EvidenceFile(self._path, self._kinds)

    # The listeners run inside whatever the program does: they only append.

    def _note(self, kind: str, obj: Any, path: str = "") -> Optional[Tuple[CodeType, int]]:
        self._left -= 1
        if self._left <= 0:
            self._limited += 1
            self._listen(False)
        # From here: this function, the listener, the hook, and then whoever causes the event.
        frame: Optional[FrameType] = sys._getframe(3)
        installed: Optional[FrameType] = None
        while frame is not None:
            variables = frame.f_globals
            role = roles.get(variables.get("__name__"))
            if role is None:
                role = role_of(variables)
            if role == 2:
                break
            if role == 1 and installed is None:
                installed = frame
            elif role == 3:
                # What an import opens it closes.
                return None
            frame = frame.f_back
        if frame is None:
            frame = installed
        if frame is None:
            return None
        code, offset = frame.f_code, frame.f_lasti
        if obj is None:
            self._files.opening(path, (kind, code, offset))
            self._pending.append((kind, code, offset, _ENDED, 0.0))
        else:
            self._pending.append((kind, code, offset, ref(obj), monotonic()))
        if self._wake is None:
            self._start_thread()
        return code, offset

    def _on_open(self, arguments: Tuple[Any, ...]) -> None:
        path = arguments[0]
        if path.__class__ is str:
            self._note("file", None, path)
        elif path.__class__ is not int:
            self._note("file", None, os.fsdecode(path))

    def _on_socket(self, arguments: Tuple[Any, ...]) -> None:
        # A loop makes sockets for itself before its first task: early enough, and nothing is loaded for it.
        if not _audit.is_watching_tasks:
            _audit.watch_tasks_if_loaded()
        self._note("socket", arguments[0])

    def _on_popen(self, arguments: Tuple[Any, ...]) -> None:
        child = self_of("_execute_child")
        if child is not None:
            self._note("process", child)

    def _on_thread(self, arguments: Tuple[Any, ...]) -> None:
        self._note("thread", arguments[0])

    def _on_connection(self, arguments: Tuple[Any, ...]) -> None:
        connection = arguments[0]
        made = self._note("sqlite", connection)
        if made is not None and hasattr(type(connection), "pylint_leaks_made"):
            connection.pylint_leaks_made = made

    def _on_dropped(self, arguments: Tuple[Any, ...]) -> None:
        made = getattr(arguments[0], "pylint_leaks_made", None)
        if made is not None and not is_closed_sqlite(arguments[0]):
            self._pending.append(("sqlite", *made, _COLLECTED, 0.0))

    def _on_task(self, arguments: Tuple[Any, ...]) -> None:
        self._note("task", arguments[0])

    def _on_loop_end(self, arguments: Tuple[Any, ...]) -> None:
        import asyncio

        self.flush()
        tasks = asyncio.all_tasks(arguments[0])
        for counter in self._counters.values():
            if counter.kind == "task":
                counter.lose(tasks)

    def _take_in(self) -> None:
        while self._pending:
            kind, code, offset, reference, at = self._pending.popleft()
            is_made = reference is not _COLLECTED
            # The hash of a code object is that of everything in it.
            key = (kind, id(code), offset)
            counter = self._counters.get(key)
            if counter is None:
                counter = self._counters[key] = Counter(kind, code, offset)
            if is_made:
                counter.add(reference, at)
            else:
                counter.collected += 1

    # The thread is not one of `threading`: it must start wherever a listener may run, which may be inside `threading`.

    def _start_thread(self) -> None:
        wake, gone = _thread.allocate_lock(), _thread.allocate_lock()
        wake.acquire()
        gone.acquire()
        self._wake, self._gone = wake, gone
        try:
            _thread.start_new_thread(self._run, (wake, gone))
        except RuntimeError:
            # No thread can be had: the process is ending, and the end is recorded anyway.
            gone.release()

    def _run(self, wake: Any, gone: Any) -> None:
        try:
            while not wake.acquire(timeout=self._interval):
                self.flush()
        except Exception:
            pass
        finally:
            gone.release()

    def _stop_thread(self) -> None:
        wake, gone, self._gone = self._wake, self._gone, None
        if wake is not None and gone is not None:
            wake.release()
            gone.acquire(timeout=1)

    def _after_fork_in_parent(self) -> None:
        # Started again by the next creation.
        self._wake = None

    def _at_main_end(self) -> None:
        # Non-daemon threads that still run now are waited for by the interpreter. Those that nobody looks after were
        # not waited for by the program.
        try:
            with self._flushing:
                self._take_in()
            kept = threads_in_good_hands()
            for counter in self._counters.values():
                if counter.kind == "thread":
                    counter.lose([one for one in counter.open_objects() if id(one) not in kept and not one.daemon])
            # Children of `multiprocessing` come as far as this, and no further.
            self.flush(is_end=os.getpid() != self._pid)
        except Exception:
            pass

    def _at_exit(self) -> None:
        try:
            self._stop_thread()
            self.flush(is_end=True)
        except Exception:
            pass


def recorder_from_environment() -> Optional[Recorder]:
    """Start a recorder if ``PYLINT_LEAKS_EVIDENCE`` names a file; only the first call in a process does."""
    global _recorder
    path = os.environ.get("PYLINT_LEAKS_EVIDENCE", "")
    if path and _recorder is None:
        _recorder = Recorder(os.path.abspath(path))
        _recorder.start()
    return _recorder


_recorder: Optional[Recorder] = None
