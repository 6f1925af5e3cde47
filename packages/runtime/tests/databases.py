"""Questions to a SQLite database, asked from outside the package."""

from __future__ import annotations

import sqlite3
from typing import Any, List


def rows(database: str) -> List[Any]:
    """What the table holds, seen by a connection of its own: what was committed."""
    connection = sqlite3.connect(database)
    try:
        return [x for (x,) in connection.execute("SELECT x FROM t")]
    finally:
        connection.close()


def is_closed(connection: sqlite3.Connection) -> bool:
    """Whether a connection refuses to work because it is closed."""
    try:
        connection.execute("SELECT 1").close()
    except sqlite3.ProgrammingError:
        return True
    return False
