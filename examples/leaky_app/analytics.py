"""Usage analytics: what the agents did, kept in one SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import deque


class AnalyticsStore:
    """Events of all agents; every method opens the file for itself, so that several processes can share it."""

    def __init__(self, path: str) -> None:
        self.path = path
        # bounded by construction: a deque with maxlen never grows
        self._recent = deque(maxlen=3)

    def record(self, agent: str, kind: str, payload: object, at: int) -> None:
        """Store one event.

        Raises TypeError when `payload` is not JSON.
        """
        with sqlite3.connect(self.path) as conn:
            conn.execute(
                """
                INSERT INTO events (agent, kind, payload, at)
                VALUES (?, ?, ?, ?)
                """,
                (agent, kind, json.dumps(payload, sort_keys=True), at),
            )
        self._recent.append(f"{agent}/{kind}")

    def record_many(self, events) -> int:
        """Store all events or none of them."""
        stored = 0
        for agent, kind, payload, at in events:
            self.record(agent, kind, payload, at)
            stored += 1
        return stored

    def recent(self) -> list:
        return list(self._recent)

    def count_by_kind(self) -> dict:
        with sqlite3.connect(self.path) as conn:
            rows = conn.execute('''
                SELECT kind, COUNT(*)
                  FROM events
              GROUP BY kind   -- one row per kind
              ORDER BY kind
            ''').fetchall()
        # the rows are plain tuples: nothing here needs the database any more
        return {kind: count for kind, count in rows}

    def latest(self, limit: int = 3) -> list:
        """The newest events, newest first."""
        with sqlite3.connect(self.path) as conn:
            cursor = conn.execute(
                "SELECT agent, kind FROM events ORDER BY id DESC LIMIT ?",
                (limit,),
            )
        # The cursor is read after the transaction has ended. That works only because the connection stays open.
        return [f"{agent}:{kind}" for agent, kind in cursor]

    def stream(self, kind: str) -> sqlite3.Cursor:
        """A cursor over the payloads of one kind, for callers that do not want them all in memory."""
        with sqlite3.connect(self.path) as conn:
            return conn.execute("SELECT payload FROM events WHERE kind = ? ORDER BY id", (kind,))


def merge_shards(paths, limit: int = 100):
    """Add up the event counts of per-day shards.

    Returns the total (counting stops once `limit` is reached) and the names of the shards that do not exist.
    """
    total = 0
    missing = []
    for path in paths:
        if not os.path.exists(path):
            missing.append(os.path.basename(path))
            continue
        with sqlite3.connect(path) as conn:
            (count,) = conn.execute("SELECT COUNT(*) FROM events").fetchone()
            if count == 0:
                continue  # an empty day

            total += count
            if total >= limit:
                break
    return total, missing
