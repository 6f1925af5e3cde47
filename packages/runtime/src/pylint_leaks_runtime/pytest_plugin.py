"""The pytest plugin: ``pytest --leaks=threads,fds,sqlite``. Without that option and without markers it does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, FrozenSet, List, Optional

import pytest

if TYPE_CHECKING:
    from ._leak_check import LeakCheck

# The rest of the package is loaded when somebody wants it.
_WORDS = "threads, fds, sqlite, children, tasks, sockets, or all"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the ini values."""
    group = parser.getgroup("leaks", "resources that tests leave open")
    group.addoption("--leaks", metavar="KINDS", help=f"fail tests that leave these open: {_WORDS} (comma-separated)")
    parser.addini("leaks", f"as --leaks: {_WORDS}", default="")
    parser.addini("leaks_grace", "seconds to wait for what is about to close (default: 1)", default="1")
    parser.addini("leaks_ignore", "patterns of what may stay open: names, or files that open it", "linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, and begin if the command line or the ini file asks for it."""
    config.addinivalue_line("markers", "no_leaks(*kinds): fail this test if it leaves these open; all without kinds")
    config.addinivalue_line("markers", "allow_leaks(*kinds): this test may leave these open; all without kinds")
    option: Optional[str] = config.getoption("leaks")
    kinds = _kinds(option if option is not None else config.getini("leaks"), "--leaks")
    if kinds:
        _begin(config, kinds)


def pytest_collection_modifyitems(config: pytest.Config, items: List[pytest.Item]) -> None:
    """Begin if a marker asks for it."""
    if any(item.get_closest_marker("no_leaks") for item in items):
        _begin(config, frozenset()).watch_all()


def _begin(config: pytest.Config, kinds: FrozenSet[str]) -> LeakCheck:
    from ._leak_check import LeakCheck

    known = config.pluginmanager.get_plugin(LeakCheck.NAME)
    if isinstance(known, LeakCheck):
        return known
    text = config.getini("leaks_grace")
    try:
        grace = float(text)
    except ValueError:
        raise pytest.UsageError(f"leaks_grace must be a number of seconds, not {text!r}") from None
    check = LeakCheck(kinds, grace, config.getini("leaks_ignore"))
    config.pluginmanager.register(check, LeakCheck.NAME)
    return check


def kinds_of_marker(marker: pytest.Mark) -> FrozenSet[str]:
    """The kinds that a marker names; all of them without arguments."""
    return _kinds(",".join(map(str, marker.args)) or "all", f"@pytest.mark.{marker.name}")


def _kinds(text: str, where: str) -> FrozenSet[str]:
    words = frozenset(text.replace(",", " ").split())
    if not words:
        return words
    from ._open_now import KINDS

    unknown = sorted(words - {*KINDS, "all"})
    if unknown:
        raise pytest.UsageError(f"{where}: unknown kind {unknown[0]!r}; there are {_WORDS}")
    return frozenset(KINDS) if "all" in words else words
