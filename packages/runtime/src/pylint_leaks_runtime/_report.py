"""What became of each thing that was to be released."""

from __future__ import annotations

from typing import Iterable, Iterator, Literal, NamedTuple

Outcome = Literal["closed", "already", "timeout", "error", "skipped"]
"""``closed``: it was open and is not any more (a thread: it ran and has finished). ``already``: nothing was left to do.
``timeout``: still open when the deadline passed. ``error``: closing raised. ``skipped``: not touched, and why."""


class ItemReport(NamedTuple):
    """The outcome for one thing.

    Attributes:
        kind: ``"thread"``, ``"sqlite"``, ``"file"``, ``"process"`` and so on.
        name: What the thing is called, for people.
        outcome: What became of it.
        detail: Why, where that is not obvious.
        error: What was raised, if anything was.
    """

    kind: str
    name: str
    outcome: Outcome
    detail: str = ""
    error: Exception | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.name}: {self.outcome}" + (f" ({self.detail})" if self.detail else "")


class CleanupReport:
    """The outcome for each thing.

    Attributes:
        items: The outcomes in the order in which the things were handled: newest first.
    """

    __slots__ = ("items",)

    def __init__(self, items: Iterable[ItemReport] = ()) -> None:
        self.items: tuple[ItemReport, ...] = tuple(items)

    def count(self, outcome: Outcome) -> int:
        """How many items ended this way."""
        return sum(item.outcome == outcome for item in self.items)

    def failures(self) -> tuple[ItemReport, ...]:
        """The items that may still be open: those with outcome ``timeout`` or ``error``."""
        return tuple(item for item in self.items if item.outcome in ("timeout", "error"))

    @property
    def ok(self) -> bool:
        """Whether nothing timed out and nothing raised."""
        return not self.failures()

    def __iter__(self) -> Iterator[ItemReport]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "nothing to release"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self.items)!r})"


class StopReport(CleanupReport):
    """The outcome for each thread of a :class:`~pylint_leaks_runtime.ThreadManager`."""

    __slots__ = ()
