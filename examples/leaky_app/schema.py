"""Table definitions of every database the service uses."""

import sqlite3

ANALYTICS = """
    CREATE TABLE IF NOT EXISTS events (
        id      INTEGER PRIMARY KEY,
        agent   TEXT NOT NULL,
        kind    TEXT NOT NULL,
        payload TEXT NOT NULL,
        at      INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS events_by_kind ON events (kind);
"""

MESSAGES = """
    CREATE TABLE IF NOT EXISTS mailboxes (
        owner  TEXT PRIMARY KEY,
        unread INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE IF NOT EXISTS messages (
        id        INTEGER PRIMARY KEY,
        sender    TEXT NOT NULL,
        recipient TEXT NOT NULL,
        body      TEXT NOT NULL,
        read      INTEGER NOT NULL DEFAULT 0
    );
"""

JOBS = """
    CREATE TABLE IF NOT EXISTS jobs (
        id       INTEGER PRIMARY KEY,
        name     TEXT NOT NULL,
        payload  TEXT NOT NULL,
        priority INTEGER NOT NULL,
        state    TEXT NOT NULL,
        worker   TEXT,
        error    TEXT
    );
"""

REGISTRY = """
    CREATE TABLE IF NOT EXISTS agents (
        name  TEXT PRIMARY KEY NOT NULL,
        role  TEXT NOT NULL,
        seen  INTEGER NOT NULL DEFAULT 0
    );
"""

LEDGER = """
    CREATE TABLE IF NOT EXISTS months (
        month   TEXT PRIMARY KEY,
        opening INTEGER NOT NULL,
        closing INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS entries (
        id     INTEGER PRIMARY KEY,
        month  TEXT NOT NULL,
        amount INTEGER NOT NULL,
        note   TEXT NOT NULL DEFAULT ''
    );
"""

ALL = {
    "analytics.db": ANALYTICS,
    "messages.db": MESSAGES,
    "jobs.db": JOBS,
    "registry.db": REGISTRY,
    "ledger.db": LEDGER,
}


def install(path, script, version=1):
    """Create the tables of `script` in the database at `path` and note the version."""
    with sqlite3.connect(path) as conn:
        # executescript() commits whatever is pending before it starts,
        # so the version below is written on its own.
        conn.executescript(script)
        conn.execute(f"PRAGMA user_version = {int(version)}")

    return path
