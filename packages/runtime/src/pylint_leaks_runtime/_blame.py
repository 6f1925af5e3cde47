"""Whose it is that something is open: the test's, or that of a fixture which outlives the test."""

from __future__ import annotations

import fnmatch
import os
from typing import Any, Dict, Iterable, List, NamedTuple, Tuple

from ._holders import held_by
from ._open_now import Key, Open


class Ended(NamedTuple):
    """A fixture that was torn down, and what it held until then.

    Attributes:
        fixture: pytest's definition of it.
        things: What may still be open.
    """

    fixture: Any
    things: Dict[Key, Open]


class Blame:
    """Remembers what fixtures of class, module, package and session scope hold while they live."""

    def __init__(self) -> None:
        self._alive: Dict[Any, Dict[Key, Open]] = {}
        self._ended: List[Ended] = []

    def hold(self, fixture: Any, things: Dict[Key, Open]) -> None:
        """A fixture was set up, and this was opened meanwhile. What an inner fixture holds stays that one's."""
        held = self.held()
        self._alive[fixture] = {key: thing for key, thing in things.items() if key not in held}

    def end(self, fixture: Any) -> None:
        """A fixture was torn down."""
        things = self._alive.pop(fixture, None)
        if things:
            self._ended.append(Ended(fixture, things))

    def held(self) -> Dict[Key, Open]:
        """What living fixtures hold."""
        return {key: thing for things in self._alive.values() for key, thing in things.items()}

    def take_ended(self) -> List[Ended]:
        """The fixtures that were torn down since the last call."""
        ended, self._ended = self._ended, []
        return ended

    @property
    def has_ended(self) -> bool:
        """Whether a fixture was torn down since :meth:`take_ended`."""
        return bool(self._ended)

    def hand_over(self, things: Dict[Key, Open], test_class: object) -> Dict[Key, Open]:
        """Give living fixtures what they hold without having made it: a pool connects when a test first uses it.

        Args:
            things: What a test left open.
            test_class: The class of the test; methods such as ``setup_class`` keep what they make there.

        Returns:
            What nobody holds.
        """
        rest = dict(things)
        for fixture, own in self._alive.items():
            result = getattr(fixture, "cached_result", None)
            roots = [result[0]] if result is not None else []
            if fixture.scope == "class" and isinstance(test_class, type):
                roots.append(dict(vars(test_class)))
            for key in held_by(roots, rest):
                own[key] = rest.pop(key)
        return rest


def describe(things: Iterable[Open], root: str) -> List[str]:
    """One line for each thing: what, where it was made, and by which fixture.

    Args:
        things: The things.
        root: Files below it are named from there.
    """
    return [f"  {_KIND_WORDS[thing.kind]} {thing.name}{_origin(thing, root)}" for thing in things]


_KIND_WORDS = {
    "threads": "thread",
    "fds": "file descriptor of",
    "sqlite": "SQLite connection to",
    "children": "child process",
    "tasks": "task",
    "sockets": "socket",
}


def _origin(thing: Open, root: str) -> str:
    if thing.made is None:
        return ""
    site, owner = thing.made.site, thing.made.owner
    place = "" if site is None else f", made at {relative(site.filename, root)}:{site.line} in {site.function}"
    return place + ("" if owner is None else f", by {describe_fixture(owner, root)}")


def describe_fixture(fixture: Any, root: str) -> str:
    """A fixture's name, scope and place."""
    name, function = fixture.argname, getattr(fixture, "func", None)
    if name.startswith(("_xunit_setup_", "xunit_setup_", "_unittest_set", "unittest_set")):
        # pytest makes fixtures of these methods and gives them names of its own.
        name = f"the set-up of the {fixture.scope}"
    else:
        name = f'the {fixture.scope} fixture "{name}"'
    code = getattr(function, "__code__", None)
    return name if code is None else f"{name} ({relative(code.co_filename, root)}:{code.co_firstlineno})"


def relative(path: str, root: str) -> str:
    """A path as people read it."""
    shorter = os.path.relpath(path, root) if os.path.isabs(path) else path
    return path if shorter.startswith("..") else shorter


def matches(thing: Open, patterns: Tuple[str, ...]) -> bool:
    """Whether the name of a thing, or the file that made it, is one of some patterns."""
    site = thing.made.site if thing.made is not None else None
    names = [thing.name] + ([site.filename] if site is not None else [])
    return any(fnmatch.fnmatch(name, pattern) for name in names for pattern in patterns)
