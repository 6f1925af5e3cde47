"""What the pytest plugin does around every test."""

from __future__ import annotations

import os
import time
from typing import Any, Dict, FrozenSet, Generator, Iterable, List, Tuple

import pytest

from ._blame import Blame, Ended, describe, describe_fixture, matches
from ._creations import Creations
from ._deadline import Deadline
from ._open_now import KINDS, Key, Open, open_now, with_origins, without_doubles

_POLL_S = 0.01
_NONE: FrozenSet[str] = frozenset()


class LeakCheck:
    """Compares what is open before and after every test.

    Args:
        kinds: What is looked at in tests without markers.
        grace: Seconds to wait for what is about to close.
        ignored: Patterns of names and files.
    """

    NAME = "pylint_leaks_check"

    def __init__(self, kinds: FrozenSet[str], grace: float, ignored: Iterable[str]) -> None:
        self._kinds = kinds
        self._grace = grace
        self._ignored = tuple(ignored)
        self._pid = os.getpid()
        self._creations = Creations()
        self._blame = Blame()
        # Markers may ask for more than the option does.
        self._watched = kinds or frozenset(KINDS)
        self._of_item = _NONE
        # Only keys: what is remembered here must not stay open for that.
        self._before: FrozenSet[Key] = frozenset()
        self._has_failed = False
        self._creations.start(tasks="tasks" in self._watched)

    def watch_all(self) -> None:
        """A marker asks for kinds that the option may not name."""
        if self._watched != frozenset(KINDS):
            self._watched = frozenset(KINDS)
            self._creations.stop()
            self._creations.start(tasks=True)

    def pytest_unconfigure(self) -> None:
        """Stop listening."""
        self._creations.stop()

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, None]:
        """Look at what is open before any fixture of the test is set up."""
        self._creations.forget_gone()
        self._creations.owner = None
        self._has_failed = False
        self._of_item = _wanted(item, self._kinds)
        self._before = frozenset(open_now(self._of_item, self._creations))
        yield

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, Any, None]:
        """Note which fixture makes what is made now."""
        outer, self._creations.owner = self._creations.owner, fixturedef
        if fixturedef.scope == "function":
            yield
            self._creations.owner = outer
            return
        before = frozenset(open_now(self._watched, self._creations))
        yield
        self._creations.owner = outer
        after = open_now(self._watched, self._creations)
        made = {key: thing for key, thing in after.items() if key not in before}
        self._blame.hold(fixturedef, with_origins(made, self._creations))

    def pytest_fixture_post_finalizer(self, fixturedef: Any) -> None:
        """What a fixture of a wider scope held should be closed now."""
        self._blame.end(fixturedef)

    def pytest_runtest_makereport(self, call: Any) -> None:
        """Note whether the test ended with an exception of its own."""
        self._has_failed = self._has_failed or call.excinfo is not None

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, None]:
        """Look again when everything is torn down, and fail the test if it left something open."""
        outcome = yield
        if os.getpid() != self._pid:
            return
        text = self._complaint(item)
        if text and (self._has_failed or outcome.excinfo is not None):
            # It may follow from the failure: the traceback holds the variables of the test. Its own error stands.
            item.add_report_section("teardown", "leaks", text)
        elif text:
            outcome.force_exception(pytest.fail.Exception(text, pytrace=False))

    def _complaint(self, item: pytest.Item) -> str:
        if not self._of_item and not self._blame.has_ended:
            return ""
        own, ended = self._left_open(item)
        deadline = Deadline(self._grace)
        while (own or ended) and not deadline.passed:
            time.sleep(deadline.remaining(_POLL_S))
            now = frozenset(open_now(self._watched, self._creations))
            own = {key: thing for key, thing in own.items() if key in now}
            ended = _still(ended, now)
        root = str(item.config.rootpath)
        lines: List[str] = []
        if own:
            lines += [f"{item.nodeid} left open:", *describe(own.values(), root)]
        for fixture, things in ended:
            lines += [f"left open by {describe_fixture(fixture, root)}:"]
            lines += describe((thing._replace(made=_without_owner(thing)) for thing in things.values()), root)
        return "\n".join(lines)

    def _left_open(self, item: pytest.Item) -> Tuple[Dict[Key, Open], List[Ended]]:
        """What the test, and the fixtures that ended with it, left open; the rest goes to those that hold it."""
        now = open_now(self._watched, self._creations)
        ended = _still(self._blame.take_ended(), frozenset(now))
        others = {key for _, things in ended for key in things} | self._blame.held().keys()
        own = {key: now[key] for key in now if key not in self._before and key not in others}
        own = {key: thing for key, thing in own.items() if thing.kind in self._of_item}
        if own:
            own = without_doubles(with_origins(own, self._creations))
            own = self._blame.hand_over(own, getattr(item, "cls", None))
        return self._reported(own), [Ended(one.fixture, self._reported(one.things)) for one in ended]

    def _reported(self, things: Dict[Key, Open]) -> Dict[Key, Open]:
        return {key: one for key, one in without_doubles(things).items() if not matches(one, self._ignored)}


def _still(ended: List[Ended], now: FrozenSet[Key]) -> List[Ended]:
    rest = [Ended(fixture, {key: thing for key, thing in things.items() if key in now}) for fixture, things in ended]
    return [one for one in rest if one.things]


def _without_owner(thing: Open) -> Any:
    return None if thing.made is None else thing.made._replace(owner=None)


def _wanted(item: pytest.Item, kinds: FrozenSet[str]) -> FrozenSet[str]:
    """What is looked at in one test: what the option says, with what its markers add and take away."""
    from .pytest_plugin import kinds_of_marker

    for marker in item.iter_markers("no_leaks"):
        kinds |= kinds_of_marker(marker)
    for marker in item.iter_markers("allow_leaks"):
        kinds -= kinds_of_marker(marker)
    return kinds
