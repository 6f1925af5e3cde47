"""The pytest plugin: what it reports, and what it leaves alone."""

from __future__ import annotations

from typing import Callable

import pytest
from checkout import SOURCE

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a test module in a process of its own."""
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run_module(code: str, *arguments: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=code)
        return pytester.runpytest_subprocess(
            "-p",
            "pylint_leaks_runtime.pytest_plugin",
            "-p",
            "no:cacheprovider",
            "-W",
            "ignore::ResourceWarning",
            *arguments,
        )

    return run_module


LEAKS = {
    "threads": (
        """
        import threading
        def test_it():
            threading.Thread(target=threading.Event().wait, args=(30,), name="poller", daemon=True).start()
        """,
        "*thread poller (daemon), made at test_it.py:3 in test_it*",
    ),
    "fds": (
        """
        kept = []
        def test_it(tmp_path):
            kept.append((tmp_path / "left.txt").open("w"))
        """,
        "*file descriptor of *left.txt, made at test_it.py:3 in test_it*",
    ),
    "sqlite": (
        """
        import sqlite3
        kept = []
        def test_it():
            kept.append(sqlite3.connect(":memory:"))
        """,
        "*SQLite connection to :memory:, made at test_it.py:4 in test_it*",
    ),
    "children": (
        """
        import subprocess, sys
        kept = []
        def test_it():
            kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
        """,
        "*child process pid *, made at test_it.py:4 in test_it*",
    ),
    "tasks": (
        """
        import asyncio
        async def main():
            asyncio.create_task(asyncio.sleep(30), name="poll") if False else None
            kept.append(asyncio.ensure_future(asyncio.sleep(30)))
        kept = []
        def test_it():
            asyncio.run(main())
        """,
        "*task Task-*, cancelled with its loop, made at test_it.py:4 in main*",
    ),
    "sockets": (
        """
        import socket
        kept = []
        def test_it():
            kept.append(socket.create_server(("127.0.0.1", 0)))
        """,
        "*socket AF_INET ('127.0.0.1', *), made at test_it.py:4 in test_it*",
    ),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_fails_the_test_and_is_named_with_its_place(run: Run, kind: str) -> None:
    code, line = LEAKS[kind]
    done = run(code, f"--leaks={kind}", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=1, errors=1)
    done.stdout.fnmatch_lines(["*ERROR at teardown of test_it*", "test_it.py::test_it left open:", line])
    # One leak is one line: a socket is not its descriptor as well.
    both = run(code, "--leaks=all", "-o", "leaks_grace=0")
    both.stdout.fnmatch_lines([line])


def test_without_the_option_nothing_happens(run: Run) -> None:
    code, _ = LEAKS["fds"]
    run(code).assert_outcomes(passed=1)
    run(code, "--leaks=threads").assert_outcomes(passed=1)


def test_the_ini_file_can_ask_for_it_and_name_what_may_stay(run: Run, pytester: pytest.Pytester) -> None:
    code, _ = LEAKS["fds"]
    pytester.makeini("[pytest]\nleaks = threads fds\nleaks_grace = 0\n")
    run(code).assert_outcomes(passed=1, errors=1)
    run(code, "--leaks=").assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nleaks = fds\nleaks_grace = 0\nleaks_ignore =\n  */left.txt\n")
    run(code).assert_outcomes(passed=1)


@pytest.mark.parametrize(("option", "complaint"), [("--leaks=fd", "unknown kind 'fd'"), ("-oleaks_grace=x", "number")])
def test_mistakes_are_usage_errors(run: Run, option: str, complaint: str) -> None:
    done = run("def test_it(): pass", option, *([] if "leaks=" in option else ["--leaks=fds"]))
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"*{complaint}*"])


def test_markers_ask_and_allow(run: Run) -> None:
    code = """
        import pytest
        kept = []
        def test_unmarked():
            kept.append(open(__file__))
        @pytest.mark.no_leaks
        def test_asked():
            kept.append(open(__file__))
        @pytest.mark.no_leaks("threads")
        def test_asked_for_threads():
            kept.append(open(__file__))
        @pytest.mark.allow_leaks
        @pytest.mark.no_leaks
        def test_allowed():
            kept.append(open(__file__))
        @pytest.mark.allow_leaks("threads")
        @pytest.mark.no_leaks
        def test_threads_allowed():
            kept.append(open(__file__))
    """
    done = run(code, "-o", "leaks_grace=0", "--strict-markers")
    done.assert_outcomes(passed=5, errors=2)
    done.stdout.fnmatch_lines(["ERROR test_it.py::test_asked *", "ERROR test_it.py::test_threads_allowed *"])
    run(code, "-o", "leaks_grace=0", "--leaks=fds").assert_outcomes(passed=5, errors=4)


def test_what_is_about_to_close_gets_the_grace(run: Run) -> None:
    code = """
        import threading
        def test_it():
            threading.Thread(target=threading.Event().wait, args=(0.2,)).start()
    """
    run(code, "--leaks=threads", "-o", "leaks_grace=30").assert_outcomes(passed=1)


@pytest.mark.parametrize("phase", ["body", "setup", "teardown"])
def test_the_own_failure_of_a_test_stands(run: Run, phase: str) -> None:
    code = f"""
        import pytest
        kept = []
        @pytest.fixture
        def fixture():
            assert "{phase}" != "setup", "own failure"
            yield
            assert "{phase}" != "teardown", "own failure"
        def test_it(fixture):
            kept.append(open(__file__))
            assert "{phase}" != "body", "own failure"
        @pytest.fixture(autouse=True)
        def opened():
            kept.append(open(__file__))
    """
    done = run(code, "--leaks=fds", "-o", "leaks_grace=0")
    expected = {"body": {"failed": 1}, "setup": {"errors": 1}, "teardown": {"passed": 1, "errors": 1}}
    done.assert_outcomes(**expected[phase])
    done.stdout.fnmatch_lines(["*AssertionError: own failure*"])
    text = done.stdout.str()
    assert "left open" not in text or text.index("own failure") < text.index("left open")


def test_an_expected_failure_stays_one(run: Run) -> None:
    code = """
        import pytest
        @pytest.mark.xfail(strict=True)
        def test_it():
            file = open(__file__)
            assert not file
    """
    run(code, "--leaks=all", "-o", "leaks_grace=0").assert_outcomes(xfailed=1)


def test_a_clean_run_is_clean(run: Run) -> None:
    code = """
        import asyncio, multiprocessing, socket, sqlite3, subprocess, sys, threading
        def test_it(tmp_path):
            with open(tmp_path / "x", "w") as file:
                file.write("x")
            connection = sqlite3.connect(tmp_path / "x.db")
            connection.close()
            subprocess.run([sys.executable, "-c", ""], check=True)
            thread = threading.Thread(target=print)
            thread.start()
            thread.join()
            socket.socketpair()[0].close()
            asyncio.run(asyncio.sleep(0))
        def test_processes():
            process = multiprocessing.get_context("spawn").Process(target=print)
            process.start()
            process.join()
            process.close()
    """
    run(code, "--leaks=all").assert_outcomes(passed=2)


def test_it_works_with_xdist(run: Run) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not installed")
    code = """
        import pytest
        kept = []
        @pytest.mark.parametrize("number", range(6))
        def test_it(number):
            if number % 3 == 0:
                kept.append(open(__file__))
    """
    done = run(code, "--leaks=all", "-o", "leaks_grace=0", "-n2")
    done.assert_outcomes(passed=6, errors=2)
    done.stdout.fnmatch_lines(["*file descriptor of *test_it.py, made at test_it.py:6 in test_it*"])
