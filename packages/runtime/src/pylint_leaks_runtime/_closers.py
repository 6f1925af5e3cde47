"""How each kind of resource is released.

``close``, then ``join``, then ``terminate``, tried on anything that has them, is wrong for most things: closing a
running ``multiprocessing.Process`` raises and leaves it running, closing a pool does not stop it, a terminated child
that nobody waits for stays a zombie. So every kind has its own closer, found through the names of the object's
classes; nothing is imported for that, since an object cannot be of a class that was never loaded.
"""

from __future__ import annotations

import os
from typing import Any, Callable, NamedTuple, Tuple

from . import _children
from ._deadline import Deadline
from ._report import Outcome
from ._thread_state import has_finished, join_thread

Result = Tuple[Outcome, str]
Closer = Callable[[Any, Deadline], Result]

_CLOSED: Result = ("closed", "")


class Kind(NamedTuple):
    """A kind of resource.

    Attributes:
        name: What it is called in reports.
        close: How it is released. Raises what closing raises.
        is_done: Whether there is nothing left to release. Looks, and changes nothing.
    """

    name: str
    close: Closer
    is_done: Callable[[Any], bool]


def is_closed_sqlite(connection: Any) -> bool:
    """Whether a SQLite connection is closed. May be asked in any thread; there is no attribute that says so."""
    import sqlite3

    try:
        sqlite3.Connection.total_changes.__get__(connection)
    except sqlite3.ProgrammingError:
        return True
    return False


def close_sqlite(connection: Any, deadline: Deadline) -> Result:
    """Close a SQLite connection, or say why this thread cannot. Nothing is committed."""
    import sqlite3

    try:
        connection.close()
    except sqlite3.ProgrammingError as error:
        if "thread" in str(error):
            return "skipped", "it belongs to another thread"
        raise
    return _CLOSED


def _close(resource: Any, deadline: Deadline) -> Result:
    # Errors of `close` propagate: for a file they mean that data was lost.
    resource.close()
    return _CLOSED


def _is_closed(resource: Any) -> bool:
    return getattr(resource, "closed", False) is True


def _close_socket(sock: Any, deadline: Deadline) -> Result:
    import socket

    try:
        # Wakes threads that are blocked in a call on it; `close` alone does not.
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()
    return _CLOSED


def _close_directory(directory: Any, deadline: Deadline) -> Result:
    directory.cleanup()
    return _CLOSED


def _close_server(server: Any, deadline: Deadline) -> Result:
    # Not `shutdown`: it waits for a loop that may never have been started.
    server.server_close()
    return _CLOSED


def _stop_timer(timer: Any, deadline: Deadline) -> Result:
    timer.cancel()
    return join_thread(timer, deadline)


def _leave_task(task: Any, deadline: Deadline) -> Result:
    return "skipped", "only its event loop can end a task"


_KINDS: dict[tuple[str, str], Kind] = {
    ("threading", "Timer"): Kind("timer", _stop_timer, has_finished),
    ("threading", "Thread"): Kind("thread", join_thread, has_finished),
    ("subprocess", "Popen"): Kind("process", _children.end_popen, _children.is_popen_done),
    ("multiprocessing.process", "BaseProcess"): Kind("process", _children.end_process, _children.is_process_done),
    ("multiprocessing.pool", "Pool"): Kind("pool", _children.end_pool, _children.is_pool_done),
    ("concurrent.futures._base", "Executor"): Kind("executor", _children.end_executor, _children.is_executor_done),
    ("sqlite3", "Connection"): Kind("sqlite", close_sqlite, is_closed_sqlite),
    ("socket", "socket"): Kind("socket", _close_socket, lambda sock: sock.fileno() == -1),
    ("socketserver", "BaseServer"): Kind("server", _close_server, lambda server: server.socket.fileno() == -1),
    ("tempfile", "TemporaryDirectory"): Kind(
        "directory", _close_directory, lambda made: not os.path.lexists(made.name)
    ),
    ("tempfile", "_TemporaryFileWrapper"): Kind("file", _close, _is_closed),
    ("_io", "_IOBase"): Kind("file", _close, _is_closed),
    ("mmap", "mmap"): Kind("mmap", _close, _is_closed),
    ("_asyncio", "Task"): Kind("task", _leave_task, lambda task: bool(task.done())),
    ("asyncio.tasks", "Task"): Kind("task", _leave_task, lambda task: bool(task.done())),
}
_OTHER = Kind("object", _close, _is_closed)


def kind_of(resource: object) -> Kind | None:
    """The kind of an object, by the nearest of its classes that is known; any other object with a ``close`` method is
    of the kind ``"object"``.

    Returns:
        The kind, or ``None`` if there is no way to release such an object.
    """
    for cls in type(resource).__mro__:
        kind = _KINDS.get((cls.__module__, cls.__qualname__))
        if kind is not None:
            return kind
    return _OTHER if callable(getattr(type(resource), "close", None)) else None
