"""How each kind of resource is released.

``close``, then ``join``, then ``terminate``, tried on anything that has them, is wrong for most things: closing a running
``multiprocessing.Process`` raises and leaves it running, closing a pool does not stop it, a terminated child that nobody
waits for stays a zombie. So every kind has its own closer, found through the names of the object's classes; nothing is
imported for that, since an object cannot be of a class that was never loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Tuple

from . import _children
from ._deadline import Deadline
from ._report import Outcome
from ._thread_state import join_thread

Result = Tuple[Outcome, str]
Closer = Callable[[Any, Deadline], Result]

_CLOSED: Result = ("closed", "")
_ALREADY: Result = ("already", "")


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

    if is_closed_sqlite(connection):
        return _ALREADY
    try:
        connection.close()
    except sqlite3.ProgrammingError as error:
        if "thread" in str(error):
            return "skipped", "it belongs to another thread"
        raise
    return _CLOSED


def _close_plain(resource: Any, deadline: Deadline) -> Result:
    # Errors of `close` propagate: for a file they mean that data was lost.
    if getattr(resource, "closed", False) is True:
        return _ALREADY
    resource.close()
    return _CLOSED


def _close_socket(sock: Any, deadline: Deadline) -> Result:
    import socket

    if sock.fileno() == -1:
        return _ALREADY
    try:
        # Wakes threads that are blocked in a call on it; `close` alone does not.
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()
    return _CLOSED


def _close_directory(directory: Any, deadline: Deadline) -> Result:
    import os

    if not os.path.lexists(directory.name):
        return _ALREADY
    directory.cleanup()
    return _CLOSED


def _close_server(server: Any, deadline: Deadline) -> Result:
    # Not `shutdown`: it waits for a loop that may never have been started.
    if server.socket.fileno() == -1:
        return _ALREADY
    server.server_close()
    return _CLOSED


def _stop_timer(timer: Any, deadline: Deadline) -> Result:
    timer.cancel()
    return join_thread(timer, deadline)


def _leave_task(task: Any, deadline: Deadline) -> Result:
    return _ALREADY if task.done() else ("skipped", "only its event loop can end a task")


@dataclass(frozen=True)
class Kind:
    """A kind of resource.

    Attributes:
        name: What it is called in reports.
        close: How it is released.
    """

    name: str
    close: Closer


_KINDS: dict[tuple[str, str], Kind] = {
    ("threading", "Timer"): Kind("timer", _stop_timer),
    ("threading", "Thread"): Kind("thread", join_thread),
    ("subprocess", "Popen"): Kind("process", _children.end_popen),
    ("multiprocessing.process", "BaseProcess"): Kind("process", _children.end_process),
    ("multiprocessing.pool", "Pool"): Kind("pool", _children.end_pool),
    ("concurrent.futures._base", "Executor"): Kind("executor", _children.end_executor),
    ("sqlite3", "Connection"): Kind("sqlite", close_sqlite),
    ("socket", "socket"): Kind("socket", _close_socket),
    ("tempfile", "TemporaryDirectory"): Kind("directory", _close_directory),
    ("tempfile", "_TemporaryFileWrapper"): Kind("file", _close_plain),
    ("_io", "_IOBase"): Kind("file", _close_plain),
    ("mmap", "mmap"): Kind("mmap", _close_plain),
    ("socketserver", "BaseServer"): Kind("server", _close_server),
    ("_asyncio", "Task"): Kind("task", _leave_task),
    ("asyncio.tasks", "Task"): Kind("task", _leave_task),
}


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
    return Kind("object", _close_plain) if callable(getattr(resource, "close", None)) else None
