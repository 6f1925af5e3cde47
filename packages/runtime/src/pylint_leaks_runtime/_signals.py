"""Signal handlers, for programs that ask for them.

By default SIGTERM ends a Python process without a single ``atexit`` callback, and so without anything this package
does.
"""

from __future__ import annotations

import _thread
from types import FrameType
from typing import Callable

from . import _exit


def install_signal_handlers(*signals: int) -> Callable[[], None]:
    """Let the process end in order when it is told to end.

    Where the default action was in force, the signal now raises ``SystemExit(128 + number)`` in the main thread, so
    that ``finally`` blocks, ``with`` blocks and exit callbacks run. A handler that is already there stays in charge:
    it is called as before, and stop signals of threads are set besides. A signal that is ignored, or handled outside
    Python, is left alone.

    Args:
        *signals: Signal numbers; the default is SIGTERM.

    Returns:
        A function that puts back what was there, for every signal whose handler was not replaced by somebody else
        since.

    Raises:
        ValueError: This is not the main thread, where Python allows this only.
    """
    import signal

    installed: dict[int, tuple[Handler, object]] = {}
    for number in signals or (signal.SIGTERM,):
        previous = signal.getsignal(number)
        if previous is None or previous == signal.SIG_IGN:
            continue
        handler = Handler(previous if callable(previous) else None)
        signal.signal(number, handler)
        installed[number] = (handler, previous)

    def uninstall() -> None:
        for number, (handler, previous) in installed.items():
            if signal.getsignal(number) is handler:
                signal.signal(number, previous)  # type: ignore[arg-type]

    return uninstall


class Handler:
    """Handles one signal.

    Args:
        previous: The Python function that handled it before, if one did.
    """

    def __init__(self, previous: Callable[[int, FrameType | None], object] | None) -> None:
        self._previous = previous

    def __call__(self, number: int, frame: FrameType | None) -> object:
        """End the process in order, or set the stop signals and leave the rest to the previous handler."""
        if self._previous is None:
            raise SystemExit(128 + number)
        # `Event.set` takes a lock that the interrupted code may hold, so it has to happen in another thread; and
        # `threading.Thread.start` takes such locks itself.
        try:
            _thread.start_new_thread(_exit.signal_all, ())
        except RuntimeError:
            # No thread can be had any more: the process is ending, and the stop signals are sent then.
            pass
        return self._previous(number, frame)
