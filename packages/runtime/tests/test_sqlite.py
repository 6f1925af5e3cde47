"""SQLite connections: what a block does at its end, and what is known of connections that are open."""

from __future__ import annotations

import _thread
import gc
import os
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Iterator, List

import pytest

import pylint_leaks_runtime
from pylint_leaks_runtime import SQLiteConnectionManager


@pytest.fixture
def manager() -> Iterator[SQLiteConnectionManager]:
    one = SQLiteConnectionManager()
    yield one
    assert one.stats().live == 0, "every test closes what it opens"


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "data.db")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    return path


def rows(database: str) -> List[Any]:
    connection = sqlite3.connect(database)
    try:
        return [x for (x,) in connection.execute("SELECT x FROM t")]
    finally:
        connection.close()


def is_closed(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1").close()
    except sqlite3.ProgrammingError:
        return True
    return False


# connection()


def test_a_block_commits_and_closes(manager: SQLiteConnectionManager, database: str) -> None:
    with manager.connection(database) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
        assert manager.stats().live == 1
    assert is_closed(connection)
    assert rows(database) == [1]


def test_a_block_that_raises_rolls_back_and_closes(manager: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with manager.connection(database) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            raise KeyError
    assert is_closed(connection)
    assert rows(database) == []


def test_what_the_user_committed_stays(manager: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with manager.connection(database) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            connection.commit()
            connection.execute("INSERT INTO t VALUES (2)")
            raise KeyError
    assert rows(database) == [1]


def test_isolation_level_none_is_honoured(manager: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with manager.connection(database, isolation_level=None) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            raise KeyError
    assert rows(database) == [1]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the autocommit attribute came with Python 3.12")
@pytest.mark.parametrize("autocommit", [True, False])
def test_autocommit_is_honoured(manager: SQLiteConnectionManager, database: str, autocommit: bool) -> None:
    with manager.connection(database, autocommit=autocommit) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(KeyError):
        with manager.connection(database, autocommit=autocommit) as connection:
            connection.execute("INSERT INTO t VALUES (2)")
            raise KeyError
    # True: every statement stands on its own, and the end of the block has nothing to decide.
    assert rows(database) == ([1, 2] if autocommit else [1])


def test_a_connect_error_is_not_hidden(manager: SQLiteConnectionManager, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        with manager.connection(tmp_path / "missing" / "data.db"):
            raise AssertionError("not reached")
    with pytest.raises(sqlite3.OperationalError):
        manager.connect(tmp_path / "missing" / "data.db")


def test_blocks_nest_on_one_path_in_one_thread(manager: SQLiteConnectionManager, database: str) -> None:
    with manager.connection(database) as outer:
        with manager.connection(database) as inner:
            assert inner is not outer
            assert manager.stats().live == 2
        assert is_closed(inner)
        assert not is_closed(outer)
        assert manager.stats().live == 1
    assert is_closed(outer)


def test_no_default_is_changed(manager: SQLiteConnectionManager, database: str) -> None:
    plain = sqlite3.connect(database)
    with manager.connection(database) as block:
        opened = manager.connect(database)
        for ours in (block, opened):
            for name in ("row_factory", "text_factory", "isolation_level"):
                assert getattr(ours, name) == getattr(plain, name)
            assert ours.execute("PRAGMA busy_timeout").fetchall() == plain.execute("PRAGMA busy_timeout").fetchall()
            refused: List[Exception] = []

            def use(connection: sqlite3.Connection = ours) -> None:
                try:
                    connection.execute("SELECT 1")
                except sqlite3.ProgrammingError as error:
                    refused.append(error)

            thread = threading.Thread(target=use)
            thread.start()
            thread.join()
            assert len(refused) == 1, "check_same_thread must still be on"
        assert type(block) is sqlite3.Connection
        opened.close()
    plain.close()


def test_a_failing_commit_still_closes(manager: SQLiteConnectionManager, database: str) -> None:
    class Refusing(sqlite3.Connection):
        def __exit__(self, *_: object) -> None:  # type: ignore[override]
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        with manager.connection(database, factory=Refusing) as connection:
            pass
    assert is_closed(connection)


def test_the_connection_decides_what_is_bound_and_swallowed(manager: SQLiteConnectionManager, database: str) -> None:
    class Own(sqlite3.Connection):
        def __enter__(self) -> Any:
            super().__enter__()
            return "bound"

        def __exit__(self, *_: object) -> Any:
            return True

    with manager.connection(database, factory=Own) as bound:
        assert bound == "bound"  # type: ignore[comparison-overlap]
        raise KeyError


def test_a_block_closed_by_hand_ends_as_a_plain_one_does(manager: SQLiteConnectionManager, database: str) -> None:
    # `with connection` commits when the block ends, and a closed connection refuses that.
    messages = []
    for opened in (sqlite3.connect(database), manager.connection(database)):
        with pytest.raises(sqlite3.ProgrammingError) as caught:
            with opened as connection:
                connection.close()
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_the_file_is_free_after_the_block(manager: SQLiteConnectionManager, database: str) -> None:
    for number in range(3):
        with manager.connection(database, timeout=0) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("INSERT INTO t VALUES (?)", (number,))
    os.rename(database, database + ".moved")
    assert rows(database + ".moved") == [0, 1, 2]


# connect()


def test_connect_is_known_until_closed(manager: SQLiteConnectionManager, database: str) -> None:
    connection = manager.connect(database)
    assert isinstance(connection, sqlite3.Connection)
    (site,) = manager.stats().sites
    assert site.startswith(__file__)
    connection.close()
    assert manager.stats().live == 0


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # from 3.13 on, as without us
def test_connect_does_not_keep_a_connection_alive(manager: SQLiteConnectionManager, database: str) -> None:
    # Ids are used again at once; only the weak reference tells one connection from the next.
    for _ in range(20):
        connection = manager.connect(database)
        connection.execute("INSERT INTO t VALUES (1)")
        del connection
        gc.collect()
    assert manager.stats().live == 0
    assert rows(database) == [], "dropping a connection rolls back, as it does without us"


def test_connect_adds_no_attributes(manager: SQLiteConnectionManager) -> None:
    connection = manager.connect(":memory:")
    with pytest.raises(AttributeError):
        connection.mine = 1  # type: ignore[attr-defined]
    assert repr(connection).startswith("<sqlite3.Connection object at")
    connection.close()


class Mine(sqlite3.Connection):
    pass


class Slotted(sqlite3.Connection):
    __slots__ = ("note",)


@pytest.mark.parametrize("factory", [Mine, Slotted])
def test_a_factory_is_honoured(manager: SQLiteConnectionManager, factory: type) -> None:
    connection = manager.connect(":memory:", factory=factory)
    assert isinstance(connection, factory)
    assert type(connection) is factory or factory is Slotted
    assert manager.stats().live == 1
    connection.close()


@pytest.mark.filterwarnings("ignore:Passing more than 1 positional argument:DeprecationWarning")
def test_a_positional_factory_is_honoured(manager: SQLiteConnectionManager) -> None:
    connection = manager.connect(":memory:", 5.0, 0, None, True, Mine, 10)
    assert type(connection) is Mine
    assert connection.isolation_level is None
    connection.close()
    with pytest.raises(TypeError):
        manager.connect(":memory:", 5.0, 0, None, True, Mine, factory=Mine)


def test_a_factory_function_is_called_with_what_it_expects(manager: SQLiteConnectionManager) -> None:
    def make(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        return sqlite3.Connection(*args, **kwargs)

    connection = manager.connect(":memory:", factory=make)  # plain, so it stays unknown, and nothing breaks
    assert manager.stats().live == 0
    connection.close()


# close_all()


def test_close_all_closes_everything_newest_first(manager: SQLiteConnectionManager, database: str) -> None:
    connections = [manager.connect(database) for _ in range(3)]
    connections[0].execute("INSERT INTO t VALUES (1)")
    report = manager.close_all()
    assert [item.outcome for item in report] == ["closed"] * 3
    assert all(map(is_closed, connections))
    assert len(manager.close_all()) == 0
    assert rows(database) == [], "nobody asked for a commit"


@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # from 3.13 on, as without us
def test_close_all_says_which_it_cannot_close(manager: SQLiteConnectionManager, database: str) -> None:
    made: List[sqlite3.Connection] = []

    def in_thread(action: Callable[[], object]) -> None:
        thread = threading.Thread(target=action, name="owner")
        thread.start()
        thread.join()

    in_thread(lambda: made.append(manager.connect(database)))
    (item,) = manager.close_all()
    assert item.outcome == "skipped"
    assert item.detail.startswith("it belongs to another thread; it was opened in thread ")
    assert manager.stats().live == 1
    made.clear()
    gc.collect()
    reports = []
    connection = manager.connect(database)
    in_thread(lambda: reports.append(manager.close_all()))
    assert {item.outcome for item in reports[0]} == {"skipped"}
    assert reports[0].items[0].detail.endswith("opened in MainThread")
    connection.close()


def test_close_all_closes_shared_connections_of_other_threads(manager: SQLiteConnectionManager, database: str) -> None:
    made: List[sqlite3.Connection] = []
    thread = threading.Thread(target=lambda: made.append(manager.connect(database, check_same_thread=False)))
    thread.start()
    thread.join()
    assert [item.outcome for item in manager.close_all()] == ["closed"]


def test_close_all_reaches_into_open_blocks(manager: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        with manager.connection(database):
            assert manager.close_all().count("closed") == 1


def test_close_all_reports_errors(manager: SQLiteConnectionManager) -> None:
    class Stubborn(sqlite3.Connection):
        def close(self) -> None:
            if not self.isolation_level:
                super().close()
            raise sqlite3.OperationalError("busy")

    connection = manager.connect(":memory:", factory=Stubborn)
    (item,) = manager.close_all()
    assert (item.outcome, item.detail) == ("error", "OperationalError: busy")
    sqlite3.Connection.close(connection)


@pytest.mark.parametrize("spell", [str, os.fsencode, Path])
def test_every_spelling_of_a_path_is_named(manager: SQLiteConnectionManager, database: str, spell: Any) -> None:
    with manager.connection(spell(database)):
        (item,) = [description for description, _ in manager._open()]
        assert item.startswith(f"{database} opened at ")


def test_nothing_shows_in_a_thread_that_threading_does_not_know(
    manager: SQLiteConnectionManager, database: str
) -> None:
    # `threading.current_thread` makes up a `Thread` for such a thread, and that stays.
    done = threading.Event()

    def work() -> None:
        with manager.connection(database):
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
