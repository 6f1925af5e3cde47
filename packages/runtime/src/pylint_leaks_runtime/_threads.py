"""The thread manager: knows threads without holding on to them, and ends them together."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType
from typing import Any, Callable, NamedTuple, TypeVar, Union

from . import _exit, _sites
from ._deadline import Deadline
from ._report import ItemReport, StopReport
from ._spawn import SpawnedThread, ThreadFailure, bind_stop_event
from ._table import Entry, Table
from ._thread_state import describe_thread, has_finished, has_started, join_thread

ThreadT = TypeVar("ThreadT", bound=threading.Thread)
Stop = Union[threading.Event, Callable[[], object]]
"""How a thread is told to stop: an event to set, or something to call that returns at once."""

_KEPT_FAILURES = 100


class ThreadStats(NamedTuple):
    """What a manager looks after right now.

    Attributes:
        tracked: Threads that exist and have not finished.
        alive: How many of those are running.
        daemon: How many of those are daemon threads.
        not_started: How many have not been started yet.
        failed: Threads made by ``spawn`` that ended with an exception; at most the last 100 are counted.
        names: The names of the running ones, oldest first.
    """

    tracked: int
    alive: int
    daemon: int
    not_started: int
    failed: int
    names: tuple[str, ...]


class _Tracked:
    __slots__ = ("site", "stop")

    def __init__(self, stop: Stop | None) -> None:
        self.stop = stop
        self.site = _sites.caller()


class ThreadsFailed(RuntimeError):
    """Threads of a ``with ThreadManager(raise_failures=True)`` block failed, or did not stop in time.

    Attributes:
        report: What became of each thread at the end of the block.
        failures: The exceptions that ended threads.
    """

    def __init__(self, report: StopReport, failures: tuple[ThreadFailure, ...]) -> None:
        self.report = report
        self.failures = failures
        super().__init__("; ".join([*map(str, failures), *map(str, report.failures())]))


class ThreadManager(_exit.Participant):
    """Looks after threads: knows which run, asks them to stop, and waits for them under one deadline.

    Args:
        timeout: Seconds that ``stop`` and ``join`` wait in total when they are not told otherwise. ``inf``: no limit.
        raise_failures: Leaving the ``with`` block raises :class:`ThreadsFailed` if a spawned thread failed or a thread
            did not stop, unless the block itself is raising.
    """

    def __init__(self, *, timeout: float = 5.0, raise_failures: bool = False) -> None:
        self._timeout = timeout
        self._raise_failures = raise_failures
        self._threads: Table[threading.Thread, _Tracked] = Table(finished=lambda thread, _: has_finished(thread))
        self._failures: deque[ThreadFailure] = deque(maxlen=_KEPT_FAILURES)
        super().__init__()

    def track(self, thread: ThreadT, *, stop: Stop | None = None) -> ThreadT:
        """Look after a thread that somebody else makes and starts.

        The thread is held weakly, and is not started, renamed, made a daemon or wrapped. Never raises.

        Args:
            thread: The thread, started or not. Anything else is returned untouched.
            stop: How it can be told to stop.

        Returns:
            The same object.
        """
        try:
            if isinstance(thread, threading.Thread):
                known = self._threads.find(thread)
                if known is None:
                    self._threads.add(thread, _Tracked(stop))
                elif stop is not None:
                    known.data.stop = stop
        except Exception:
            # The promise to change nothing weighs more than knowing about one thread.
            pass
        return thread

    def spawn(
        self,
        target: Callable[..., object],
        *args: Any,
        name: str | None = None,
        daemon: bool | None = None,
        stop_event: threading.Event | None = None,
        **kwargs: Any,
    ) -> threading.Thread:
        """Start a thread.

        A target with a parameter named ``stop_event``, or one annotated ``threading.Event``, gets an event that
        :meth:`stop` sets. The thread runs before this method returns: a target that reads the attribute to which the
        result is assigned wants ``track(Thread(...))`` and ``start()`` instead.

        Args:
            target: What to call in the thread. An argument of its own that is called ``name``, ``daemon`` or
                ``stop_event`` has to be bound before, with ``functools.partial``.
            *args: Positional arguments for it.
            name: The thread's name; the default is the one ``threading.Thread`` gives.
            daemon: As in ``threading.Thread``: ``None`` means as the creating thread.
            stop_event: The event to use.
            **kwargs: Keyword arguments for the target.

        Returns:
            The running thread.

        Raises:
            RuntimeError: The system cannot start a thread.
        """
        event, arguments = bind_stop_event(target, args, kwargs, stop_event)
        thread = SpawnedThread(self._note_failure, target=target, args=args, kwargs=arguments, name=name, daemon=daemon)
        self.track(thread, stop=event)
        try:
            thread.start()
        except BaseException:
            self._threads.discard(thread)
            raise
        return thread

    def stop(self, timeout: float | None = None) -> StopReport:
        """Ask every thread to stop, then wait for all of them. The manager can be used again afterwards.

        All are asked before any is waited for. A thread that nobody can ask (no stop event) is only waited for.

        Args:
            timeout: Seconds for all of them together; ``None`` takes the manager's own.

        Returns:
            The outcome per thread. Threads that are still running stay tracked.
        """
        deadline = Deadline(self._timeout if timeout is None else timeout)
        threads = self._threads.own()
        running = [(thread, entry) for thread, entry in threads if not has_finished(thread)]
        errors = {id(thread): _signal(entry) for thread, entry in running}
        return self._wait(threads, {id(thread) for thread, _ in running}, deadline, errors)

    def join(self, timeout: float | None = None) -> StopReport:
        """Wait for every thread without asking any to stop. Arguments and result are those of :meth:`stop`."""
        deadline = Deadline(self._timeout if timeout is None else timeout)
        threads = self._threads.own()
        return self._wait(threads, {id(thread) for thread, _ in threads if not has_finished(thread)}, deadline, {})

    @property
    def exceptions(self) -> tuple[ThreadFailure, ...]:
        """How threads made by :meth:`spawn` failed, oldest first; the last 100 are kept."""
        return tuple(self._failures)

    def stats(self) -> ThreadStats:
        """Count what is looked after."""
        self._threads.sweep()
        threads = [thread for thread, _ in reversed(self._threads.own())]
        alive = [thread for thread in threads if has_started(thread) and not has_finished(thread)]
        return ThreadStats(
            tracked=len(threads),
            alive=len(alive),
            daemon=sum(thread.daemon for thread in alive),
            not_started=len(threads) - len(alive),
            failed=len(self._failures),
            names=tuple(thread.name for thread in alive),
        )

    def __enter__(self) -> ThreadManager:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        report = self.stop()
        if self._raise_failures and kind is None and (self._failures or not report.ok):
            raise ThreadsFailed(report, self.exceptions)

    def _note_failure(self, failure: ThreadFailure) -> None:
        # A bound method, not `deque.append`: the running thread keeps its manager alive, so that a manager nobody else
        # holds still sends its stop signals when the process ends.
        self._failures.append(failure)

    def _wait(
        self,
        threads: list[tuple[threading.Thread, Entry[threading.Thread, _Tracked]]],
        running: set[int],
        deadline: Deadline,
        errors: dict[int, Exception | None],
    ) -> StopReport:
        items = []
        for thread, _ in threads:
            outcome, detail = join_thread(thread, deadline)
            if outcome == "already" and id(thread) in running:
                # It ended between the question and the answer.
                outcome = "closed"
            error = errors.get(id(thread))
            if error is not None:
                outcome = "error" if outcome == "timeout" else outcome
                detail = f"asking it to stop raised {type(error).__name__}: {error}"
            items.append(ItemReport("thread", describe_thread(thread), outcome, detail, error))
        self._threads.sweep()
        return StopReport(items)

    def _at_exit_signal(self) -> None:
        for _, entry in self._threads.own():
            _signal(entry)

    def _at_exit_wait(self, deadline: Deadline) -> None:
        # Non-daemon threads were joined by the interpreter before this.
        for thread, _ in self._threads.own():
            join_thread(thread, deadline)

    def _at_exit_report(self) -> list[str]:
        return [
            f"thread {describe_thread(thread)} tracked at {entry.data.site}"
            for thread, entry in reversed(self._threads.own())
            if has_started(thread) and not has_finished(thread)
        ]


def _signal(entry: Entry[threading.Thread, _Tracked]) -> Exception | None:
    stop = entry.data.stop
    try:
        if isinstance(stop, threading.Event):
            stop.set()
        elif stop is not None:
            stop()
    except Exception as error:
        return error
    return None
