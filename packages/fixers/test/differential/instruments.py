"""Connections, files and threads that write down what is done with them and fail on demand.

Nothing here keeps a resource alive: what happens is noted in records, so that a dropped handle is really dropped.
"""

import builtins
import io
import sqlite3
import threading


class InjectedFailure(Exception):
    """The failure that a scenario orders at one of its steps."""


class Scenario:
    """One run: which way each decision goes and at which step something fails."""

    def __init__(self, decisions, failing_step):
        self.decisions = list(decisions)
        self.failing_step = failing_step
        self.asked = 0
        self.steps = 0
        self.transcript = []
        self.resources = []
        self.tracked = 0

    def decide(self):
        answer = self.decisions[self.asked] if self.asked < len(self.decisions) else False
        self.asked += 1
        self.transcript.append(f"decide {answer}")
        return answer

    def step(self, what):
        number = self.steps
        self.steps += 1
        self.transcript.append(what)
        if number == self.failing_step:
            raise InjectedFailure(what)

    def opened(self, kind):
        record = Record(kind)
        self.resources.append(record)
        return record


class Record:
    """What became of one resource."""

    def __init__(self, kind):
        self.kind = kind
        self.closed = False


def make_connection_class(scenario):
    class Cursor(sqlite3.Cursor):
        def execute(self, sql, *rest):
            scenario.step(f"cursor.execute {sql}")
            return super().execute(sql, *rest)

        def fetchall(self):
            scenario.step("fetchall")
            return super().fetchall()

        def fetchone(self):
            scenario.step("fetchone")
            return super().fetchone()

    class Connection(sqlite3.Connection):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            sqlite3.Connection.cursor(self, sqlite3.Cursor).execute("pragma synchronous = off")
            self.record = scenario.opened("connection")
            # What SQLite itself runs, the implicit BEGIN, COMMIT and ROLLBACK included.
            self.set_trace_callback(lambda sql: scenario.transcript.append(f"sql {sql}"))

        def cursor(self, *args):
            scenario.step("cursor")
            return super().cursor(Cursor)

        def execute(self, sql, *rest):
            scenario.step(f"execute {sql}")
            return sqlite3.Connection.cursor(self, Cursor).execute(sql, *rest)

        def commit(self):
            scenario.step("commit")
            super().commit()

        def rollback(self):
            scenario.step("rollback")
            super().rollback()

        def close(self):
            super().close()
            self.record.closed = True

    return Connection


class LoggedFile:
    """A file that notes reads and writes; closing is noted in its record only, for fixes move it."""

    def __init__(self, scenario, inner):
        self._scenario = scenario
        self._inner = inner
        self._record = scenario.opened("file")

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def __iter__(self):
        return self

    def __next__(self):
        self._scenario.step("next line")
        return next(self._inner)

    def read(self, *args):
        self._scenario.step("read")
        return self._inner.read(*args)

    def readline(self, *args):
        self._scenario.step("readline")
        return self._inner.readline(*args)

    def readlines(self):
        self._scenario.step("readlines")
        return self._inner.readlines()

    def write(self, data):
        self._scenario.step(f"write {data!r}")
        return self._inner.write(data)

    def close(self):
        self._inner.close()
        self._record.closed = True

    def __enter__(self):
        self._inner.__enter__()
        return self

    def __exit__(self, *_exception):
        self.close()


class Instruments:
    """Puts the instruments in place of `sqlite3.connect`, `open` and the thread manager for one run."""

    def __init__(self, scenario, manager):
        self.scenario = scenario
        self.manager = manager

    def __enter__(self):
        scenario = self.scenario
        self.saved = (sqlite3.connect, builtins.open, io.open, self.manager.track)
        real_connect, real_open, _, real_track = self.saved

        def connect(database, *args, **kwargs):
            scenario.step("connect")
            kwargs.setdefault("timeout", 0)
            kwargs.setdefault("factory", make_connection_class(scenario))
            return real_connect(database, *args, **kwargs)

        def logged_open(path, *args, **kwargs):
            scenario.step(f"open {args} {sorted(kwargs.items())}")
            return LoggedFile(scenario, real_open(path, *args, **kwargs))

        def track(thread):
            assert isinstance(thread, threading.Thread), thread
            assert not thread.is_alive() and thread.ident is None, "tracked before it is started"
            scenario.tracked += 1
            result = real_track(thread)
            assert result is thread, "track gives back the same object"
            return result

        sqlite3.connect = connect
        builtins.open = io.open = logged_open
        self.manager.track = track
        return self

    def __exit__(self, *_exception):
        sqlite3.connect, builtins.open, io.open = self.saved[:3]
        del self.manager.track
