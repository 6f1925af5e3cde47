"""A block on a SQLite connection: it ends as the connection decides, and then the connection is closed."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any, List

import pytest
from databases import is_closed, rows

from pylint_leaks_runtime import SQLiteConnectionManager


def test_a_block_commits_and_closes(databases: SQLiteConnectionManager, database: str) -> None:
    with databases.connection(database) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
        assert databases.stats().live == 1
    assert is_closed(connection)
    assert rows(database) == [1]


def test_a_block_that_raises_rolls_back_and_closes(databases: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with databases.connection(database) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            raise KeyError
    assert is_closed(connection)
    assert rows(database) == []


def test_what_the_user_committed_stays(databases: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with databases.connection(database) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            connection.commit()
            connection.execute("INSERT INTO t VALUES (2)")
            raise KeyError
    assert rows(database) == [1]


def test_isolation_level_none_is_honoured(databases: SQLiteConnectionManager, database: str) -> None:
    with pytest.raises(KeyError):
        with databases.connection(database, isolation_level=None) as connection:
            connection.execute("INSERT INTO t VALUES (1)")
            raise KeyError
    assert rows(database) == [1]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the autocommit attribute came with Python 3.12")
@pytest.mark.parametrize("autocommit", [True, False])
def test_autocommit_is_honoured(databases: SQLiteConnectionManager, database: str, autocommit: bool) -> None:
    with databases.connection(database, autocommit=autocommit) as connection:
        connection.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(KeyError):
        with databases.connection(database, autocommit=autocommit) as connection:
            connection.execute("INSERT INTO t VALUES (2)")
            raise KeyError
    # True: every statement stands on its own, and the end of the block has nothing to decide.
    assert rows(database) == ([1, 2] if autocommit else [1])


def test_a_connect_error_is_not_hidden(databases: SQLiteConnectionManager, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        with databases.connection(tmp_path / "missing" / "data.db"):
            raise AssertionError("not reached")
    with pytest.raises(sqlite3.OperationalError):
        databases.connect(tmp_path / "missing" / "data.db")


def test_blocks_nest_on_one_path_in_one_thread(databases: SQLiteConnectionManager, database: str) -> None:
    with databases.connection(database) as outer:
        with databases.connection(database) as inner:
            assert inner is not outer
            assert databases.stats().live == 2
        assert is_closed(inner)
        assert not is_closed(outer)
        assert databases.stats().live == 1
    assert is_closed(outer)


def test_no_default_is_changed(databases: SQLiteConnectionManager, database: str) -> None:
    plain = sqlite3.connect(database)
    with databases.connection(database) as block:
        opened = databases.connect(database)
        for ours in (block, opened):
            for name in ("row_factory", "text_factory", "isolation_level"):
                assert getattr(ours, name) == getattr(plain, name)
            assert ours.execute("PRAGMA busy_timeout").fetchall() == plain.execute("PRAGMA busy_timeout").fetchall()
            refused: List[Exception] = []

            def use(connection: sqlite3.Connection = ours, refused: List[Exception] = refused) -> None:
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


def test_a_failing_commit_still_closes(databases: SQLiteConnectionManager, database: str) -> None:
    class Refusing(sqlite3.Connection):
        def __exit__(self, *_: object) -> None:  # type: ignore[override]
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        with databases.connection(database, factory=Refusing) as connection:
            pass
    assert is_closed(connection)


def test_the_connection_decides_what_is_bound_and_swallowed(databases: SQLiteConnectionManager, database: str) -> None:
    class Own(sqlite3.Connection):
        def __enter__(self) -> Any:
            super().__enter__()
            return "bound"

        def __exit__(self, *_: object) -> Any:
            return True

    with databases.connection(database, factory=Own) as bound:
        assert bound == "bound"  # type: ignore[comparison-overlap]
        raise KeyError


def test_a_block_closed_by_hand_ends_as_a_plain_one_does(databases: SQLiteConnectionManager, database: str) -> None:
    # `with connection` commits when the block ends, and a closed connection refuses that.
    messages = []
    for opened in (sqlite3.connect(database), databases.connection(database)):
        with pytest.raises(sqlite3.ProgrammingError) as caught:
            with opened as connection:
                connection.close()
        messages.append(str(caught.value))
    assert messages[0] == messages[1]


def test_the_file_is_free_after_the_block(databases: SQLiteConnectionManager, database: str) -> None:
    for number in range(3):
        with databases.connection(database, timeout=0) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("INSERT INTO t VALUES (?)", (number,))
    os.rename(database, database + ".moved")
    assert rows(database + ".moved") == [0, 1, 2]
