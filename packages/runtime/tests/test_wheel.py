"""The package as users get it: a wheel, installed into a clean virtual environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from checkout import PROJECT

PROGRAM = """
import sys, threading, pylint_leaks_runtime
from pylint_leaks_runtime import thread_manager
assert "site-packages" in pylint_leaks_runtime.__file__, pylint_leaks_runtime.__file__
thread = thread_manager.track(threading.Thread(target=print, args=("installed",)))
thread.start()
thread.join()
"""


def run(*command: object, cwd: Path) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=300, cwd=cwd, env=environment
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the project, so that nothing is left in the project itself."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "project"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("__pycache__", ".*", "build", "*.egg-info", "tests"))
    pip = run(sys.executable, "-m", "pip", "--version", cwd=folder)
    if pip.returncode != 0:
        pytest.skip(f"{sys.executable} has no pip")
    built = run(
        sys.executable, "-m", "pip", "wheel", "--no-deps", "--disable-pip-version-check", "-w", folder, copy, cwd=folder
    )
    backend_missing = ("No matching distribution found for setuptools", "Could not find a version", "ConnectionError")
    if built.returncode != 0 and any(text in built.stdout + built.stderr for text in backend_missing):
        pytest.skip("pip cannot get the build backend setuptools>=77 from here")
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
    source = PROJECT / "src"
    package = source / "pylint_leaks_runtime"
    files = {path.relative_to(source).as_posix() for path in package.rglob("*") if path.is_file()}
    assert names == {path for path in files if "__pycache__" not in path}
    assert "pylint_leaks_runtime/_startup/sitecustomize.py" in names
    assert "pylint_leaks_runtime/py.typed" in names
    assert "Requires-Python: >=3.9" in text
    assert [line for line in text.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line] == []


def test_it_can_be_installed_and_used(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    made = run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    if made.returncode != 0:
        pytest.skip(f"{sys.executable} cannot make a virtual environment here")
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    installed = run(
        sys.executable,
        *("-m", "pip", "--python", python, "install", "--no-index", "--disable-pip-version-check", wheel),
        cwd=tmp_path,
    )
    assert installed.returncode == 0, installed.stdout + installed.stderr
    used = run(python, "-W", "error", "-c", PROGRAM, cwd=tmp_path)
    assert (used.stdout, used.stderr, used.returncode) == ("installed\n", "", 0)
    (tmp_path / "app.py").write_text("import socket\nkept = socket.socket()\n")
    recorded = run(python, "-m", "pylint_leaks_runtime", "run", "app.py", cwd=tmp_path)
    assert (recorded.stdout, recorded.stderr, recorded.returncode) == ("", "", 0)
    assert '"leakedAtExit":1' in (tmp_path / "leak-evidence.jsonl").read_text()
    plugins = "from importlib.metadata import entry_points as e; print([x.name for x in {}])"
    group = "e(group='pytest11')" if sys.version_info >= (3, 10) else "e()['pytest11']"
    assert run(python, "-c", plugins.format(group), cwd=tmp_path).stdout == "['pylint_leaks']\n"
