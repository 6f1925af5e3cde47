"""A table of objects that is safe where locks are not.

Objects are looked up by identity, so that values which compare equal or cannot be hashed are no problem, and they are
held weakly unless asked otherwise, so that being listed here keeps nothing alive.

There is no lock on purpose. Garbage collection may run a finalizer, and a signal may run a handler, between any two
bytecodes of a thread, also while that thread holds a lock; a finalizer that touches the table would then wait for its
own thread for ever, and a fork would copy a lock that nobody in the child can release. Every step below is therefore
a single operation of a dict (set, get, pop, copy), which CPython makes atomic with and without the GIL.
"""

from __future__ import annotations

import itertools
import os
import weakref
from typing import Any, Callable, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_FIRST_SWEEP = 32
_sequence = itertools.count()


class _KeyedRef(weakref.ref):  # type: ignore[type-arg]
    """A weak reference that knows its own key; one callback then serves the whole table."""

    __slots__ = ("key",)
    key: int


class Entry(Generic[T, R]):
    """One listed object.

    Attributes:
        data: What the owner of the table wants to remember about the object.
        pid: The process that listed it. A fork copies the table, but not the right to close what the parent opened.
        sequence: Grows with every entry made in the process, in every table.
    """

    __slots__ = ("_reference", "data", "pid", "sequence")

    def __init__(self, reference: Callable[[], T | None], data: R) -> None:
        self._reference = reference
        self.data = data
        self.pid = os.getpid()
        self.sequence = next(_sequence)

    def get(self) -> T | None:
        """The object, or ``None`` once it is gone."""
        return self._reference()


class Table(Generic[T, R]):
    """Objects of one owner, in the order in which they came.

    Args:
        finished: Says of a listed object (and what is remembered) that it needs no attention any more. Such entries
            are swept out now and then, so that a table does not grow with everything that ever was.
    """

    __slots__ = ("__weakref__", "_entries", "_finished", "_sweep_at")

    def __init__(self, finished: Callable[[T, R], bool] = lambda obj, data: False) -> None:
        self._entries: dict[int, Entry[T, R]] = {}
        self._finished = finished
        self._sweep_at = _FIRST_SWEEP

    def add(self, obj: T, data: R, *, keep: bool = False) -> bool:
        """List an object; listing it again replaces what was remembered.

        Args:
            obj: The object.
            data: What to remember.
            keep: Hold the object strongly.

        Returns:
            Whether the object is listed now. ``False`` for one that cannot be referenced weakly, unless ``keep``.
        """
        key = id(obj)
        reference: Callable[[], Any]
        if keep:
            reference = lambda: obj  # noqa: E731
        else:
            try:
                reference = weak = _KeyedRef(obj, self._forget)
            except TypeError:
                return False
            weak.key = key
        self._entries[key] = Entry(reference, data)
        if len(self._entries) >= self._sweep_at:
            self.sweep()
        return True

    def find(self, obj: object) -> Entry[T, R] | None:
        """The entry of this very object."""
        entry = self._entries.get(id(obj))
        return entry if entry is not None and entry.get() is obj else None

    def discard(self, obj: object) -> bool:
        """Take an object out; says whether it was listed."""
        return self.find(obj) is not None and self._entries.pop(id(obj), None) is not None

    def entries(self) -> list[tuple[T, Entry[T, R]]]:
        """Everything listed that still exists, newest first, with strong references for as long as the list lives."""
        pairs = [(entry.get(), entry) for entry in self._entries.copy().values()]
        alive = [(obj, entry) for obj, entry in pairs if obj is not None]
        alive.sort(key=lambda pair: pair[1].sequence, reverse=True)
        return alive

    def own(self) -> list[tuple[T, Entry[T, R]]]:
        """What :meth:`entries` says, without what was inherited through a fork."""
        pid = os.getpid()
        return [pair for pair in self.entries() if pair[1].pid == pid]

    def sweep(self) -> None:
        """Take out what is finished. The next automatic sweep comes when the table has doubled: constant cost each."""
        for obj, entry in self.entries():
            if self._finished(obj, entry.data):
                self.discard(obj)
        self._sweep_at = max(_FIRST_SWEEP, 2 * len(self._entries))

    def _forget(self, reference: weakref.ref[Any]) -> None:
        # Runs inside garbage collection. Ids are used again as soon as an object is gone, so the key alone proves
        # nothing: the entry must still be the one that belongs to this reference.
        key: int = reference.key  # type: ignore[attr-defined]
        entry = self._entries.get(key)
        if entry is not None and entry._reference is reference:
            self._entries.pop(key, None)
