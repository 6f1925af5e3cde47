"""Loads a program and runs one of its functions in one scenario."""

import gc
import inspect
import re

from . import semantics
from .environment import Environment, consume
from .scenario import FAILURES, Current, Endless, InjectedFailure, Scenario

ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class Program:
    """A module with stand-ins for what it imports."""

    def __init__(self, path, libraries):
        with open(path, "rb") as file:
            self.source = file.read()
        self._path = path
        self._libraries = libraries
        self._globals = {"__builtins__": libraries.builtins, "__name__": "program"}
        Current.scenario = Scenario()
        exec(compile(self.source, path, "exec", dont_inherit=True), self._globals)

    def run(self, name, parameters, decisions, failing_step=None, failure=InjectedFailure):
        """One scenario.

        :returns: an `Outcome`.
        """
        scenario = Current.scenario = Scenario(decisions, failing_step, failure, self._path)
        environment = Environment()
        arguments = [self._libraries.source(kind) for kind in parameters]
        outcome = Outcome(scenario)
        result = None
        try:
            result = _finish(self._globals[name](environment, *arguments))
        except (Exception, Endless) as error:  # noqa: BLE001 - every exception is an observation
            outcome.raised = ADDRESS.sub("", f"{type(error).__name__}: {error}")
            scenario.is_exceptional = True
            _forget(error)
        outcome.settle()
        kept = [*environment.kept, getattr(environment, "current", None)]
        outcome.result = ADDRESS.sub("", f"{result!r} {kept!r}")
        # Whoever got something uses it later.
        later = [consume(thing) for thing in (result, *kept)]
        outcome.later = ADDRESS.sub("", repr(later))
        outcome.transcript = [(ADDRESS.sub("", text), *rest) for text, *rest in scenario.transcript]
        return outcome

    def gains_close(self, owner):
        """Whether a class of the program can be closed, and its `close` releases what its objects acquire."""
        kind = self._globals.get(owner)
        if not hasattr(kind, "close"):
            return False
        scenario = Current.scenario = Scenario(filename=self._path)
        made = kind(Environment())
        made.close()
        return all(record.is_released for record in scenario.records)


def _forget(error):
    """Frames in the traceback would keep resources alive."""
    while error is not None:
        error.__traceback__, error = None, error.__context__


def _finish(result):
    """Runs coroutines and generators to their end; whoever goes over a generator may fail between two items."""
    if inspect.iscoroutine(result):
        try:
            while True:
                result.send(None)
        except StopIteration as stop:
            return stop.value
    if inspect.isgenerator(result):
        return _exhaust(result)
    return result


def _exhaust(generator):
    items = []
    try:
        for item in generator:
            items.append(item)
            try:
                Current.scenario.step(f"got {item!r}")
            except FAILURES as failure:
                generator.throw(failure)
                break
            if len(items) > 20:
                break
        return items
    finally:
        generator.close()


class Outcome:
    """What was observed in one run, and what became of each resource."""

    def __init__(self, scenario):
        self.decisions = scenario.decisions
        self.scenario = scenario
        self.raised = None
        self.leaked = ()
        self.handed = ()

    def settle(self):
        """Called when the function has been left and what it gave is still held: what is neither released nor held is lost."""
        open_ = [record for record in self.scenario.records if not record.is_released and not record.is_managed]
        if any(not record.is_dead for record in open_):
            gc.collect()
        is_lock = lambda record: record.row.get("of") == "receiver"  # noqa: E731
        self.leaked = frozenset(record.number for record in open_ if record.is_dead or is_lock(record))
        held = (record for record in self.scenario.records if not record.is_released and not record.is_dead)
        self.handed = frozenset(record.number for record in held if not is_lock(record))

    @property
    def is_exceptional(self):
        return self.scenario.is_exceptional

    def observed(self, lost, ended):
        """Everything that must stay as it is.

        :param lost: resources that the original loses in this scenario; their release is what a fix adds. After an exception
            that is any release, otherwise one that only says goodbye, or that the original does in another scenario. A task
            may be kept.
        :param ended: by number of the resource, how the original releases it in any scenario.
        """
        records = self.scenario.records
        forgiven = lost if self.is_exceptional else frozenset()

        def is_repair(number, release):
            if number in forgiven or number not in lost:
                return number in forgiven
            return semantics.is_goodbye(records[number].row, release) or release in ended.get(number, ())

        transcript = [
            (text, tuple(number for number in held if number not in forgiven))
            for text, held, number, release in self.transcript
            if not is_repair(number, release)
        ]
        handed = [number for number in self.handed if number not in lost or records[number].row.get("obligation") != "keep"]
        return (self.raised, self.result, self.later, transcript, sorted(handed))
