"""A block, or a function, that leaves nothing open."""

from __future__ import annotations

import functools
import time
from types import TracebackType
from typing import Any, Callable, Iterator, Tuple, TypeVar, cast

from ._deadline import Deadline
from ._snapshot import KINDS, Leak, LeakKind, Snapshot, diff, snapshot

F = TypeVar("F", bound=Callable[..., Any])

_POLL = 0.01


class LeakError(AssertionError):
    """A block left something open.

    Attributes:
        leaks: What it left.
    """

    def __init__(self, leaks: Tuple[Leak, ...]) -> None:
        self.leaks = leaks
        super().__init__("left open: " + ", ".join(map(str, leaks)))


class no_leaks:
    """Raises :class:`LeakError` if a ``with`` block, or every call of a decorated function, leaves something open.

    If nothing is left, nothing is waited for; otherwise it looks again until the grace is over. An exception of the
    block is never replaced. What only the garbage collector would close counts as left open, and so does what other
    threads opened meanwhile. In a coroutine, use ``async with``, or decorate the coroutine function.

    Args:
        threads: Whether threads count, daemon or not.
        fds: Whether file descriptors count.
        sqlite: Whether SQLite connections count that were opened with ``connect`` and ``connection`` of this package.
        children: Whether child processes count, also those that have ended and were not waited for.
        tasks: Whether asyncio tasks count.
        grace: Seconds to wait at most for what is about to go.
    """

    def __init__(
        self,
        *,
        threads: bool = True,
        fds: bool = True,
        sqlite: bool = True,
        children: bool = True,
        tasks: bool = True,
        grace: float = 1.0,
    ) -> None:
        wanted = zip(KINDS, (threads, fds, sqlite, children, tasks))
        self._kinds: Tuple[LeakKind, ...] = tuple(kind for kind, on in wanted if on)
        self._grace = grace
        self._before: list[Snapshot] = []

    def __call__(self, function: F) -> F:
        """Decorate a function or a coroutine function."""
        import inspect

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def checked_coroutine(*args: Any, **kwargs: Any) -> Any:
                async with no_leaks._like(self):
                    return await function(*args, **kwargs)

            return cast(F, checked_coroutine)

        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            with no_leaks._like(self):
                return function(*args, **kwargs)

        return cast(F, checked)

    def __enter__(self) -> no_leaks:
        self._before.append(snapshot(self._kinds))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        before = self._before.pop()
        if kind is None:
            for seconds in self._waits(before):
                time.sleep(seconds)

    async def __aenter__(self) -> no_leaks:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import asyncio

        before = self._before.pop()
        if kind is None:
            for seconds in self._waits(before):
                # Not `time.sleep`: tasks can end only while their loop runs.
                await asyncio.sleep(seconds)

    def _waits(self, before: Snapshot) -> Iterator[float]:
        """Yields how long to wait before looking again; raises at the end if something is left."""
        leaks = diff(before, snapshot(self._kinds))
        deadline = Deadline(self._grace)
        while leaks and not deadline.passed:
            yield deadline.remaining(_POLL)
            leaks = diff(before, snapshot(self._kinds))
        if leaks:
            raise LeakError(leaks)

    @classmethod
    def _like(cls, other: no_leaks) -> no_leaks:
        made = cls(grace=other._grace)
        made._kinds = other._kinds
        return made
