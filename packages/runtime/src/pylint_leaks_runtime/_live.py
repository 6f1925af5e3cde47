"""How much of what one place in the program made is still open."""

from __future__ import annotations

import sys
from types import CodeType
from typing import Any, Callable, Dict, Iterable, List, Set, Tuple

from ._closers import is_closed_sqlite
from ._thread_state import has_finished

_MAX_WATCHED = 10_000
"""Objects of one place that are looked at one by one; beyond that, those that came first are."""


class Counter:
    """Counts what one place made.

    Attributes:
        created: How many in all.
        open: How many are open.
        max_open: How many were, at most, when somebody looked.
        collected: How many were freed without having been closed; known for connections only.
        lost: How many were given up on while open, such as tasks that were cancelled with their loop.
        max_age: The age of the oldest one that was open when somebody looked, in seconds.
    """

    def __init__(self, kind: str, code: CodeType, offset: int) -> None:
        self.kind = kind
        self.code = code
        self.offset = offset
        self.created = 0
        self.open = 0
        self.max_open = 0
        self.collected = 0
        self.lost = 0
        self.max_age = 0.0
        self._watched: List[Tuple[Callable[[], Any], float]] = []
        self._open_since = 0.0
        self._last: Tuple[int, ...] = ()

    def add(self, reference: Callable[[], Any], at: float) -> None:
        """One more was made.

        Args:
            reference: Gives the object for as long as it exists.
            at: When, by the monotonic clock.
        """
        self.created += 1
        # Most are gone before anybody looks.
        if len(self._watched) < _MAX_WATCHED and reference() is not None:
            self._watched.append((reference, at))

    def set_open(self, number: int, now: float) -> None:
        """For files, to which the interpreter gives no reference: how many the system has open."""
        if number == 0 or self.open == 0:
            self._open_since = now
        self.open = min(number, self.created)
        self.max_age = max(self.max_age, now - self._open_since)

    def open_objects(self) -> List[Any]:
        """The objects that are open."""
        objects = [reference() for reference, _ in self._watched]
        return [obj for obj in objects if obj is not None and is_open(self.kind, obj)]

    def lose(self, objects: Iterable[Any]) -> None:
        """Some are given up on: they count as leaked whatever becomes of them."""
        given_up = set(map(id, objects))
        found = {id(obj) for obj in self.open_objects()} & given_up
        self.lost += len(found)
        self._watched = [pair for pair in self._watched if id(pair[0]()) not in found]

    def look(self, now: float, is_end: bool) -> bool:
        """Look again; says whether something is different from the last time somebody looked, or this is the end."""
        if self.kind != "file":
            pairs = [(reference, at, reference()) for reference, at in self._watched]
            still = [(reference, at) for reference, at, obj in pairs if obj is not None and is_open(self.kind, obj)]
            self._watched = still
            self.open = len(still)
            self.max_age = max([self.max_age, *(now - at for _, at in still)])
        self.max_open = max(self.max_open, self.open)
        state = (self.created, self.open, self.lost, self.collected)
        changed, self._last = state != self._last, state
        return changed or is_end


def is_open(kind: str, obj: Any) -> bool:
    """Whether an object still wants releasing."""
    try:
        return bool(_IS_OPEN[kind](obj))
    except Exception:
        return False


_IS_OPEN: Dict[str, Callable[[Any], object]] = {
    "thread": lambda thread: not has_finished(thread),
    "socket": lambda sock: sock.fileno() >= 0,
    "sqlite": lambda connection: not is_closed_sqlite(connection),
    "process": lambda child: child.pid is not None and child.returncode is None,
    "task": lambda task: not task.done(),
}


def threads_in_good_hands() -> Set[int]:
    """The ``id`` of every thread that a thread manager looks after, of this package or of a vendored copy."""
    kept: Set[int] = set()
    for name, module in list(sys.modules.items()):
        if name.rpartition(".")[2] != "pylint_leaks_runtime":
            continue
        # As one file, everything is in the module itself.
        ending = getattr(module, "_exit", module)
        for one in ending.participants():
            threads = getattr(one, "_threads", None)
            if threads is not None:
                kept.update(id(thread) for thread, _ in threads.entries())
    return kept
