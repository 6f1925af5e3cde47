"""One run of one function: which way its conditions go, which step fails, and everything that was observed."""

import sys


class InjectedFailure(OSError):
    """The failure that a scenario orders at one of its steps."""


class OtherFailure(RuntimeError):
    """The same, of a kind that handlers of the usual kinds do not catch."""


class Endless(BaseException):
    """A program that takes more steps than any that ends."""


MAX_STEPS = 2000
FAILURES = (InjectedFailure, OtherFailure)


class ProgramError(Exception):
    """What a program raises on purpose."""


class Record:
    """What became of one resource. It does not keep the resource alive."""

    def __init__(self, number, row, positions):
        self.number = number
        self.row = row
        self.positions = positions
        self.is_released = False
        self.ended_by = None
        self.is_managed = False
        self.is_dead = False


class Scenario:
    """Decisions and the failing step go in; transcript and records come out."""

    def __init__(self, decisions=(), failing_step=None, failure=InjectedFailure, filename=""):
        self.decisions = decisions
        self.failing_step = failing_step
        self.failure = failure
        self.filename = filename
        self.asked = 0
        self.steps = 0
        self.transcript = []
        self.records = []
        self.locks = []
        self.gone = set()
        self.paths = 0
        self.is_exceptional = False

    def action(self, text, record=None, release=None):
        """Notes something observable.

        :param record: what it releases, when it is part of a release.
        :param release: the name of the method that releases it.
        """
        held = tuple(lock.number for lock in self.locks)
        self.transcript.append((text, held, None if record is None else record.number, release))

    def step(self, text):
        """An action that may fail."""
        self.action(text)
        number = self.steps
        self.steps += 1
        if number > MAX_STEPS:
            raise Endless(text)
        if number == self.failing_step:
            self.is_exceptional = True
            raise self.failure(text)

    def decide(self, what):
        self.step(f"flag {what}")
        answer = self.decisions[self.asked] if self.asked < len(self.decisions) else False
        self.asked += 1
        return answer

    def fail(self, error):
        """An exception that the program or a closed resource raises."""
        self.is_exceptional = True
        return error

    def acquired(self, row):
        record = Record(len(self.records), row, self._positions())
        self.records.append(record)
        return record

    def _positions(self):
        """Places in the program, innermost first: (line, column, end line, end column), lines from 1, columns from 0."""
        positions = []
        frame = sys._getframe(2)
        while frame is not None:
            code = frame.f_code
            if code.co_filename == self.filename:
                positions.append(_positions_of(code)[frame.f_lasti // 2])
            frame = frame.f_back
        return tuple(positions)


_known = {}


def _positions_of(code):
    found = _known.get(code)
    if found is None:
        if len(_known) > 5000:
            _known.clear()
        found = _known[code] = [(line, column, end, end_column) for line, end, column, end_column in code.co_positions()]
    return found


class Current:
    """The scenario that is running; resources write to it."""

    scenario = Scenario()
