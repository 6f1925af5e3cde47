"""What happens when the interpreter ends.

CPython ends in this order: the main module returns; callbacks of ``threading._register_atexit`` run; non-daemon
threads are joined without limit; ``atexit`` callbacks run, last registered first; the rest is torn down, and daemon
threads die wherever they are. So there are two moments to act:

* Stop signals must go out in the first callbacks. Sent from ``atexit`` they come after the join, and a non-daemon
  thread that waits for one would keep the process alive for ever.
* Daemon threads get a short, shared grace in ``atexit``, after the callbacks that the program registered itself.
  Resources are closed after that, so that a thread that is finishing still finds them open.

Both callbacks run in forked children too, in some cases only the first one does. Nothing inherited is touched there:
see ``Table.own``.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
from typing import Callable

from ._deadline import Deadline
from ._table import Table

DAEMON_GRACE = "PYLINT_LEAKS_DAEMON_GRACE"
REPORT = "PYLINT_LEAKS_REPORT"
_DEFAULT_GRACE = 0.5


class Participant:
    """Something that takes part in the end of the process, for as long as it exists itself."""

    def __init__(self) -> None:
        _participants.add(self, None)

    def _at_exit_signal(self) -> None:
        """Set stop signals; do not wait."""

    def _at_exit_wait(self, deadline: Deadline) -> None:
        """Wait for what can still finish."""

    def _at_exit_close(self) -> None:
        """Close what asked to be closed."""

    def _at_exit_report(self) -> list[str]:
        """Name what is still open, oldest first."""
        return []


_participants: Table[Participant, None] = Table()
_afterwards: list[Callable[[], object]] = []


def daemon_grace() -> float:
    """Seconds that daemon threads get to finish, together. ``PYLINT_LEAKS_DAEMON_GRACE`` sets it, 0 turns it off."""
    try:
        return float(os.environ.get(DAEMON_GRACE, ""))
    except ValueError:
        return _DEFAULT_GRACE


def participants() -> list[Participant]:
    """Everything that takes part, newest first. Also what a fork inherited: it may have got something new since."""
    return [participant for participant, _ in _participants.entries()]


def signal_all() -> None:
    """Set every stop signal there is, and return at once."""
    _each(lambda participant: participant._at_exit_signal())


def release_all() -> None:
    """Wait for daemon threads, then close what asked to be closed, then report if the environment asks for that."""
    if not _early:
        signal_all()
    deadline = Deadline(daemon_grace())
    _each(lambda participant: participant._at_exit_wait(deadline))
    _each(lambda participant: participant._at_exit_close())
    if os.environ.get(REPORT, "") not in ("", "0"):
        lines: list[str] = []
        _each(lambda participant: lines.extend(participant._at_exit_report()))
        if lines and sys.stderr is not None:
            sys.stderr.write("".join(f"pylint-leaks: still open at exit: {line}\n" for line in lines))

    for callback in _afterwards:
        callback()


def when_released(callback: Callable[[], object]) -> None:
    """Call a function at the very end, when everything that is released then has been. It must not raise."""
    _afterwards.append(callback)


def _each(step: Callable[[Participant], object]) -> None:
    for participant in participants():
        try:
            step(participant)
        except Exception:
            # Raising in the first phase would end `threading._shutdown` and leave the program's own threads unjoined;
            # in a later one it would print a traceback that the program did not cause.
            continue


def _register_early() -> bool:
    # Private, but there from 3.9 on and used by `concurrent.futures` itself. Other interpreters may lack it, and it
    # refuses when the process is already ending: then `atexit` alone has to do.
    register = getattr(threading, "_register_atexit", None)
    try:
        if register is not None:
            register(signal_all)
    except RuntimeError:
        return False
    return register is not None


_early = _register_early()
# Registered when the package is imported, so run after what the program registers later.
atexit.register(release_all)
