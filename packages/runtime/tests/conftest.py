"""What several tests need: a Python of their own, and a clean end.

``PYLINT_LEAKS_SINGLE_FILE=1 python -m pytest -o pythonpath="single_file tests"`` runs the tests against the package as
one file.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Callable, Iterator, List

import pytest
from checkout import IS_SINGLE_FILE, PROJECT, SOURCE

import pylint_leaks_runtime
from pylint_leaks_runtime import SQLiteConnectionManager

# Otherwise these tests would prove something about another installation.
assert Path(pylint_leaks_runtime.__file__).is_relative_to(SOURCE), pylint_leaks_runtime.__file__

pytest_plugins = ["pytester"]
collect_ignore: List[str] = []
if IS_SINGLE_FILE:
    # About the modules and the wheel, not about what they do.
    collect_ignore += ["test_public_names.py", "test_wheel.py"]
    # Not in it.
    collect_ignore += ["test_recorder.py"]
    collect_ignore += [path.name for path in Path(__file__).parent.glob("test_pytest_*.py")]
    # Some tests look inside: there, everything is in the one module.
    for path in (PROJECT / "src" / "pylint_leaks_runtime").glob("_[a-z]*.py"):
        sys.modules[f"pylint_leaks_runtime.{path.stem}"] = pylint_leaks_runtime
        setattr(pylint_leaks_runtime, path.stem, pylint_leaks_runtime)
RunPython = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run_python(tmp_path: Path) -> RunPython:
    """Runs code in a new interpreter that can import the package, in a directory of its own."""

    def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYLINT_LEAKS_"))}
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(SOURCE), **environment},
        )

    return run


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Every test ends the threads that it started."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive(), f"{thread.name} is still running"


@pytest.fixture
def databases() -> Iterator[SQLiteConnectionManager]:
    """A connection manager that knows of no open connection at the end of the test."""
    one = SQLiteConnectionManager()
    yield one
    assert one.stats().live == 0, "every test closes what it opens"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """A database with an empty table ``t``."""
    path = str(tmp_path / "data.db")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    return path
