"""One point in time that several waits share."""

from __future__ import annotations

import threading
import time


class Deadline:
    """A moment after which nobody waits any longer.

    Waiting for N things with a timeout each takes up to N timeouts. Everything in this package that waits for several
    things takes one ``Deadline`` and asks it how much is left.

    Args:
        seconds: How far away the moment is. ``None`` and infinity mean never, a negative number means now.
    """

    __slots__ = ("_end",)

    def __init__(self, seconds: float | None) -> None:
        self._end: float | None = None
        # Written so that NaN, which compares false with everything, counts as "now" and cannot block for ever.
        if seconds is not None and not seconds == float("inf"):
            self._end = time.monotonic() + (seconds if seconds > 0 else 0.0)

    def remaining(self, at_most: float | None = None) -> float:
        """How long one wait may take now.

        Args:
            at_most: A smaller limit for this one wait.

        Returns:
            Seconds, never negative, and never more than ``threading.TIMEOUT_MAX``, which locks would refuse.
        """
        left = threading.TIMEOUT_MAX
        if self._end is not None:
            left = min(left, max(0.0, self._end - time.monotonic()))
        return left if at_most is None else min(left, at_most)

    @property
    def passed(self) -> bool:
        """Whether the moment is over."""
        return self._end is not None and time.monotonic() >= self._end
