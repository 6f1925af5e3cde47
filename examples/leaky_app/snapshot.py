"""What is on disk: the contents of databases and files, read independently of the code that wrote them."""

import os
import sqlite3
from contextlib import closing


def dump_database(path):
    """Lines for every row of every table, tables and rows in a fixed order."""
    lines = []
    with closing(sqlite3.connect(path)) as conn:
        tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            rows = conn.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
            lines.append(f"{table}: {len(rows)}")
            lines.extend(f"  {row!r}" for row in rows)
        lines.append(f"integrity: {conn.execute('PRAGMA integrity_check').fetchone()[0]}")
    return lines


def files_below(folder):
    """Paths of all files below a folder, relative to it, sorted."""
    found = []
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            found.append(os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/"))
    return sorted(found)


def dump_file(path):
    """Lines of a text file."""
    with open(path, encoding="utf-8", newline="") as handle:
        return [repr(line) for line in handle]
