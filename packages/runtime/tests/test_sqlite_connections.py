"""Connections that the caller closes, and closing all that are left."""

from __future__ import annotations

import _thread
import gc
import os
import sqlite3
import threading
from pathlib import Path
from typing import Any, Callable, List

import pytest
from databases import is_closed, rows

import pylint_leaks_runtime
from pylint_leaks_runtime import SQLiteConnectionManager


def test_connect_is_known_until_closed(databases: SQLiteConnectionManager, database: str) -> None:
    connection = databases.connect(database)
    assert isinstance(connection, sqlite3.Connection)
    (site,) = databases.stats().sites
    assert site.startswith(__file__)
    connection.close()
    assert databases.stats().live == 0


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # from 3.13 on, as without us
def test_connect_does_not_keep_a_connection_alive(databases: SQLiteConnectionManager, database: str) -> None:
    # Ids are used again at once; only the weak reference tells one connection from the next.
    for _ in range(20):
        connection = databases.connect(database)
        connection.execute("INSERT INTO t VALUES (1)")
        del connection
        gc.collect()
    assert databases.stats().live == 0
    assert rows(database) == [], "dropping a connection rolls back, as it does without us"


def test_connect_adds_no_attributes(databases: SQLiteConnectionManager) -> None:
    connection = databases.connect(":memory:")
    with pytest.raises(AttributeError):
        connection.mine = 1  # type: ignore[attr-defined]
    assert repr(connection).startswith("<sqlite3.Connection object at")
    connection.close()


class Mine(sqlite3.Connection):
    pass


class Slotted(sqlite3.Connection):
    __slots__ = ("note",)


@pytest.mark.parametrize("factory", [Mine, Slotted])
def test_a_factory_is_honoured(databases: SQLiteConnectionManager, factory: type) -> None:
    connection = databases.connect(":memory:", factory=factory)
    assert isinstance(connection, factory)
    assert type(connection) is factory or factory is Slotted
    assert databases.stats().live == 1
    connection.close()


@pytest.mark.filterwarnings("ignore:Passing more than 1 positional argument:DeprecationWarning")
def test_a_positional_factory_is_honoured(databases: SQLiteConnectionManager) -> None:
    connection = databases.connect(":memory:", 5.0, 0, None, True, Mine, 10)
    assert type(connection) is Mine
    assert connection.isolation_level is None
    connection.close()
    with pytest.raises(TypeError):
        databases.connect(":memory:", 5.0, 0, None, True, Mine, factory=Mine)


def test_a_factory_function_is_called_with_what_it_expects(databases: SQLiteConnectionManager) -> None:
    def make(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        return sqlite3.Connection(*args, **kwargs)

    connection = databases.connect(":memory:", factory=make)  # plain, so it stays unknown, and nothing breaks
    assert databases.stats().live == 0
    connection.close()


def test_close_all_closes_everything_newest_first(databases: SQLiteConnectionManager, database: str) -> None:
    connections = [databases.connect(database) for _ in range(3)]
    connections[0].execute("INSERT INTO t VALUES (1)")
    report = databases.close_all()
    assert [item.outcome for item in report] == ["closed"] * 3
    assert all(map(is_closed, connections))
    assert len(databases.close_all()) == 0
    assert rows(database) == [], "nobody asked for a commit"


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # from 3.13 on, as without us
def test_close_all_says_which_it_cannot_close(databases: SQLiteConnectionManager, database: str) -> None:
    made: List[sqlite3.Connection] = []

    def in_thread(action: Callable[[], object]) -> None:
        thread = threading.Thread(target=action, name="owner")
        thread.start()
        thread.join()

    in_thread(lambda: made.append(databases.connect(database)))
    (item,) = databases.close_all()
    assert item.outcome == "skipped"
    assert item.detail.startswith("it belongs to another thread; it was opened in thread ")
    assert databases.stats().live == 1
    made.clear()
    gc.collect()
    reports = []
    connection = databases.connect(database)
    in_thread(lambda: reports.append(databases.close_all()))
    assert {item.outcome for item in reports[0]} == {"skipped"}
    assert reports[0].items[0].detail.endswith("opened in MainThread")
    connection.close()


def test_close_all_closes_shared_connections_of_other_threads(
    databases: SQLiteConnectionManager, database: str
) -> None:
    made: List[sqlite3.Connection] = []
    thread = threading.Thread(target=lambda: made.append(databases.connect(database, check_same_thread=False)))
    thread.start()
    thread.join()
    assert [item.outcome for item in databases.close_all()] == ["closed"]


def test_close_all_reaches_into_open_blocks(databases: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        with databases.connection(database):
            assert databases.close_all().count("closed") == 1


def test_close_all_reports_errors(databases: SQLiteConnectionManager) -> None:
    class Stubborn(sqlite3.Connection):
        def close(self) -> None:
            if not self.isolation_level:
                super().close()
            raise sqlite3.OperationalError("busy")

    connection = databases.connect(":memory:", factory=Stubborn)
    (item,) = databases.close_all()
    assert (item.outcome, item.detail) == ("error", "OperationalError: busy")
    sqlite3.Connection.close(connection)


@pytest.mark.parametrize("spell", [str, os.fsencode, Path])
def test_every_spelling_of_a_path_is_named(databases: SQLiteConnectionManager, database: str, spell: Any) -> None:
    with databases.connection(spell(database)):
        (item,) = [description for description, _ in databases._open()]
        assert item.startswith(f"{database} opened at ")


def test_nothing_shows_in_a_thread_that_threading_does_not_know(
    databases: SQLiteConnectionManager, database: str
) -> None:
    # `threading.current_thread` makes up a `Thread` for such a thread, and that stays.
    done = threading.Event()

    def work() -> None:
        with databases.connection(database):
            pass
        pylint_leaks_runtime.ThreadManager().stop()
        done.set()

    before = threading.enumerate()
    _thread.start_new_thread(work, ())
    assert done.wait(60)
    assert threading.enumerate() == before


def test_module_functions_share_one_manager(database: str) -> None:
    with pylint_leaks_runtime.connection(database) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    assert is_closed(connection)
    opened = pylint_leaks_runtime.connect(database)
    assert opened.execute("SELECT x FROM t").fetchall() == [(1,)]
    opened.close()
