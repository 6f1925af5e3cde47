"""Each kind of resource is released in its own way, and counted as released only if it is."""

from __future__ import annotations

import asyncio
import gc
import io
import mmap
import multiprocessing
import multiprocessing.pool
import os
import signal
import socket
import socketserver
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Iterator, List

import pytest

from pylint_leaks_runtime import ItemReport, ResourceRegistry
from pylint_leaks_runtime._children import is_executor_done
from pylint_leaks_runtime._closers import kind_of

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


@pytest.fixture
def registry() -> Iterator[ResourceRegistry]:
    one = ResourceRegistry(timeout=30)
    yield one
    one.cleanup_all()


def release(registry: ResourceRegistry, resource: Any, timeout: float = 30) -> ItemReport:
    """Releases one thing twice; the second time nothing may be left of it."""
    registry.register(resource)
    (item,) = registry.cleanup_all(timeout)
    if item.outcome == "closed":
        registry.register(resource)
        assert [again.outcome for again in registry.cleanup_all()] == ["already"]
    return item


def child(code: str, **arguments: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], **arguments)


def test_files_of_every_sort(registry: ResourceRegistry, tmp_path: Path) -> None:
    sorts = [
        open(tmp_path / "a", "w"),
        open(tmp_path / "a", "rb"),
        open(tmp_path / "a", "rb", buffering=0),
        io.BytesIO(),
        tempfile.TemporaryFile(),
        tempfile.NamedTemporaryFile(),
        tempfile.NamedTemporaryFile("w"),
    ]
    for file in sorts:
        item = release(registry, file)
        assert (item.kind, item.outcome) == ("file", "closed")
        assert file.closed  # type: ignore[attr-defined]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_file_that_cannot_be_flushed_is_an_error(registry: ResourceRegistry) -> None:
    file = open("/dev/full", "w")
    file.write("lost")
    registry.register(file)
    (item,) = registry.cleanup_all()
    assert item.outcome == "error"
    assert isinstance(item.error, OSError)
    registry.unregister(file)
    del file, item
    gc.collect()


def test_socket(registry: ResourceRegistry) -> None:
    left, right = socket.socketpair()
    ended = threading.Event()

    def read() -> None:
        try:
            left.recv(1)
        except OSError:
            pass  # It was closed before the thread got here.
        ended.set()

    threading.Thread(target=read, daemon=True).start()
    assert release(registry, left).outcome == "closed"
    assert ended.wait(30), "a thread that reads from it wakes up"
    assert release(registry, socket.socket()).outcome == "closed"
    right.close()


def test_server(registry: ResourceRegistry) -> None:
    server = socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler)
    item = release(registry, server)
    assert (item.kind, item.outcome) == ("server", "closed")


def test_mmap_and_sqlite(registry: ResourceRegistry) -> None:
    assert release(registry, mmap.mmap(-1, 1)).outcome == "closed"
    assert release(registry, sqlite3.connect(":memory:")).outcome == "closed"


def test_temporary_directory(registry: ResourceRegistry) -> None:
    directory = tempfile.TemporaryDirectory()
    assert release(registry, directory).outcome == "closed"
    assert not os.path.exists(directory.name)


def test_timer_is_cancelled(registry: ResourceRegistry) -> None:
    rang: List[int] = []
    timer = threading.Timer(60, rang.append, [1])
    timer.start()
    item = release(registry, timer)
    assert (item.kind, item.outcome) == ("timer", "closed")
    assert not timer.is_alive()
    assert rang == []


def test_thread_is_waited_for(registry: ResourceRegistry) -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait, args=(60,))
    thread.start()
    registry.track(thread)
    assert [item.outcome for item in registry.cleanup_all(0)] == ["timeout"]
    gate.set()
    assert release(registry, thread).outcome in ("closed", "already")


@posix
def test_child_process_is_terminated_and_reaped(registry: ResourceRegistry) -> None:
    process = child("import time; time.sleep(60)", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert release(registry, process).outcome == "closed"
    assert process.returncode == -signal.SIGTERM
    assert process.stdin is not None and process.stdin.closed
    assert process.stdout is not None and process.stdout.closed
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


@posix
def test_child_process_that_ignores_sigterm_is_killed(registry: ResourceRegistry) -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    process = child(code, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    item = release(registry, process, timeout=0.2)
    assert (item.outcome, item.detail, process.returncode) == ("closed", "killed", -signal.SIGKILL)


def test_child_process_that_is_done(registry: ResourceRegistry) -> None:
    process = child("", stdout=subprocess.PIPE)
    process.wait()
    assert release(registry, process).outcome == "already"
    assert process.stdout is not None and process.stdout.closed


def sleep_long() -> None:
    threading.Event().wait(60)


@posix
def test_multiprocessing_process_is_really_ended(registry: ResourceRegistry) -> None:
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=sleep_long)
    process.start()
    pid = process.pid
    assert pid is not None
    item = release(registry, process)
    assert (item.kind, item.outcome) == ("process", "closed")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    unstarted = context.Process(target=sleep_long)
    assert release(registry, unstarted).outcome == "skipped"
    registry.unregister(unstarted)


def test_pool_is_terminated(registry: ResourceRegistry) -> None:
    begun, gate = threading.Event(), threading.Event()
    ran: List[int] = []

    def work(number: int) -> None:
        begun.set()
        gate.wait(60)
        ran.append(number)

    pool = multiprocessing.pool.ThreadPool(1)
    results = [pool.apply_async(work, (number,)) for number in range(100)]
    begun.wait(60)
    registry.register(pool)
    (item,) = registry.cleanup_all(0.1)
    assert (item.kind, item.outcome) == ("pool", "timeout"), "its worker is busy"
    gate.set()
    assert release(registry, pool).outcome in ("closed", "already")
    assert len(ran) < len(results), "what was queued is dropped"


def test_executor_drops_what_it_has_not_begun(registry: ResourceRegistry) -> None:
    begun, gate = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        gate.wait(60)

    executor = ThreadPoolExecutor(1)
    first, second = executor.submit(work), executor.submit(work)
    begun.wait(60)
    registry.register(executor)
    (item,) = registry.cleanup_all(0.1)
    assert (item.kind, item.outcome) == ("executor", "timeout")
    assert second.cancelled()
    gate.set()
    first.result(60)
    assert release(registry, executor).outcome in ("closed", "already")
    assert is_executor_done(executor)
    assert release(registry, ThreadPoolExecutor(1)).outcome == "closed"


def test_task_is_left_to_its_loop(registry: ResourceRegistry) -> None:
    async def main() -> None:
        task = asyncio.ensure_future(asyncio.sleep(60))
        item = release(registry, task)
        assert (item.kind, item.outcome) == ("task", "skipped")
        assert not task.cancelled()
        task.cancel()
        await asyncio.wait([task])
        assert [again.outcome for again in registry.cleanup_all()] == ["already"]

    asyncio.run(main())


def test_nearest_known_class_decides() -> None:
    class MyThread(threading.Thread):
        def close(self) -> None:
            raise AssertionError("not for threads")

    class Closable:
        def close(self) -> None: ...

    names = [getattr(kind_of(thing), "name", None) for thing in (MyThread(), Closable(), threading.Timer(1, int), 3)]
    assert names == ["thread", "object", "timer", None]
