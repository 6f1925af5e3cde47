"""The registry: what it may be given, in which order it releases, and what closing may do meanwhile."""

from __future__ import annotations

import gc
import os
import select
import sqlite3
import threading
import time
import weakref
from pathlib import Path
from typing import Any, Iterator, List

import pytest

import pylint_leaks_runtime
from pylint_leaks_runtime import CleanupReport, ResourceRegistry


@pytest.fixture
def registry() -> Iterator[ResourceRegistry]:
    one = ResourceRegistry(timeout=20)
    yield one
    one.cleanup_all()


def outcomes(report: CleanupReport) -> List[str]:
    return [item.outcome for item in report]


class Thing:
    def __init__(self, log: List[str], name: str) -> None:
        self.log, self.name = log, name

    def close(self) -> None:
        self.log.append(self.name)


class Equal(Thing):
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True


def test_register_takes_what_cannot_be_referenced_weakly(registry: ResourceRegistry, tmp_path: Path) -> None:
    connection = registry.register(sqlite3.connect(":memory:"))
    registry.register(os.scandir(tmp_path))
    if hasattr(select, "epoll"):
        assert registry.register(select.epoll()) is registry.live()[-1].resource
    assert registry.stats()["sqlite"] == 1
    assert set(outcomes(registry.cleanup_all())) == {"closed"}
    with pytest.raises(sqlite3.ProgrammingError):
        connection.execute("SELECT 1")
    assert registry.live() == []


def test_register_keeps_what_it_is_given_until_it_is_released(registry: ResourceRegistry) -> None:
    log: List[str] = []
    registry.register(Thing(log, "a"))
    gc.collect()
    assert outcomes(registry.cleanup_all()) == ["closed"]
    assert log == ["a"]


def test_the_registry_does_not_grow_with_what_others_released(registry: ResourceRegistry) -> None:
    for _ in range(200):
        registry.register(sqlite3.connect(":memory:")).close()
        registry.register(open(os.devnull)).close()
        assert len(registry._resources._entries) <= 32


def test_track_keeps_nothing_alive(registry: ResourceRegistry) -> None:
    log: List[str] = []
    thing = registry.track(Thing(log, "a"))
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None
    assert registry.live() == []
    plain = sqlite3.connect(":memory:")
    assert registry.track(plain) is plain
    assert registry.live() == [], "a plain connection would have to be kept alive to be known"
    plain.close()


@pytest.mark.parametrize("thing", [None, 3, "text", [], {}, object(), print, Thing])
def test_track_never_raises_and_returns_the_same_object(registry: ResourceRegistry, thing: Any) -> None:
    assert registry.track(thing) is thing
    assert pylint_leaks_runtime.track(thing) is thing


def test_track_does_not_take_back_what_register_took(registry: ResourceRegistry) -> None:
    log: List[str] = []
    registry.track(registry.register(Thing(log, "a"), on_exit="report", name="mine"))
    gc.collect()
    (record,) = registry.live()
    assert (record.name, record.on_exit) == ("mine", "report")
    registry.track(record.resource, on_exit="close")
    assert registry.live()[0].on_exit == "close"


def test_equal_and_unhashable_objects_are_kept_apart(registry: ResourceRegistry) -> None:
    log: List[str] = []
    things = [registry.track(Equal(log, name)) for name in "abc"]
    assert len(registry.live()) == 3
    assert registry.unregister(things[1])
    assert not registry.unregister(things[1])
    registry.cleanup_all()
    assert log == ["c", "a"]


def test_newest_is_released_first(registry: ResourceRegistry) -> None:
    log: List[str] = []
    things = [registry.register(Thing(log, name), name=name) for name in "abcde"]
    report = registry.cleanup_all()
    assert log == [item.name for item in report] == list("edcba")
    del things


def test_counts_go_down_again(registry: ResourceRegistry, tmp_path: Path) -> None:
    for _ in range(5):
        file = registry.track(open(tmp_path / "file", "w"))
        file.close()
        del file
    gc.collect()
    assert registry.stats() == {}


def test_what_was_closed_elsewhere_is_not_counted_as_closed_here(registry: ResourceRegistry, tmp_path: Path) -> None:
    file = registry.register(open(tmp_path / "file", "w"))
    file.close()
    assert outcomes(registry.cleanup_all()) == ["already"]


def test_a_closer_may_use_the_registry(registry: ResourceRegistry) -> None:
    log: List[str] = []

    class Nested(Thing):
        def close(self) -> None:
            registry.unregister(self)
            registry.track(self)
            registry.live()
            registry.unregister(child)
            super().close()

    child = registry.register(Thing(log, "child"))
    parent = registry.register(Nested(log, "parent"))
    assert outcomes(registry.cleanup_all()) == ["closed"]
    assert log == ["parent"], "the parent took its child out"
    del parent


def test_a_closer_may_start_a_thread_that_uses_the_registry(registry: ResourceRegistry) -> None:
    def close(_: object) -> None:
        thread = threading.Thread(target=registry.live)
        thread.start()
        thread.join(20)
        assert not thread.is_alive(), "no lock may be held while closing"

    thing = registry.register(Thing([], "a"), closer=close)
    assert outcomes(registry.cleanup_all()) == ["closed"]
    del thing


def test_a_finalizer_may_use_the_registry(registry: ResourceRegistry) -> None:
    class Cyclic(Thing):
        def __init__(self) -> None:
            super().__init__([], "")
            self.me = self

        def __del__(self) -> None:
            registry.unregister(self)
            registry.stats()

    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for _ in range(200):
            registry.track(Cyclic())
            registry.live()
    finally:
        gc.set_threshold(*threshold)
    gc.collect()
    assert registry.live() == []


def test_one_failure_does_not_stop_the_rest(registry: ResourceRegistry) -> None:
    log: List[str] = []

    def fail(_: object) -> None:
        raise OSError("disk full")

    things = [
        registry.register(Thing(log, "a")),
        registry.register(Thing(log, "b"), closer=fail, kind="cache", name="b"),
        registry.register(Thing(log, "c")),
    ]
    report = registry.cleanup_all()
    assert outcomes(report) == ["closed", "error", "closed"]
    (failure,) = report.failures()
    assert isinstance(failure.error, OSError)
    assert str(failure) == "cache b: error (OSError: disk full)"
    assert [record.name for record in registry.live()] == ["b"], "what was not released stays known"
    assert registry.unregister(things[1])


def test_what_cannot_be_released_is_refused_or_skipped(registry: ResourceRegistry) -> None:
    class Inert:
        pass

    with pytest.raises(TypeError, match="no known way to release 'Inert' objects: pass closer="):
        registry.register(Inert())
    tracked = registry.track(Inert())
    assert outcomes(registry.cleanup_all()) == ["skipped"]
    registry.unregister(tracked)
    log: List[object] = []
    registered = registry.register(Inert(), closer=log.append)
    assert outcomes(registry.cleanup_all()) == ["closed"]
    assert log == [registered]


def test_everything_shares_one_deadline(registry: ResourceRegistry, tmp_path: Path) -> None:
    gate = threading.Event()
    threads = [registry.track(threading.Thread(target=gate.wait, args=(60,))) for _ in range(40)]
    for thread in threads:
        thread.start()
    file = registry.register(open(tmp_path / "file", "w"))
    log: List[str] = []
    oldest_thing = Thing(log, "a")
    registry.register(oldest_thing)
    begun = time.monotonic()
    report = registry.cleanup_all(0.3)
    took = time.monotonic() - begun
    gate.set()
    assert took < 8, "40 threads with 0.3 s each would take 12 s"
    assert report.count("timeout") == 40
    assert file.closed, "what closes without waiting is closed in any case"
    assert log == ["a"]
    assert registry.cleanup_all().ok


def test_the_registry_is_a_context_manager(tmp_path: Path) -> None:
    with ResourceRegistry() as registry:
        file = registry.register(open(tmp_path / "file", "w"))
    assert file.closed


def test_records_say_what_and_where(registry: ResourceRegistry, tmp_path: Path) -> None:
    file = registry.register(open(tmp_path / "file", "w"), name="log", on_exit="report")
    (record,) = registry.live("file")
    assert (record.kind, record.name, record.on_exit, record.resource) == ("file", "log", "report", file)
    assert record.site.startswith(f"{__file__}:")
    file.close()
    assert registry.live() == []
    assert registry.live("socket") == []
