"""Who the agents are and when they were last seen."""

import contextlib
import sqlite3
import threading


def connect_registry(path):
    """A connection with named columns; the caller closes it."""
    conn = sqlite3.connect(path, timeout=2.0)
    conn.row_factory = sqlite3.Row
    return conn


def list_agents(path):
    with contextlib.closing(connect_registry(path)) as conn:
        return [dict(row) for row in conn.execute("SELECT name, role, seen FROM agents ORDER BY name")]


def promote(path, name, role):
    """Give an agent another role; returns the old one.

    Raises LookupError for an agent that is not registered.
    """
    conn = connect_registry(path)
    row = conn.execute("SELECT role FROM agents WHERE name = ?", (name,)).fetchone()
    if row is None:
        conn.close()
        raise LookupError(name)
    conn.execute("UPDATE agents SET role = ? WHERE name = ?", (role, name))
    conn.commit()
    conn.close()
    return row["role"]


def mark_seen(path, names, at):
    """Note that agents reported at `at`; returns how many of them are known."""
    conn = sqlite3.connect(path)
    known = 0
    with conn:
        for name in names:
            known += conn.execute("UPDATE agents SET seen = ? WHERE name = ?", (at, name)).rowcount
    return known


class AgentRegistry:
    """The registry, held open for as long as the service runs."""

    def __init__(self, path, legacy_path=None):
        self._lock = threading.RLock()
        rows = []
        if legacy_path is not None:
            # names from before the registry existed
            legacy = sqlite3.connect(legacy_path)
            rows = legacy.execute("SELECT DISTINCT agent FROM events ORDER BY agent").fetchall()
        self.connection = sqlite3.connect(path, check_same_thread=False)
        for (name,) in rows:
            self.register(name, "legacy")

    def register(self, name, role):
        with self._lock, self.connection:
            self.connection.execute("INSERT OR REPLACE INTO agents (name, role) VALUES (?, ?)", (name, role))

    def names(self):
        with self._lock:
            return [name for (name,) in self.connection.execute("SELECT name FROM agents ORDER BY name")]

    def close(self):
        with self._lock:
            self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class HeartbeatBoard:
    """Counts heartbeats. It opens its own connection and offers no way to close it."""

    def __init__(self, path):
        self.conn = sqlite3.connect(path)

    def beat(self, name):
        self.conn.execute("UPDATE agents SET seen = seen + 1 WHERE name = ?", (name,))
        self.conn.commit()

    def silent(self):
        return [name for (name,) in self.conn.execute("SELECT name FROM agents WHERE seen = 0 ORDER BY name")]
