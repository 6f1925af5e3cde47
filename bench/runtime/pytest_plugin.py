"""What the pytest plugin costs when nothing leaks.

    python bench/runtime/pytest_plugin.py [--tests 400] [--pairs 7]

Runs the same clean tests with and without ``--leaks=all``, alternately, in new processes, and prints the medians of the
difference. Needs pytest. Half of the tests do nothing; half open a file, a database and a thread and close them.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "packages" / "runtime" / "src"
TESTS = """
import sqlite3, threading
import pytest

@pytest.mark.parametrize("number", range({tests} // 2))
def test_nothing(number):
    pass

@pytest.mark.parametrize("number", range({tests} // 2))
def test_something(number, tmp_path_factory):
    with open(__file__) as file:
        file.readline()
    connection = sqlite3.connect(":memory:")
    connection.close()
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
"""


def seconds(folder: Path, *options: str) -> float:
    """How long the tests themselves take by pytest's own clock, without the start of the interpreter."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "pylint_leaks_runtime.pytest_plugin"]
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    found = re.search(r"passed in ([\d.]+)s", done.stdout)
    if done.returncode != 0 or found is None:
        raise SystemExit(done.stdout + done.stderr)
    return float(found.group(1))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tests", type=int, default=400)
    parser.add_argument("--pairs", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_clean.py").write_text(TESTS.format(tests=arguments.tests))
        seconds(folder)
        without, with_plugin = [], []
        for _ in range(arguments.pairs):
            without.append(seconds(folder))
            with_plugin.append(seconds(folder, "--leaks=all"))
    differences = [after - before for before, after in zip(without, with_plugin)]
    each = statistics.median(differences) / arguments.tests
    spread = (max(differences) - min(differences)) / arguments.tests
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}, {arguments.tests} tests, {arguments.pairs} pairs of runs")
    print(f"without: {statistics.median(without) / arguments.tests * 1e3:.2f} ms per test (median)")
    print(f"--leaks=all: {each * 1e3:+.2f} ms per test (median of the differences; spread {spread * 1e3:.2f} ms)")


if __name__ == "__main__":
    main()
