"""Snapshots, their differences, and blocks that must leave nothing open."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, List, Tuple

import pytest

import pylint_leaks_runtime
from pylint_leaks_runtime import Leak, LeakError, SQLiteConnectionManager, diff, no_leaks, snapshot

counts_fds = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc/self/fd")


def leaks_of(error: pytest.ExceptionInfo[LeakError]) -> List[Tuple[str, str]]:
    return [(leak.kind, leak.name) for leak in error.value.leaks]


def test_a_clean_block_passes_without_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: pytest.fail("waited"))
    with no_leaks(grace=60):
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        with tempfile.TemporaryFile(), pylint_leaks_runtime.connection(":memory:"):
            pass
        assert subprocess.call([sys.executable, "-S", "-c", ""]) == 0


@pytest.mark.parametrize("daemon", [True, False])
def test_a_thread(daemon: bool) -> None:
    gate = threading.Event()
    with pytest.raises(LeakError) as caught:
        with no_leaks(grace=0, fds=False):
            threading.Thread(target=gate.wait, args=(60,), name="left", daemon=daemon).start()
    gate.set()
    assert leaks_of(caught) == [("thread", "left (daemon)" if daemon else "left")]
    assert str(caught.value).startswith("left open: thread left")


@counts_fds
def test_a_descriptor(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(LeakError) as caught:
        with no_leaks(grace=0):
            file = open(path, "w")
    assert leaks_of(caught) == [("fd", str(path))]
    before = snapshot(["fd"])
    number = file.fileno()
    file.close()
    other = open(tmp_path / "other", "w")
    assert diff(before, snapshot()) == (Leak("fd", str(tmp_path / "other"), number),), "the number is used again"
    other.close()


@pytest.mark.parametrize("own_manager", [True, False])
def test_a_connection(own_manager: bool) -> None:
    manager: Any = SQLiteConnectionManager() if own_manager else pylint_leaks_runtime
    with pytest.raises(LeakError) as caught:
        with no_leaks(grace=0):
            connection = manager.connect(":memory:")
    connection.close()
    ((kind, name),) = leaks_of(caught)
    assert kind == "sqlite"
    assert name.startswith(f":memory: opened at {__file__}:")


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="needs /proc")
def test_a_child_running_or_not_waited_for() -> None:
    with pytest.raises(LeakError) as caught:
        with no_leaks(grace=0, fds=False):
            running = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    assert leaks_of(caught) == [("child", f"pid {running.pid}")]
    with pytest.raises(LeakError):
        with no_leaks(grace=0, fds=False):
            ended = subprocess.Popen([sys.executable, "-S", "-c", "print(1)"], stdout=subprocess.PIPE)
            assert ended.stdout is not None
            ended.stdout.read()
            os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    for child in (running, ended):
        child.communicate()


def test_a_task() -> None:
    async def main() -> None:
        with pytest.raises(LeakError) as caught:
            async with no_leaks(grace=0):
                task = asyncio.ensure_future(asyncio.sleep(60))
        assert leaks_of(caught) == [("task", task.get_name())]
        task.cancel()
        async with no_leaks(grace=60):
            asyncio.ensure_future(asyncio.sleep(0.01))

    asyncio.run(main())


def test_what_goes_within_the_grace_is_no_leak() -> None:
    gate = threading.Event()
    with no_leaks(grace=60):
        threading.Thread(target=gate.wait, args=(60,)).start()
        threading.Timer(0.05, gate.set).start()


def test_what_was_there_before_is_no_leak_even_if_renamed() -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait, args=(60,))
    thread.start()
    with no_leaks(grace=0):
        thread.name = "renamed"
    gate.set()


def test_a_new_thread_in_the_place_of_an_old_one_is_a_leak() -> None:
    gates = [threading.Event() for _ in range(20)]
    for old, new in zip(gates, gates[1:]):
        thread = threading.Thread(target=old.wait, args=(60,))
        thread.start()
        with pytest.raises(LeakError):
            with no_leaks(grace=0, fds=False):
                old.set()
                thread.join()
                del thread
                thread = threading.Thread(target=new.wait, args=(60,))
                thread.start()
        new.set()
        thread.join()
        old.clear()
        new.clear()
        del thread


def test_the_exception_of_the_block_is_not_replaced() -> None:
    gate = threading.Event()
    with pytest.raises(KeyError):
        with no_leaks(grace=0):
            threading.Thread(target=gate.wait, args=(60,)).start()
            raise KeyError
    gate.set()


def test_kinds_can_be_left_out() -> None:
    gate = threading.Event()
    with no_leaks(threads=False, fds=False, children=False, grace=0):
        threading.Thread(target=gate.wait, args=(60,)).start()
    gate.set()
    assert diff(snapshot(["thread"]), snapshot(["child"])) == ()


def test_as_a_decorator() -> None:
    gate = threading.Event()

    @no_leaks(grace=0, fds=False)
    def leaky(leak: bool) -> str:
        """Documented."""
        if leak:
            threading.Thread(target=gate.wait, args=(60,)).start()
        return "result"

    assert (leaky.__name__, leaky.__doc__) == ("leaky", "Documented.")
    assert leaky(False) == "result"
    with pytest.raises(LeakError):
        leaky(True)
    gate.set()

    @no_leaks(grace=0)
    async def leaky_coroutine() -> str:
        asyncio.ensure_future(asyncio.sleep(60))
        return "result"

    with pytest.raises(LeakError, match="left open: task"):
        asyncio.run(leaky_coroutine())
