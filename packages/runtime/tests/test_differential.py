"""Inserting the wrappers changes nothing: every program is run without and with them, and must do the same.

Compared are stdout, stderr, the exit code, and the class, name and daemon flag of every thread that was started. Only
the source text that tracebacks quote is left out, since the text is what is being changed; their line numbers count.

Every interpreter at hand takes part: the one that runs the tests, those listed in ``PYLINT_LEAKS_PYTHONS`` (separated
as in PATH), or else those on the PATH under names such as ``python3.12``, and those that pyenv has installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Tuple

import pytest
from checkout import SOURCE
from differential.wrapping import OBSERVE, insert_wrappers

HERE = Path(__file__).resolve().parent
PROGRAMS = sorted((HERE / "differential" / "programs").glob("*.py"))
PATHS = [HERE / "differential" / "observer", SOURCE]
NEEDS_FORK = {"fork", "multiprocessing_fork"}
NEWEST = 20


class Result(NamedTuple):
    stdout: str
    stderr: str
    code: int


def version_of(python: str) -> Optional[str]:
    """What an interpreter says it is, or nothing if it does not run or is too old."""
    code = "import sys; print('%d.%d' % sys.version_info[:2], sys.version_info >= (3, 9))"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.split()
    return words[0] if done.returncode == 0 and words[1:] == ["True"] else None


def find_pythons() -> Dict[str, str]:
    """One interpreter for each version, by version."""
    found = {"%d.%d" % sys.version_info[:2]: sys.executable}
    listed = os.environ.get("PYLINT_LEAKS_PYTHONS")
    if listed is not None:
        candidates = [python for python in listed.split(os.pathsep) if python]
    else:
        names = [f"python3.{minor}" for minor in range(9, NEWEST)]
        candidates = [python for python in map(shutil.which, names) if python]
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
        candidates += map(str, sorted(pyenv.glob("versions/3.*/bin/python")))
    for python in candidates:
        version = version_of(python)
        if version is None:
            assert listed is None, f"PYLINT_LEAKS_PYTHONS lists {python}, which is no Python 3.9 or newer that runs"
        else:
            found.setdefault(version, python)
    return found


PYTHONS = find_pythons()
VERSIONS: List[str] = sorted(PYTHONS, key=lambda version: int(version.partition(".")[2]))


def run(python: str, source: str, folder: Path, *options: str, grace: str = "0.05") -> Result:
    folder.mkdir()
    assert source.startswith(("import ", "from ", "\n"))
    (folder / "program.py").write_text(OBSERVE + source.lstrip())
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYLINT_LEAKS_"))}
    environment = {**clean, "PYTHONPATH": os.pathsep.join(map(str, PATHS)), "PYLINT_LEAKS_DAEMON_GRACE": grace}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(
        # Without `site`, which takes most of the time that an interpreter needs to start.
        [python, "-S", *options, "program.py"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=folder,
        env=environment,
    )
    out, err = (normalize(text.replace(str(folder), "FOLDER")) for text in (done.stdout, done.stderr))
    return Result(out, without_source(err), done.returncode)


def run_both(python: str, plain: str, wrapped: str, folder: Path, *options: str) -> Tuple[Result, Result]:
    """Runs two programs at the same time, in folders of their own."""
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(run, python, plain, folder / "plain", *options)
        second = pool.submit(run, python, wrapped, folder / "wrapped", *options)
        return first.result(), second.result()


def normalize(text: str) -> str:
    """Takes out addresses and numbers that the operating system gives."""
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    return re.sub(r"(, started daemon|, started|, stopped daemon|, stopped|fd=|'127.0.0.1',) ?\d+", r"\1 N", text)


def without_source(text: str) -> str:
    """Takes out what tracebacks and warnings quote from the source: deeper indented lines after a line number."""
    return re.sub(r"(?m)^(  File .*|.*program\.py:\d+: .*)\n(?:(?:    |  )[^F\s].*\n|\s+[\^~]+\s*\n)*", r"\1\n", text)


@pytest.mark.parametrize("program", PROGRAMS, ids=[program.stem for program in PROGRAMS])
@pytest.mark.parametrize("version", VERSIONS)
def test_wrappers_change_nothing(version: str, program: Path, tmp_path: Path) -> None:
    if program.stem in NEEDS_FORK and not hasattr(os, "fork"):
        pytest.skip("there is no fork here")
    source = program.read_text()
    wrapped, count = insert_wrappers(source)
    assert count > 0, "a program without a wrapper proves nothing"
    before, after = run_both(PYTHONS[version], source, wrapped, tmp_path)
    assert after == before


# Not "tasks": in this mode asyncio reports callbacks that take a tenth of a second, and on a busy machine any may.
@pytest.mark.parametrize("program", ["files", "sockets", "sqlite_connect", "uncaught_in_thread", "children"])
def test_warnings_of_the_development_mode_stay(program: str, tmp_path: Path) -> None:
    source = (HERE / "differential" / "programs" / f"{program}.py").read_text()
    before, after = run_both(sys.executable, source, insert_wrappers(source)[0], tmp_path, "-X", "dev")
    assert after == before
    if program in ("files", "sockets"):
        assert "ResourceWarning" in before.stderr


def test_other_interpreters_took_part() -> None:
    if len(PYTHONS) == 1:
        pytest.skip(f"no Python but {sys.executable} was found: list others in PYLINT_LEAKS_PYTHONS")
    assert len(PYTHONS) > 1


DAEMON = """
import atexit, threading
go = threading.Event()
def work():
    go.wait()
    threading.main_thread().join()
    print("daemon thread")
threading.Thread(target=work, daemon=True).start()
atexit.register(print, "atexit")
atexit.register(go.set)
"""


def test_the_one_difference_is_time_for_daemon_threads(tmp_path: Path) -> None:
    wrapped, _ = insert_wrappers(DAEMON)
    granted = run(sys.executable, wrapped, tmp_path / "granted", grace="30")
    assert granted.stdout == "atexit\ndaemon thread\n"
    gate = DAEMON.replace("go.set", "int")
    plain = run(sys.executable, gate, tmp_path / "plain")
    assert run(sys.executable, insert_wrappers(gate)[0], tmp_path / "denied", grace="0") == plain


PLANTED: List[str] = [
    # What a wrapper might do to a thread, and must not.
    "thread.daemon = True",
    "thread.name = 'renamed'",
    "thread.start()",
    "kept.append(thread)",
    "print(end='x')",
    "sys.stderr.write('x')",
    "atexit.register(os._exit, 9)",
    "thread = threading.Thread(target=thread._target)",
    "thread._target = lambda *a, plain=thread._target, **k: plain(*a, **k)",
    "thread.run = thread.run",
    "raise TypeError",
]


@pytest.mark.parametrize("planted", PLANTED)
def test_the_comparison_notices_a_wrapper_that_does_something(planted: str, tmp_path: Path) -> None:
    # A wrapped target shows in the traceback of the thread, most other things in the thread itself.
    program = "uncaught_in_thread" if "plain" in planted else "thread_freed"
    source = (HERE / "differential" / "programs" / f"{program}.py").read_text()
    wrapped, _ = insert_wrappers(source, package="planted")
    imports = "import atexit, os, sys, threading, time"
    planted_source = f"{imports}\nkept = []\ndef track(thread):\n    {planted}\n    return thread\n"
    (tmp_path / "planted.py").write_text(planted_source + "class thread_manager:\n    track = staticmethod(track)\n")
    wrapped = wrapped.replace("; import planted", "; sys.path.insert(0, '..'); import planted")
    before, after = run_both(sys.executable, source, wrapped, tmp_path)
    assert after != before
