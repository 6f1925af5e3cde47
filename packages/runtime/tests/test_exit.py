"""The end of the process: the order of things, the grace for daemon threads, and the report."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

import pytest

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_non_daemon_thread_that_waits_for_its_stop_event_does_not_hang_the_exit(run_python: RunPython) -> None:
    done = run_python(
        """
        from pylint_leaks_runtime import thread_manager
        def work(stop_event):
            stop_event.wait()
            print("stopped")
        thread_manager.spawn(work)
        print("main is done")
        """
    )
    assert (done.stdout, done.stderr, done.returncode) == ("main is done\nstopped\n", "", 0)


def test_stop_signals_of_a_manager_that_nobody_holds_are_sent(run_python: RunPython) -> None:
    done = run_python(
        """
        import gc
        from pylint_leaks_runtime import ThreadManager
        def start():
            ThreadManager().spawn(lambda stop_event: stop_event.wait())
        start()
        gc.collect()
        """
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_daemon_thread_gets_time_to_finish_after_the_callbacks_of_the_program(run_python: RunPython) -> None:
    done = run_python(
        """
        import atexit, threading
        from pylint_leaks_runtime import thread_manager
        go, path = threading.Event(), open("out", "w")
        def work():
            go.wait()
            path.write("buffered")
            path.close()
        def last_words():
            print("atexit")
            go.set()
        thread_manager.track(threading.Thread(target=work, daemon=True)).start()
        atexit.register(last_words)
        """,
        PYLINT_LEAKS_DAEMON_GRACE="30",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("atexit\n", "", 0)


def test_daemon_threads_share_one_grace(run_python: RunPython) -> None:
    begun = time.monotonic()
    done = run_python(
        """
        import threading
        from pylint_leaks_runtime import ThreadManager, thread_manager
        gate, other = threading.Event(), ThreadManager()
        for manager in [thread_manager, other] * 20:
            manager.track(threading.Thread(target=gate.wait, daemon=True)).start()
        """,
        PYLINT_LEAKS_DAEMON_GRACE="0.3",
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert time.monotonic() - begun < 9, "40 threads with 0.3 s each would take 12 s"


@pytest.mark.parametrize(("grace", "waits"), [("0", False), ("-1", False), ("nan", False), ("", True), ("soon", True)])
def test_the_grace_can_be_set(run_python: RunPython, grace: str, waits: bool) -> None:
    done = run_python(
        """
        import sys, pylint_leaks_runtime
        # As one file, the package has everything in one module.
        modules = {name.rpartition(".")[2]: module for name, module in sys.modules.items() if "pylint_leaks" in name}
        one = modules["pylint_leaks_runtime"]
        deadline, ending = modules.get("_deadline", one), modules.get("_exit", one)
        print(deadline.Deadline(ending.daemon_grace()).remaining() > 0)
        """,
        PYLINT_LEAKS_DAEMON_GRACE=grace,
    )
    assert (done.stdout, done.stderr) == (f"{waits}\n", "")


def test_resources_are_closed_after_the_threads_that_use_them(run_python: RunPython, tmp_path: Path) -> None:
    done = run_python(
        """
        import threading
        from pylint_leaks_runtime import thread_manager, track
        file = track(open("out", "w"), on_exit="close")
        def work(stop_event):
            stop_event.wait()
            file.write("from the thread")
        thread_manager.spawn(work, daemon=True)
        """,
        PYLINT_LEAKS_DAEMON_GRACE="30",
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert (tmp_path / "out").read_text() == "from the thread"


def test_what_a_stuck_daemon_thread_wrote_is_flushed(run_python: RunPython, tmp_path: Path) -> None:
    # The thread holds the only reference: without us the interpreter ends with nothing on disk.
    code = """
        import threading
        from pylint_leaks_runtime import track
        ready = threading.Event()
        def work():
            file = {}
            file.write("buffered")
            ready.set()
            threading.Event().wait()
        threading.Thread(target=work, daemon=True).start()
        ready.wait()
        """
    run_python(code.format('open("plain", "w")'))
    run_python(code.format('track(open("tracked", "w"), on_exit="close")'))
    assert (tmp_path / "plain").read_text() == ""
    assert (tmp_path / "tracked").read_text() == "buffered"


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
def test_children_outlive_the_process_unless_asked(run_python: RunPython) -> None:
    done = run_python(
        """
        import subprocess, sys, warnings
        from pylint_leaks_runtime import track
        warnings.simplefilter("ignore", ResourceWarning)
        code = "import sys; sys.stdin.read(); print('child ends', flush=True)"
        read_end = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
        track(read_end)
        killed = track(subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE), on_exit="close")
        """
    )
    assert (done.stdout, done.stderr) == ("child ends\n", "")


def test_an_exit_participant_that_fails_changes_nothing(run_python: RunPython) -> None:
    done = run_python(
        """
        import threading
        from pylint_leaks_runtime import ThreadManager, thread_manager
        class Broken(ThreadManager):
            def _fail(self, *_):
                raise RuntimeError("broken")
            _at_exit_signal = _at_exit_wait = _at_exit_close = _at_exit_report = _fail
        thread_manager.spawn(lambda stop_event: stop_event.wait())
        broken = Broken()
        """,
        PYLINT_LEAKS_REPORT="1",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_report_is_written_only_when_asked_for(run_python: RunPython) -> None:
    code = """
        import threading, warnings
        import pylint_leaks_runtime as plr
        warnings.simplefilter("ignore", ResourceWarning)
        gate = threading.Event()
        thread = plr.thread_manager.track(threading.Thread(target=gate.wait, daemon=True, name="poller"))
        thread.start()
        connection = plr.connect(":memory:")
        file = plr.track(open("out", "w"), name="log")
        closed = plr.track(open("out", "w"))
        closed.close()
        """
    quiet = run_python(code, PYLINT_LEAKS_DAEMON_GRACE="0")
    assert (quiet.stderr, quiet.returncode) == ("", 0)
    loud = run_python(code, PYLINT_LEAKS_DAEMON_GRACE="0", PYLINT_LEAKS_REPORT="1")
    assert sorted(loud.stderr.splitlines()) == [
        "pylint-leaks: still open at exit: file log registered at <string>:9",
        "pylint-leaks: still open at exit: sqlite :memory: opened at <string>:8",
        "pylint-leaks: still open at exit: thread poller (daemon) tracked at <string>:6",
    ]


def test_importing_while_the_process_ends_is_harmless(run_python: RunPython) -> None:
    done = run_python(
        """
        import atexit
        @atexit.register
        def late():
            import threading
            from pylint_leaks_runtime import thread_manager
            thread_manager.track(threading.Thread())
            print(thread_manager.stop())
        """
    )
    assert (done.stdout, done.stderr, done.returncode) == ("nothing to release\n", "", 0)


def test_without_the_private_hook_of_threading_the_rest_works(run_python: RunPython) -> None:
    done = run_python(
        """
        import threading
        del threading._register_atexit
        from pylint_leaks_runtime import thread_manager
        def work(stop_event):
            stop_event.wait()
            print("stopped")
        thread_manager.spawn(work, daemon=True)
        """,
        PYLINT_LEAKS_DAEMON_GRACE="30",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("stopped\n", "", 0)
