"""What a generated function is given as `env`."""

import os

from .resources import Done
from .scenario import Current, ProgramError


class Items:
    """One item or two; starting to go over them may fail."""

    def __iter__(self):
        return iter(("first", "second") if Current.scenario.decide("more items") else ("first",))


class Job:
    """What a task is made of; unlike a coroutine it does not mind never being awaited."""

    def __repr__(self):
        return "<job>"


class Environment:
    """Steps, conditions, places to keep things."""

    path = "data.txt"
    number = 5
    mode = "read"
    items = Items()

    def __init__(self):
        self.kept = []

    def flag(self, what):
        return Current.scenario.decide(what)

    def step(self, what):
        Current.scenario.step(f"step {what!r}")
        return what if isinstance(what, str) else "stepped"

    def pause(self, what):
        Current.scenario.step(f"pause {what!r}")
        return Done(what)

    def choose(self):
        Current.scenario.step("choose")
        return "read" if Current.scenario.decide("choose") else "write"

    def error(self, what):
        return Current.scenario.fail(ProgramError(what))

    def look(self, path):
        """Whether a temporary file or folder is still there."""
        text = os.fspath(path)
        gone = any(text == each or text.startswith(each + "/") for each in Current.scenario.gone)
        Current.scenario.step(f"look {'gone' if gone else 'there'}")

    def show(self, part):
        """Uses something up, whatever it is."""
        Current.scenario.step(f"show {consume(part)}")

    def peek(self, thing):
        Current.scenario.step(f"peek {thing!r}")

    def work(self):
        pass

    def job(self):
        return Job()

    def __repr__(self):
        return "<env>"


def consume(thing):
    """What comes out of a value when it is called or gone over; an exception is an answer, too."""
    try:
        if callable(thing):
            thing = thing()
        if hasattr(thing, "__next__"):
            thing = list(thing)
        return repr(thing)
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}: {error}"
