"""Questions to a thread, asked of ``threading.Thread`` itself.

A subclass may override ``is_alive``, ``ident`` or ``join``: with other arguments, with effects of its own, or before
its ``__init__`` has called the one above. None of that may be triggered by looking.
"""

from __future__ import annotations

import threading

from ._deadline import Deadline
from ._report import Outcome

_ident = threading.Thread.__dict__["ident"].__get__


def has_started(thread: threading.Thread) -> bool:
    """Whether ``start`` was called and the thread got as far as running."""
    try:
        return _ident(thread) is not None
    except Exception:
        return False


def has_finished(thread: threading.Thread) -> bool:
    """Whether the thread ran and is over."""
    return has_started(thread) and not threading.Thread.is_alive(thread)


def join_thread(thread: threading.Thread, deadline: Deadline) -> tuple[Outcome, str]:
    """Wait for a thread.

    Args:
        thread: Any thread, in any state.
        deadline: How long to wait at most.

    Returns:
        The outcome, and the reason where there is one to give.
    """
    if not has_started(thread):
        return "skipped", "never started"
    # By number: `current_thread` would make up a `Thread` object for a thread that has none.
    if _ident(thread) == threading.get_ident():
        return "skipped", "this is the current thread"
    if has_finished(thread):
        return "already", ""
    try:
        threading.Thread.join(thread, deadline.remaining())
    except RuntimeError as error:
        # Joining would be a deadlock; 3.13 also says so for daemon threads while the interpreter is going down.
        return "skipped", str(error)
    return ("closed", "") if has_finished(thread) else ("timeout", "still running")


def describe_thread_number(ident: int) -> str:
    """The name of the running thread with this number, or the number if there is none."""
    names = [thread.name for thread in threading.enumerate() if thread.ident == ident]
    return names[0] if names else f"thread {ident}"


def describe_thread(thread: threading.Thread) -> str:
    """A thread's name for people, and whether it is a daemon."""
    try:
        return f"{thread.name} (daemon)" if thread.daemon else thread.name
    except Exception:
        return f"{type(thread).__name__} at {id(thread):#x}"
