"""What the agents may spend."""

from __future__ import annotations

import sqlite3


class Overdrawn(ValueError):
    """A month would end below zero."""


def close_month(path: str, month: str, opening: int, closing: int) -> int:
    """Store the balances of a month and return the difference.

    `closing` is a number here, whatever other modules call by that name.
    """
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO months (month, opening, closing) VALUES (?, ?, ?)", (month, opening, closing))
        if closing < 0:
            raise Overdrawn(f"{month} ends at {closing}")
    return closing - opening


def balance(path: str) -> int:
    """Sum of all entries."""
    return sqlite3.connect(path).execute("SELECT COALESCE(SUM(amount), 0) FROM entries").fetchone()[0]


def audit(path: str, archive: str | None = None) -> list:
    """Months whose entries do not add up, from the ledger or from a copy of it."""
    if archive:
        conn = sqlite3.connect(archive)
    else:
        conn = sqlite3.connect(path)
    rows = conn.execute(
        """
        SELECT months.month,
               months.closing - months.opening,
               COALESCE(SUM(entries.amount), 0)
          FROM months LEFT JOIN entries ON entries.month = months.month
      GROUP BY months.month
      ORDER BY months.month
        """
    ).fetchall()
    conn.close()
    return [month for month, expected, booked in rows if expected != booked]
