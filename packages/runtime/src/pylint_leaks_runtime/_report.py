"""What became of each thing that was to be released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Literal

Outcome = Literal["closed", "already", "timeout", "error", "skipped"]
"""``closed``: it was open and is not any more (a thread: it ran and has finished). ``already``: nothing was left to do.
``timeout``: still open when the deadline passed. ``error``: closing raised. ``skipped``: not touched, and why."""


@dataclass(frozen=True)
class ItemReport:
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


@dataclass(frozen=True)
class CleanupReport:
    """The outcome for each thing, in the order in which they were handled: newest first."""

    items: tuple[ItemReport, ...] = ()

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


@dataclass(frozen=True)
class StopReport(CleanupReport):
    """The outcome for each thread of a :class:`~pylint_leaks_runtime.ThreadManager`."""
