"""Threads that the manager starts: arguments, stop events and failures."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from typing import Any, Iterator, List

import pytest

from pylint_leaks_runtime import ThreadManager, ThreadsFailed


@pytest.fixture
def manager() -> Iterator[ThreadManager]:
    one = ThreadManager(timeout=20)
    yield one
    one.stop()


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> List[threading.ExceptHookArgs]:
    """Collects what `threading.excepthook` is told."""
    told: List[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    return told


def fail(error: BaseException) -> None:
    raise error


def test_arguments_reach_the_target(manager: ThreadManager) -> None:
    got: List[Any] = []
    manager.spawn(lambda *args, **kwargs: got.append((args, kwargs)), 1, 2, key=3).join()
    assert got == [((1, 2), {"key": 3})]


def test_the_name_is_the_one_that_a_plain_thread_gets(manager: ThreadManager) -> None:
    def work() -> None: ...

    thread = manager.spawn(work)
    thread.join()
    assert thread.name.startswith("Thread-")
    assert thread.name.endswith(" (work)") == (sys.version_info >= (3, 10))
    assert manager.spawn(work, name="mine").name == "mine"


@pytest.mark.parametrize("creator_is_daemon", [True, False])
def test_daemon_is_inherited_unless_given(manager: ThreadManager, creator_is_daemon: bool) -> None:
    seen: List[bool] = []

    def create() -> None:
        seen.extend([manager.spawn(int).daemon, manager.spawn(int, daemon=True).daemon])

    creator = threading.Thread(target=create, daemon=creator_is_daemon)
    creator.start()
    creator.join()
    assert seen == [creator_is_daemon, True]


def named(stop_event: threading.Event) -> None:
    assert stop_event.wait(60)


def annotated(x: int, halt: threading.Event) -> None:
    assert halt.wait(60)


def keyword_only(*, stop_event: object) -> None:
    assert isinstance(stop_event, threading.Event)
    assert stop_event.wait(60)


@pytest.mark.parametrize(("target", "args"), [(named, ()), (annotated, (1,)), (keyword_only, ())])
def test_a_target_that_wants_a_stop_event_gets_one(manager: ThreadManager, target: Any, args: Any) -> None:
    manager.spawn(target, *args)
    assert [item.outcome for item in manager.stop()] == ["closed"]
    assert manager.exceptions == ()


@pytest.mark.parametrize("given", ["positional", "keyword"])
def test_an_event_that_the_caller_passes_is_the_stop_event(manager: ThreadManager, given: str) -> None:
    event = threading.Event()
    if given == "positional":
        manager.spawn(named, event)
    else:
        manager.spawn(named, stop_event=event)
    assert manager.stop().count("closed") == 1
    assert event.is_set()


def test_a_stop_event_can_be_set_for_a_target_that_takes_none(manager: ThreadManager) -> None:
    event = threading.Event()
    manager.spawn(event.wait, 60, stop_event=event)
    assert manager.stop().count("closed") == 1


def test_a_target_that_takes_anything_is_given_nothing_extra(manager: ThreadManager) -> None:
    got: List[Any] = []
    manager.spawn(lambda **kwargs: got.append(kwargs)).join()
    assert got == [{}]


def test_a_target_without_a_signature_runs(manager: ThreadManager) -> None:
    manager.spawn(dict.update, {}, {}).join()
    manager.spawn(max, 1, 2).join()
    assert manager.exceptions == ()


def test_failures_are_kept_and_still_reach_the_hook(
    manager: ThreadManager, hooked: List[threading.ExceptHookArgs]
) -> None:
    error = ValueError("why")
    thread = manager.spawn(fail, error, name="worker")
    thread.join()
    (failure,) = manager.exceptions
    assert (failure.thread, failure.exception_type, failure.message) == ("worker", ValueError, "why")
    assert "raise error" in failure.traceback
    assert str(failure) == "worker: ValueError: why"
    assert [told.exc_value for told in hooked] == [error]
    assert hooked[0].thread is thread
    hooked.clear()


def test_wrong_arguments_fail_in_the_thread_as_they_do_without_us(
    manager: ThreadManager, hooked: List[threading.ExceptHookArgs]
) -> None:
    manager.spawn(named, 1, 2, 3).join()
    assert manager.exceptions[0].exception_type is TypeError
    hooked.clear()


def test_system_exit_in_a_thread_is_not_a_failure(
    manager: ThreadManager, hooked: List[threading.ExceptHookArgs]
) -> None:
    manager.spawn(fail, SystemExit(3)).join()
    assert manager.exceptions == ()
    # The interpreter hands it to the hook, and the default hook is what ignores it.
    assert [told.exc_type for told in hooked] == [SystemExit]
    hooked.clear()


def test_only_the_last_failures_are_kept(manager: ThreadManager, hooked: List[threading.ExceptHookArgs]) -> None:
    for index in range(105):
        manager.spawn(fail, ValueError(index)).join()
        hooked.clear()
    assert len(manager.exceptions) == manager.stats().failed == 100
    assert manager.exceptions[-1].message == "104"


def test_a_failure_keeps_nothing_of_the_frames_alive(
    manager: ThreadManager, hooked: List[threading.ExceptHookArgs]
) -> None:
    class Big: ...

    made: List[Any] = []

    def work() -> None:
        local = Big()
        made.append(weakref.ref(local))
        raise ValueError

    manager.spawn(work).join()
    hooked.clear()
    gc.collect()
    assert made[0]() is None


def test_arguments_are_freed_when_the_thread_is_done(manager: ThreadManager) -> None:
    class Big: ...

    big = Big()
    gone = weakref.ref(big)
    thread = manager.spawn(id, big)
    del big
    thread.join()
    gc.collect()
    assert gone() is None


def test_a_thread_that_cannot_be_started_is_not_tracked(
    manager: ThreadManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(RuntimeError):
        manager.spawn(print)
    assert manager.stats().tracked == 0


def test_raise_failures_raises_at_the_end_of_the_block(hooked: List[threading.ExceptHookArgs]) -> None:
    with pytest.raises(ThreadsFailed, match="ValueError: why") as caught:
        with ThreadManager(timeout=20, raise_failures=True) as manager:
            manager.spawn(fail, ValueError("why"))
    assert [failure.exception_type for failure in caught.value.failures] == [ValueError]
    assert caught.value.report.ok
    hooked.clear()


def test_raise_failures_raises_for_a_thread_that_does_not_stop() -> None:
    gate = threading.Event()
    try:
        with pytest.raises(ThreadsFailed, match="timeout"):
            with ThreadManager(timeout=0, raise_failures=True) as manager:
                manager.spawn(gate.wait, 60)
    finally:
        gate.set()


def test_without_raise_failures_the_block_ends_quietly(hooked: List[threading.ExceptHookArgs]) -> None:
    with ThreadManager(timeout=20) as manager:
        manager.spawn(fail, ValueError("why"))
    assert len(manager.exceptions) == 1
    hooked.clear()
