"""Forked processes: what the parent opened is the parent's to close."""

from __future__ import annotations

import os
import subprocess
from typing import Callable

import pytest

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")]


@pytest.mark.parametrize("end", ["sys.exit(0)", "os._exit(0)"])
def test_a_child_closes_nothing_of_its_parent(run_python: RunPython, end: str) -> None:
    done = run_python(
        f"""
        import os, sys, sqlite3, warnings
        import pylint_leaks_runtime as plr
        warnings.simplefilter("ignore", ResourceWarning)  # the child ends with connections that are not its own
        registry = plr.ResourceRegistry()
        log = []
        class Thing:
            def close(self):
                log.append(os.getpid())
        registry.register(Thing())
        file = registry.register(open("out", "w"))
        file.write("once")
        file.flush()
        connection = registry.register(sqlite3.connect(":memory:"))
        opened = plr.connect(":memory:")
        pid = os.fork()
        if pid == 0:
            assert registry.live() == [], registry.live()
            assert plr.thread_manager.stats().tracked == 0
            report = registry.cleanup_all()
            assert {{item.outcome for item in report}} == {{"skipped"}}, str(report)
            assert "inherited from process" in str(report)
            assert not file.closed and log == []
            mine = registry.register(Thing())
            assert registry.cleanup_all().count("closed") == 1 and log == [os.getpid()]
            if {end!r} == "sys.exit(0)":
                file.close()
            {end}
        assert os.waitpid(pid, 0)[1] == 0
        assert len(registry.live()) == 3
        assert registry.cleanup_all().count("closed") == 3
        opened.close()
        print("done")
        """
    )
    assert (done.stdout, done.stderr, done.returncode) == ("done\n", "", 0)


def test_a_child_does_not_wait_for_threads_of_its_parent(run_python: RunPython) -> None:
    done = run_python(
        """
        import os, sys, threading, warnings
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12: fork and threads
        from pylint_leaks_runtime import thread_manager
        told = []
        gate = threading.Event()
        thread = thread_manager.track(threading.Thread(target=gate.wait, daemon=True), stop=lambda: told.append(1))
        thread.start()
        pid = os.fork()
        if pid == 0:
            assert thread_manager.stats().tracked == 0
            assert len(thread_manager.stop()) == 0 and told == []
            ran = threading.Event()
            thread_manager.spawn(ran.set).join()
            assert ran.is_set() and thread_manager.stop().ok
            sys.exit(0)
        assert os.waitpid(pid, 0)[1] == 0
        assert thread_manager.stats().tracked == 1
        gate.set()
        """,
        PYLINT_LEAKS_DAEMON_GRACE="30",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_exit_hooks_in_a_multiprocessing_child_touch_only_its_own(run_python: RunPython) -> None:
    done = run_python(
        """
        import multiprocessing, os
        import pylint_leaks_runtime as plr
        def work(stop_event):
            stop_event.wait()
            os.write(1, b"stopped in %d\\n" % (os.getpid() == parent))
        def child():
            plr.thread_manager.spawn(work)
        parent = os.getpid()
        plr.thread_manager.track(None)  # the manager exists before the fork
        class Thing:
            def close(self):
                os.write(1, b"closed in %d\\n" % (os.getpid() == parent))
        thing = plr.track(Thing(), on_exit="close")
        process = multiprocessing.get_context("fork").Process(target=child)
        process.start()
        process.join(60)
        assert process.exitcode == 0, process.exitcode
        """
    )
    assert (done.stdout, done.stderr, done.returncode) == ("stopped in 0\nclosed in 1\n", "", 0)
