"""The thread manager: what it may not change, and what it must get done."""

from __future__ import annotations

import gc
import subprocess
import threading
import time
import weakref
from typing import Any, Callable, Iterator, List

import pytest

from pylint_leaks_runtime import StopReport, ThreadManager

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def manager() -> Iterator[ThreadManager]:
    one = ThreadManager(timeout=20)
    yield one
    one.stop()


def outcomes(report: StopReport) -> List[str]:
    return [item.outcome for item in report]


class Blocked:
    """A thread that runs until it is let go, whatever anybody asks."""

    def __init__(self, **arguments: Any) -> None:
        self.gate = threading.Event()
        self.thread = threading.Thread(target=self.gate.wait, args=(60,), **arguments)

    def __enter__(self) -> threading.Thread:
        return self.thread

    def __exit__(self, *_: object) -> None:
        self.gate.set()


# track


@pytest.mark.parametrize("daemon", [True, False])
def test_track_returns_the_same_unchanged_object(manager: ThreadManager, daemon: bool) -> None:
    def work() -> None: ...

    thread = threading.Thread(target=work, name="mine", daemon=daemon)
    before = dict(vars(thread))
    assert manager.track(thread) is thread
    assert vars(thread) == before
    assert thread.ident is None, "tracking must not start a thread"


def test_track_leaves_subclasses_and_timers_as_they_are(manager: ThreadManager) -> None:
    class Worker(threading.Thread):
        def run(self) -> None:
            self.seen = self

        def join(self, timeout: object = None) -> None:
            raise AssertionError("looking at a thread must not call what it overrides")

        is_alive = join  # type: ignore[assignment]

    worker, timer = Worker(), threading.Timer(60, print)
    assert manager.track(worker) is worker
    assert manager.track(timer) is timer
    worker.start()
    assert outcomes(manager.stop()) in (["skipped", "closed"], ["skipped", "already"])
    assert worker.seen is worker


def test_target_can_read_the_attribute_that_holds_its_thread(manager: ThreadManager) -> None:
    class Service:
        def start(self) -> None:
            self.thread = manager.track(threading.Thread(target=self.run))
            self.thread.start()

        def run(self) -> None:
            self.found = self.thread

    service = Service()
    service.start()
    service.thread.join()
    assert service.found is service.thread


@pytest.mark.parametrize("thing", [None, 3, object(), [], threading.Thread, print])
def test_track_of_anything_else_is_harmless(manager: ThreadManager, thing: Any) -> None:
    assert manager.track(thing) is thing
    assert manager.stats().tracked == 0


def test_track_survives_a_half_made_thread(manager: ThreadManager) -> None:
    class Unready(threading.Thread):
        def __init__(self) -> None:
            manager.track(self)
            assert manager.stats().tracked == 1
            super().__init__()

    assert outcomes(manager.stop()) == []
    thread = Unready()
    assert outcomes(manager.stop()) == ["skipped"]
    del thread


def test_track_compares_by_identity(manager: ThreadManager) -> None:
    class Same(threading.Thread):
        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 0

    threads = [manager.track(Same()) for _ in range(3)]
    assert manager.stats().tracked == len(threads)


def test_tracking_twice_is_tracking_once(manager: ThreadManager) -> None:
    stopped = threading.Event()
    thread = threading.Thread(target=stopped.wait, args=(60,))
    manager.track(manager.track(thread, stop=stopped))
    thread.start()
    assert outcomes(manager.stop()) == ["closed"], "the second call must not forget the stop event"


def test_tracked_threads_are_held_weakly(manager: ThreadManager) -> None:
    thread = manager.track(threading.Thread(target=print))
    gone = weakref.ref(thread)
    del thread
    gc.collect()
    assert gone() is None
    assert manager.stats().tracked == 0


def test_finished_threads_are_pruned(manager: ThreadManager) -> None:
    threads = []
    for _ in range(100):
        threads.append(manager.track(threading.Thread(target=int)))
        threads[-1].start()
        threads[-1].join()
    assert len(manager._threads._entries) < 100, "adding sweeps now and then"
    assert manager.stats().tracked == 0
    assert len(manager._threads._entries) == 0


# stop and join


def test_stop_is_told_to_the_target_and_counts_only_real_ends(manager: ThreadManager) -> None:
    def worker(stop_event: threading.Event) -> None:
        stop_event.wait(60)

    for _ in range(3):
        manager.spawn(worker)
    report = manager.stop()
    assert outcomes(report) == ["closed"] * 3
    assert report.ok
    assert manager.stats().tracked == 0


def test_stop_reports_what_is_still_running_and_does_not_forget_it(manager: ThreadManager) -> None:
    with Blocked() as thread:
        manager.track(thread).start()
        report = manager.stop(0)
        assert outcomes(report) == ["timeout"]
        assert not report.ok
        assert report.failures() == report.items
        assert manager.stats().tracked == 1
    assert outcomes(manager.join()) in (["closed"], ["already"])


def test_all_threads_share_one_deadline(manager: ThreadManager) -> None:
    gate = threading.Event()
    for _ in range(40):
        manager.track(threading.Thread(target=gate.wait, args=(60,))).start()
    begun = time.monotonic()
    report = manager.stop(0.3)
    took = time.monotonic() - begun
    gate.set()
    assert outcomes(report) == ["timeout"] * 40
    assert took < 8, "40 threads with 0.3 s each would take 12 s"


def test_every_thread_is_asked_before_any_is_waited_for(manager: ThreadManager) -> None:
    both_asked = threading.Barrier(2, timeout=60)

    def worker(stop_event: threading.Event) -> None:
        stop_event.wait(60)
        both_asked.wait()

    manager.spawn(worker)
    manager.spawn(worker)
    assert outcomes(manager.stop()) == ["closed", "closed"]
    assert manager.exceptions == ()


def test_stop_from_a_managed_thread_skips_that_thread(manager: ThreadManager) -> None:
    reports = []
    thread = threading.Thread(target=lambda: reports.append(manager.stop()))
    manager.track(thread).start()
    thread.join()
    assert outcomes(reports[0]) == ["skipped"]
    assert reports[0].items[0].detail == "this is the current thread"


def test_never_started_threads_are_skipped(manager: ThreadManager) -> None:
    thread = manager.track(threading.Thread(target=print))
    assert outcomes(manager.stop()) == ["skipped"]
    assert thread.ident is None


def test_the_manager_can_be_used_again_after_stop(manager: ThreadManager) -> None:
    manager.stop()
    ran = threading.Event()
    manager.spawn(ran.set).join()
    assert ran.is_set()
    assert manager.stop().ok


def test_a_stop_function_that_raises_is_reported(manager: ThreadManager) -> None:
    def fail() -> None:
        raise OSError("no")

    with Blocked() as thread:
        manager.track(thread, stop=fail).start()
        (item,) = manager.stop(0).items
        assert item.outcome == "error"
        assert isinstance(item.error, OSError)
    manager.join()


def test_newest_threads_come_first_in_the_report(manager: ThreadManager) -> None:
    threads = [manager.track(threading.Thread(name=f"t{index}")) for index in range(3)]
    assert [item.name for item in manager.stop()] == ["t2", "t1", "t0"]
    del threads


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_no_time_means_no_wait(manager: ThreadManager, timeout: float) -> None:
    with Blocked() as thread:
        manager.track(thread).start()
        assert outcomes(manager.join(timeout)) == ["timeout"]


def test_infinite_time_is_accepted(manager: ThreadManager) -> None:
    manager.track(threading.Thread(target=time.sleep, args=(0.01,))).start()
    assert manager.join(float("inf")).ok


def test_stats_count_by_state(manager: ThreadManager) -> None:
    waiting = manager.track(threading.Thread())
    with Blocked(name="busy", daemon=True) as thread:
        manager.track(thread).start()
        stats = manager.stats()
        assert (stats.tracked, stats.alive, stats.daemon, stats.not_started) == (2, 1, 1, 1)
        assert stats.names == ("busy",)
    thread.join()
    del waiting


def test_leaving_the_block_stops_the_threads() -> None:
    with ThreadManager(timeout=20) as manager:
        thread = manager.spawn(lambda stop_event: stop_event.wait(60))
    assert not thread.is_alive()


def test_leaving_the_block_does_not_hide_its_exception() -> None:
    with pytest.raises(KeyError), ThreadManager(timeout=20, raise_failures=True) as manager:
        with Blocked() as thread:
            manager.track(thread).start()
            raise KeyError


def test_importing_starts_nothing(run_python: RunPython) -> None:
    done = run_python(
        """
        import threading
        import pylint_leaks_runtime, sys
        print(threading.active_count(), "sqlite3" in sys.modules, "thread_manager" in vars(pylint_leaks_runtime))
        from pylint_leaks_runtime import thread_manager
        print(threading.active_count(), thread_manager is pylint_leaks_runtime.thread_manager)
        """
    )
    assert (done.stdout, done.stderr) == ("1 False False\n1 True\n", "")
