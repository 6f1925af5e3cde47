"""The pytest plugin blames the fixture that holds something, and only when it should have let go."""

from __future__ import annotations

from typing import Callable

import pytest

# The fixture `run` is that of the other module.
from test_pytest_plugin import run  # noqa: F401

Run = Callable[..., pytest.RunResult]
SCOPES = ["class", "module", "package", "session"]


@pytest.mark.parametrize("scope", SCOPES)
def test_what_a_wide_fixture_holds_is_not_the_fault_of_a_test(run: Run, scope: str) -> None:  # noqa: F811
    code = f"""
        import pytest, socket, sqlite3, threading
        @pytest.fixture(scope="{scope}")
        def server(tmp_path_factory):
            folder = tmp_path_factory.mktemp("server")
            stop = threading.Event()
            thread = threading.Thread(target=stop.wait, args=(30,))
            thread.start()
            with open(folder / "log", "w"), socket.create_server(("127.0.0.1", 0)):
                connection = sqlite3.connect(folder / "db")
                yield thread
                connection.close()
            stop.set()
            thread.join()
        class TestIt:
            def test_first(self, server):
                assert server.is_alive()
            def test_second(self, server):
                assert server.is_alive()
        def test_third():
            pass
    """
    run(code, "--leaks=all", "-o", "leaks_grace=0").assert_outcomes(passed=3)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_wide_fixture_is_blamed_when_it_is_torn_down(run: Run, scope: str) -> None:  # noqa: F811
    code = f"""
        import pytest
        kept = []
        @pytest.fixture(scope="{scope}")
        def log():
            kept.append(open(__file__))
            yield
        class TestIt:
            def test_first(self, log):
                pass
            def test_second(self, log):
                pass
        def test_third():
            pass
    """
    done = run(code, "--leaks=all", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=3, errors=1)
    last = "TestIt.test_second" if scope == "class" else "test_third"
    done.stdout.fnmatch_lines(
        [
            f"*ERROR at teardown of {last}*",
            f'left open by the {scope} fixture "log" (test_it.py:3):',
            "  file descriptor of *test_it.py, made at test_it.py:5 in log",
        ]
    )


def test_what_a_wide_fixture_opens_when_it_is_first_used_is_the_fixtures(run: Run) -> None:  # noqa: F811
    code = """
        import concurrent.futures, pytest, socket, sqlite3
        class Pool:
            def __init__(self):
                self.connections = {}
            def get(self, name):
                if name not in self.connections:
                    self.connections[name] = [sqlite3.connect(name), open(__file__), socket.socket()]
            def close(self):
                for connection in sum(self.connections.values(), []):
                    connection.close()
        @pytest.fixture(scope="session")
        def pool():
            pool = Pool()
            yield pool
            pool.close()
        @pytest.fixture(scope="module")
        def executor():
            with concurrent.futures.ThreadPoolExecutor() as executor:
                yield executor
        kept = []
        @pytest.fixture(scope="module")
        def leaky_pool():
            kept.append(Pool())
            return kept[0]
        @pytest.fixture(scope="module")
        def pool_that_goes():
            return [open(__file__), socket.socket()]
        def test_first(pool, executor, leaky_pool, pool_that_goes):
            pool.get(":memory:")
            executor.submit(print).result()
            leaky_pool.get(":memory:")
        def test_second(pool, executor):
            pool.get("")
    """
    done = run(code, "--leaks=all", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=2, errors=1)
    done.stdout.fnmatch_lines(
        [
            "*ERROR at teardown of test_second*",
            'left open by the module fixture "leaky_pool" (test_it.py:21):',
            "  *made at test_it.py:7 in *get",
        ]
    )
    # With CI set pytest repeats the whole message in its summary.
    assert done.stdout.str().split("short test summary")[0].count(", made at") == 3


def test_what_set_up_methods_keep_in_the_class_is_theirs(run: Run) -> None:  # noqa: F811
    code = """
        import unittest
        class TestPlain:
            @classmethod
            def setup_class(cls):
                cls.files = [open(__file__)]
            @classmethod
            def teardown_class(cls):
                for file in cls.files:
                    file.close()
            def test_first(self):
                self.files.append(open(__file__))
            def test_second(self):
                pass
        class TestUnit(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                cls.file = open(__file__)
            def test_first(self):
                pass
            def test_second(self):
                pass
    """
    done = run(code, "--leaks=all", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=4, errors=1)
    done.stdout.fnmatch_lines(["*ERROR at teardown of TestUnit.test_second*", "left open by the set-up of the class*"])


def test_a_function_fixture_is_named(run: Run) -> None:  # noqa: F811
    code = """
        import pytest
        @pytest.fixture
        def log():
            return open(__file__)
        def test_it(log):
            pass
    """
    done = run(code, "--leaks=fds", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=1, errors=1)
    done.stdout.fnmatch_lines(['  *made at test_it.py:4 in log, by the function fixture "log" (test_it.py:2)'])


def test_inner_and_outer_fixtures_each_answer_for_their_own(run: Run) -> None:  # noqa: F811
    code = """
        import pytest
        kept = []
        @pytest.fixture(scope="session")
        def inner():
            kept.append(open(__file__))
        @pytest.fixture(scope="class")
        def outer(request):
            request.getfixturevalue("inner")
            file = open(__file__)
            yield
            file.close()
        class TestIt:
            def test_it(self, outer):
                pass
        def test_last():
            pass
    """
    done = run(code, "--leaks=fds", "-o", "leaks_grace=0")
    done.assert_outcomes(passed=2, errors=1)
    done.stdout.fnmatch_lines(["*ERROR at teardown of test_last*", 'left open by the session fixture "inner"*'])
