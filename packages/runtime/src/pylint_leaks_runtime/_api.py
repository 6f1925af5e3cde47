"""The functions of the module, which work on the default managers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from ._default import default_connections, default_registry, default_tasks, default_threads
from ._registry import OnExit
from ._tasks import TaskT
from ._threads import Stop, ThreadT

if TYPE_CHECKING:
    import sqlite3

    from ._sqlite import Database

T = TypeVar("T")


def track(resource: T, /, *, on_exit: OnExit = "report", name: str | None = None) -> T:
    """Know a resource, and do nothing to it. See :meth:`ResourceRegistry.track`."""
    return default_registry().track(resource, on_exit=on_exit, name=name)


def track_thread(thread: ThreadT, /, *, stop: Stop | None = None) -> ThreadT:
    """Look after a thread, and do nothing to it. See :meth:`ThreadManager.track`."""
    return default_threads().track(thread, stop=stop)


def track_task(task: TaskT, /) -> TaskT:
    """Keep an asyncio task alive until it is done, and do nothing else to it.

    Args:
        task: The task.

    Returns:
        The same object.
    """
    return default_tasks().track(task)


def connect(database: Database, *args: Any, **kwargs: Any) -> sqlite3.Connection:
    """Open a SQLite connection and know it. See :meth:`SQLiteConnectionManager.connect`."""
    return default_connections().connect(database, *args, **kwargs)


def connection(database: Database, *args: Any, **kwargs: Any) -> AbstractContextManager[sqlite3.Connection]:
    """Open a SQLite connection for a ``with`` block. See :meth:`SQLiteConnectionManager.connection`."""
    return default_connections().connection(database, *args, **kwargs)
