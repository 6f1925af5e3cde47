"""The recorder: what it writes about a program, and that the program does not notice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple

import pytest
from checkout import SOURCE

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc/self/fd")
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYLINT_LEAKS_"))}


class Run(NamedTuple):
    done: "subprocess.CompletedProcess[str]"
    records: List[Dict[str, Any]]

    def sites(self) -> Dict[str, Dict[str, Any]]:
        """The last record of each place, by kind and function."""
        return {f"{one['kind']} {one['site']['function']}": one for one in self.records if one["type"] == "site"}

    def leaked(self) -> Dict[str, int]:
        return {name: one["leakedAtExit"] for name, one in self.sites().items() if one["leakedAtExit"]}


Record = Callable[..., Run]


def read(path: Path) -> List[Dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Runs a program under the recorder."""

    def run(code: str, *arguments: str, options: "tuple[str, ...]" = (), **environment: str) -> Run:
        (tmp_path / "app.py").write_text(textwrap.dedent(code))
        done = subprocess.run(
            [sys.executable, *options, "-m", "pylint_leaks_runtime", "run", "app.py", *arguments],
            cwd=tmp_path,
            env={**CLEAN, "PYTHONPATH": str(SOURCE), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        return Run(done, read(tmp_path / "leak-evidence.jsonl"))

    return run


def test_every_kind_is_recorded_with_what_became_of_it(record: Record) -> None:
    run = record(
        """
        import asyncio, socket, sqlite3, subprocess, sys, threading
        kept = []
        def file(leak):
            one = open(__file__)
            kept.append(one) if leak else one.close()
        def sock(leak):
            one = socket.socket()
            kept.append(one) if leak else one.close()
        def database(leak):
            one = sqlite3.connect(":memory:")
            kept.append(one) if leak else one.close()
        def child(leak):
            one = subprocess.Popen([sys.executable, "-c", ""])
            one.wait()
            if leak:
                kept.append(subprocess.Popen([sys.executable, "-c", ""]))
        def thread(leak):
            stop = threading.Event()
            one = threading.Thread(target=stop.wait, daemon=True)
            one.start()
            if not leak:
                stop.set()
                one.join()
        async def task(leak):
            one = asyncio.create_task(asyncio.sleep(60 if leak else 0))
            if not leak:
                await one
        for leak in (True, False, False, True):
            for make in (file, sock, database, child, thread):
                make(leak)
            asyncio.run(task(leak))
        """
    )
    assert (run.done.stdout, run.done.stderr, run.done.returncode) == ("", "", 0)
    sites = {name: one for name, one in run.sites().items() if not name.endswith("<module>")}
    created = {name: (one["created"], one["released"], one["leakedAtExit"]) for name, one in sites.items()}
    children = {name: numbers for name, numbers in created.items() if name == "process child"}
    assert {name: numbers for name, numbers in created.items() if name not in children} == {
        "file file": (4, 2, 2),
        "socket sock": (4, 2, 2),
        "sqlite database": (4, 2, 2),
        "thread thread": (4, 2, 2),
        "task task": (4, 2, 2),
    }
    # The last of two places in one function.
    assert children == {"process child": (2, 0, 2)}
    site = sites["sqlite database"]["site"]
    assert (site["path"], site["line"]) == (run.records[0]["cwd"] + "/app.py", 11)
    if sys.version_info >= (3, 11):
        assert (site["column"], site["endLine"], site["endColumn"]) == (10, 11, 37)
    assert len(site["sha256"]) == 64
    assert run.records[-1]["type"] == "end"


def test_a_program_does_not_notice(record: Record, tmp_path: Path) -> None:
    code = """
        import sys, threading
        print(sys.argv, sys.path[0], __name__, [name for name in sys.path if "_startup" in name], sys.flags.utf8_mode)
        print([thread.name for thread in threading.enumerate()])
        import sitecustomize_of_the_user_is_none as nothing
    """
    run = record(code, "-x", "1", options=("-X", "utf8"))
    plain = subprocess.run(
        [sys.executable, "-X", "utf8", "app.py", "-x", "1"], cwd=tmp_path, env=CLEAN, capture_output=True, text=True
    )
    assert (run.done.stdout, run.done.stderr, run.done.returncode) == (plain.stdout, plain.stderr, plain.returncode)
    assert run.done.returncode == 1


def test_a_sitecustomize_of_the_user_runs(record: Record, tmp_path: Path) -> None:
    folder = tmp_path / "custom"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("print('customized')\n")
    run = record("import sitecustomize; print(sitecustomize.__file__)", PYTHONPATH=f"{SOURCE}:{folder}")
    # Once in the process that starts the program, once in the program.
    assert run.done.stdout == f"customized\ncustomized\n{folder / 'sitecustomize.py'}\n"


def test_modules_and_subprocesses_and_forks_are_recorded(record: Record, tmp_path: Path) -> None:
    run = record(
        """
        import multiprocessing, os, socket, subprocess, sys
        kept = []
        def in_child():
            kept.append(socket.socket())
        def in_fork():
            kept.append(socket.socket())
        if __name__ == "__main__":
            before = socket.socket()
            for method in ("fork", "spawn"):
                process = multiprocessing.get_context(method).Process(target=in_child)
                process.start()
                process.join()
            subprocess.run([sys.executable, "-c", "def sub(): return open('app.py')\\nfile = sub()"])
            pid = os.fork()
            if pid == 0:
                in_fork()
                sys.exit(0)
            os.waitpid(pid, 0)
            before.close()
        """
    )
    assert run.done.returncode == 0, run.done.stderr
    ended = {one["process"] for one in run.records if one["type"] == "end"}
    leaks = [(one["process"], one["site"]["function"]) for one in run.records if one.get("leakedAtExit")]
    assert {function for _, function in leaks} == {"in_child", "in_fork", "sub"}
    assert len({process for process, function in leaks if function == "in_child"}) == 2, "fork and spawn"
    assert {process for process, _ in leaks} <= ended
    # What the parent opened is not the children's.
    assert len({one["process"] for one in run.records if one["type"] == "process"}) >= 5


def test_what_is_released_at_the_end_is_not_leaked(record: Record) -> None:
    run = record(
        """
        import atexit, socket, threading
        from pylint_leaks_runtime import thread_manager, track
        sock = socket.socket()
        atexit.register(sock.close)
        file = track(open(__file__), on_exit="close")
        def tracked():
            stop = threading.Event()
            thread_manager.track(threading.Thread(target=stop.wait), stop=stop).start()
        def left_running():
            threading.Thread(target=threading.Event().wait, args=(0.3,)).start()
        tracked()
        left_running()
        """
    )
    assert (run.done.stderr, run.done.returncode) == ("", 0)
    assert run.leaked() == {"thread left_running": 1}


def test_a_killed_process_leaves_what_was_there(tmp_path: Path) -> None:
    code = """
        import socket, time
        kept = [socket.socket() for _ in range(3)]
        print("ready", flush=True)
        time.sleep(60)
    """
    (tmp_path / "app.py").write_text(textwrap.dedent(code))
    process = subprocess.Popen(
        [sys.executable, "-m", "pylint_leaks_runtime", "run", "-o", "e", "app.py"],
        cwd=tmp_path,
        env={**CLEAN, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
    )
    with process:
        for _ in range(1000):
            if any(one["type"] == "site" for one in read(tmp_path / "e")):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    records = read(tmp_path / "e")
    (site,) = (one for one in records if one["type"] == "site")
    assert (site["created"], site["live"], site["leakedAtExit"]) == (3, 3, None)
    assert "end" not in {one["type"] for one in records}


def test_files_opened_in_two_places_are_told_apart(record: Record) -> None:
    run = record(
        """
        import pathlib
        kept = []
        def leak():
            kept.append(open(__file__))
        def clean():
            with pathlib.Path(__file__).open() as file:
                file.read()
        for _ in range(3):
            clean()
            leak()
            clean()
        """
    )
    assert run.leaked() == {"file leak": 3}
    # Before 3.10 pathlib opened with an opener of its own: Python tells of two openings, and there is one file.
    assert run.sites()["file clean"]["created"] == (6 if sys.version_info >= (3, 10) else 12)


def test_the_environment_alone_is_enough_for_programs_that_import_the_package(tmp_path: Path) -> None:
    code = "import pylint_leaks_runtime, socket\nkept = socket.socket()\n"
    (tmp_path / "app.py").write_text(code)
    environment = {**CLEAN, "PYTHONPATH": str(SOURCE), "PYLINT_LEAKS_EVIDENCE": "e"}
    subprocess.run([sys.executable, "app.py"], cwd=tmp_path, env=environment, check=True)
    assert [one["leakedAtExit"] for one in read(tmp_path / "e") if one["type"] == "site"][-1] == 1


def test_a_connection_that_nobody_closes_is_left_to_the_collector(record: Record) -> None:
    run = record(
        """
        import gc, sqlite3
        class Mine(sqlite3.Connection):
            def __del__(self):
                print("freed")
        def dropped():
            sqlite3.connect(":memory:", factory=Mine)
            gc.collect()
        def block():
            with sqlite3.connect(":memory:"):
                pass
            gc.collect()
        def closed():
            sqlite3.connect(":memory:").close()
            gc.collect()
        def failed():
            try:
                sqlite3.connect("/nowhere/at/all")
            except sqlite3.OperationalError:
                gc.collect()
        for function in (dropped, block, closed, failed):
            function()
        """
    )
    assert (run.done.stdout, run.done.stderr) == ("freed\n", "")
    collected = {name: (one["created"], one["collected"], one["leakedAtExit"]) for name, one in run.sites().items()}
    assert collected == {"sqlite dropped": (1, 1, 0), "sqlite block": (1, 1, 0), "sqlite closed": (1, 0, 0)}


def test_a_busy_program_is_recorded_in_part(record: Record) -> None:
    run = record("import socket\nfor _ in range(5000): socket.socket().close()\n")
    (site,) = run.sites().values()
    assert 0 < site["created"] < 5000
    assert run.records[-1]["limited"] > 0


def test_an_evidence_file_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "leak-evidence.jsonl").mkdir()
    (tmp_path / "app.py").write_text("import socket\nkept = socket.socket()\nprint('done')\n")
    done = subprocess.run(
        [sys.executable, "-m", "pylint_leaks_runtime", "run", "app.py"],
        cwd=tmp_path,
        env={**CLEAN, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("done\n", 0)


@pytest.mark.parametrize("arguments", [[], ["run"], ["walk", "app.py"]])
def test_wrong_arguments_are_explained(arguments: List[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pylint_leaks_runtime", *arguments],
        cwd=tmp_path,
        env={**CLEAN, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "usage: python -m pylint_leaks_runtime" in done.stderr
