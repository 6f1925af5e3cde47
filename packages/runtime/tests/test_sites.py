"""Where things were made, one deadline for several waits, and defaults that are made once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable, List

import pytest
from checkout import IS_SINGLE_FILE, SOURCE

import pylint_leaks_runtime
from pylint_leaks_runtime import ThreadManager, _sites
from pylint_leaks_runtime._deadline import Deadline
from pylint_leaks_runtime._default import Once

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]


def here() -> _sites.Site:
    # The frames of the package are passed over; those of this test are not.
    site = _sites.caller()
    assert site is not None
    return site


def test_a_site_is_the_calling_line() -> None:
    site = here()
    assert site.filename == __file__
    assert site.function == "here"
    assert str(site) == f"{__file__}:{site.line}"
    with open(__file__, encoding="utf-8") as file:
        assert "_sites.caller()" in file.readlines()[site.line - 1]


def test_calls_on_one_line_are_told_apart_where_the_interpreter_can() -> None:
    manager = ThreadManager()
    threads = [manager.track(threading.Thread()), manager.track(threading.Thread())]
    spans = [entry.data.site.span for _, entry in manager._threads.entries() if entry.data.site is not None]
    if sys.version_info >= (3, 11):
        (later, _, later_column, _), (earlier, _, earlier_column, end) = spans
        assert later == earlier
        assert later_column is not None and earlier_column is not None and end is not None
        assert earlier_column < end <= later_column
    else:
        assert spans[0] == spans[1] == (spans[0][0], None, None, None)
    del threads


@pytest.mark.parametrize("how", ["block", "call", "module", "spawn"])
def test_the_site_is_outside_this_package_and_contextlib(how: str) -> None:
    manager = pylint_leaks_runtime.SQLiteConnectionManager()
    if how == "block":
        with manager.connection(":memory:"):
            (site,) = manager.stats().sites
    elif how == "call":
        connection = manager.connect(":memory:")
        (site,) = manager.stats().sites
        connection.close()
    elif how == "module":
        thread = pylint_leaks_runtime.track_thread(threading.Thread())
        entry = pylint_leaks_runtime.thread_manager._threads.find(thread)
        assert entry is not None
        site = str(entry.data.site)
    else:
        threads = ThreadManager()
        spawned = threads.spawn(threading.Event().wait, 0.1)
        entry = threads._threads.find(spawned)
        assert entry is not None
        site = str(entry.data.site)
    assert site.startswith(f"{__file__}:")


def test_vendored_below_another_package_only_its_own_frames_are_passed_over(
    run_python: RunPython, tmp_path: Path
) -> None:
    vendored = tmp_path / "app" / "vendor"
    vendored.mkdir(parents=True)
    for folder in (vendored, vendored.parent):
        (folder / "__init__.py").write_text("")
    if IS_SINGLE_FILE:
        shutil.copy(SOURCE / "pylint_leaks_runtime.py", vendored)
    else:
        shutil.copytree(SOURCE / "pylint_leaks_runtime", vendored / "pylint_leaks_runtime")
    (vendored.parent / "pylint_leaks_runtime_user.py").write_text(
        "import sys\n"
        "from app.vendor.pylint_leaks_runtime import SQLiteConnectionManager\n"
        "manager = SQLiteConnectionManager()\n"
        "opened = manager.connect(':memory:')\n"
        "print(*manager.stats().sites, 'pylint_leaks_runtime' in sys.modules)\n"
        "opened.close()\n"
    )
    done = run_python("import app.pylint_leaks_runtime_user")
    assert (done.stdout, done.stderr) == (f"{vendored.parent / 'pylint_leaks_runtime_user.py'}:4 False\n", "")


@pytest.mark.parametrize("seconds", [None, float("inf")])
def test_no_deadline(seconds: float) -> None:
    deadline = Deadline(seconds)
    assert deadline.remaining() == threading.TIMEOUT_MAX
    assert deadline.remaining(3) == 3
    assert not deadline.passed


@pytest.mark.parametrize("seconds", [0, -5, float("nan"), float("-inf")])
def test_a_deadline_that_is_over(seconds: float) -> None:
    assert Deadline(seconds).remaining() == 0
    assert Deadline(seconds).passed


def test_a_deadline_comes_nearer_and_locks_accept_any() -> None:
    deadline = Deadline(1e300)
    assert deadline.remaining() == threading.TIMEOUT_MAX
    deadline = Deadline(1000)
    first = deadline.remaining()
    time.sleep(0.001)
    assert deadline.remaining() < first <= 1000


def test_threads_that_ask_at_once_get_the_same_default() -> None:
    barrier = threading.Barrier(4)
    made: List[object] = []

    class Slow:
        def __init__(self) -> None:
            barrier.wait(60)

    once = Once(Slow)
    threads = [threading.Thread(target=lambda: made.append(once())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, made))) == 1
