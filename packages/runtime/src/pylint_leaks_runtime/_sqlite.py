"""SQLite connections that are closed, and known until they are.

``with sqlite3.connect(path) as c`` commits or rolls back and leaves the connection open. ``contextlib.closing``
closes it and loses the commit. :meth:`SQLiteConnectionManager.connection` does both, through the connection's own
methods.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable, Iterator, NamedTuple

from . import _exit, _sites
from ._closers import close_sqlite, is_closed_sqlite
from ._deadline import Deadline
from ._report import CleanupReport, ItemReport
from ._table import Table
from ._thread_state import describe_thread_number

if TYPE_CHECKING:
    import sqlite3
    from typing import Union

    Database = Union[str, bytes, os.PathLike[str], os.PathLike[bytes]]

# `sqlite3` itself is imported where it is used: it may be missing from an interpreter, and it takes longer to load than
# the rest of this package.

_FACTORY_POSITION = 4
_referenceable: dict[type, type] = {}


class SQLiteStats(NamedTuple):
    """What a connection manager knows right now.

    Attributes:
        live: Connections that are open.
        sites: Where those were opened, as ``file:line``, oldest first.
    """

    live: int
    sites: tuple[str, ...]


class _Opened:
    __slots__ = ("name", "site", "thread")

    def __init__(self, database: Database) -> None:
        self.name = os.fsdecode(database)
        self.site = _sites.caller()
        self.thread = threading.get_ident()


class SQLiteConnectionManager(_exit.Participant):
    """Opens SQLite connections and knows which are still open. No defaults of ``sqlite3.connect`` are changed."""

    def __init__(self) -> None:
        self._connections: Table[sqlite3.Connection, _Opened] = Table(
            finished=lambda connection, _: is_closed_sqlite(connection)
        )
        super().__init__()

    def connect(self, database: Database, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        """Open a connection that the caller closes.

        The connection is held weakly. ``sqlite3.Connection`` itself does not allow that, so the result is an instance
        of a subclass that adds nothing else: ``isinstance`` holds, ``type(c) is sqlite3.Connection`` does not.

        Args:
            database: As in ``sqlite3.connect``, as are all other arguments; a ``factory`` is honoured.
            *args: See above.
            **kwargs: See above.

        Returns:
            The open connection.

        Raises:
            sqlite3.Error: Whatever ``sqlite3.connect`` raises.
        """
        import sqlite3

        args, kwargs = with_weak_factory(args, kwargs)
        connection: sqlite3.Connection = sqlite3.connect(database, *args, **kwargs)
        self._connections.add(connection, _Opened(database))
        return connection

    @contextmanager
    def connection(self, database: Database, *args: Any, **kwargs: Any) -> Iterator[sqlite3.Connection]:
        """Open a connection for a ``with`` block: commit, or roll back if the block raises, and then close.

        Args:
            database: As in ``sqlite3.connect``, as are all other arguments.
            *args: See above.
            **kwargs: See above.

        Yields:
            What the connection's ``__enter__`` returns: the connection.

        Raises:
            sqlite3.Error: Whatever ``sqlite3.connect``, the commit or the rollback raises. The connection is closed
                also when they do.
        """
        import sqlite3

        connection: sqlite3.Connection = sqlite3.connect(database, *args, **kwargs)
        try:
            # Held strongly: this frame holds it anyway, and its class stays what the caller asked for.
            self._connections.add(connection, _Opened(database), keep=True)
            with connection as entered:
                yield entered
        finally:
            self._connections.discard(connection)
            connection.close()

    def close_all(self) -> CleanupReport:
        """Close what is still open, newest first, without a commit: as dropping the connection would.

        Returns:
            The outcome per connection. One that belongs to another thread is ``skipped``, unless it was opened with
            ``check_same_thread=False``: SQLite refuses to close it from here.
        """
        items = []
        for connection, entry in self._connections.own():
            opened, error, detail = entry.data, None, ""
            try:
                outcome, detail = close_sqlite(connection, Deadline(None))
            except Exception as caught:
                outcome, error, detail = "error", caught, f"{type(caught).__name__}: {caught}"
            if outcome == "skipped":
                detail += f"; it was opened in {describe_thread_number(opened.thread)}"
            items.append(ItemReport("sqlite", f"{opened.name} opened at {opened.site}", outcome, detail, error))
        self._connections.sweep()
        return CleanupReport(items)

    def stats(self) -> SQLiteStats:
        """Count what is open."""
        self._connections.sweep()
        opened = [entry.data for _, entry in reversed(self._connections.own())]
        return SQLiteStats(len(opened), tuple(str(one.site) for one in opened))

    def _open(self) -> list[tuple[str, int]]:
        self._connections.sweep()
        entries = [entry for _, entry in reversed(self._connections.own())]
        return [(f"{entry.data.name} opened at {entry.data.site}", entry.sequence) for entry in entries]

    def _at_exit_report(self) -> list[str]:
        # Only this: the interpreter rolls back and closes what is left, and a commit would change what the program
        # does.
        return [f"sqlite {description}" for description, _ in self._open()]


def open_connections() -> list[tuple[str, int]]:
    """The open connections of all managers: where each was opened, and a number of its own."""
    managers = [one for one in _exit.participants() if isinstance(one, SQLiteConnectionManager)]
    return [connection for manager in managers for connection in manager._open()]


def with_weak_factory(
    args: tuple[Any, ...], kwargs: dict[str, Any], further: Callable[[Any], Any] = lambda factory: factory
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Arguments for ``sqlite3.connect``, after the database, that make a connection which can be referenced weakly.

    Args:
        args: The positional arguments.
        kwargs: The others.
        further: What else is to be done to the factory.
    """
    import sqlite3

    if "factory" not in kwargs and len(args) <= _FACTORY_POSITION:
        kwargs = {**kwargs, "factory": further(_with_weak_references(sqlite3.Connection))}
    elif "factory" in kwargs and len(args) <= _FACTORY_POSITION:
        kwargs = {**kwargs, "factory": further(_with_weak_references(kwargs["factory"]))}
    elif "factory" not in kwargs:
        factory = further(_with_weak_references(args[_FACTORY_POSITION]))
        args = (*args[:_FACTORY_POSITION], factory, *args[_FACTORY_POSITION + 1 :])
    # Given twice, it goes through unchanged and gets the error of `sqlite3.connect`.
    return args, kwargs


def _with_weak_references(factory: Any) -> Any:
    """The factory, or a subclass of it whose instances can be referenced weakly. Callables are returned unchanged."""
    if not isinstance(factory, type) or factory.__weakrefoffset__:
        return factory
    made = _referenceable.get(factory)
    if made is None:
        names = {"__slots__": ("__weakref__",), "__module__": factory.__module__, "__qualname__": factory.__qualname__}
        made = _referenceable.setdefault(factory, type(factory)(factory.__name__, (factory,), names))
    return made
