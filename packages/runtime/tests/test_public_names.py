"""`__all__` says everything that is public, and nothing else; importing is light."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Callable, List

import pytest

import pylint_leaks_runtime

RunPython = Callable[..., "subprocess.CompletedProcess[str]"]

FOLDER = Path(pylint_leaks_runtime.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("_*.py") if path.stem != "__init__")


def test_every_name_in_all_exists() -> None:
    assert isinstance(pylint_leaks_runtime.__all__, tuple)
    assert list(pylint_leaks_runtime.__all__) == sorted(set(pylint_leaks_runtime.__all__))
    for name in pylint_leaks_runtime.__all__:
        assert getattr(pylint_leaks_runtime, name) is not None
        assert name in dir(pylint_leaks_runtime)


def test_every_public_name_is_in_all() -> None:
    exported = {
        name
        for name, value in vars(pylint_leaks_runtime).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    exported -= {"annotations", "TYPE_CHECKING"}
    # Made on first use, so it is there only if something before this test used it.
    assert exported - {"thread_manager"} == set(pylint_leaks_runtime.__all__) - {"thread_manager"}


def test_other_names_are_missing_as_in_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'pylint_leaks_runtime' has no attribute 'thred_manager'"):
        _ = pylint_leaks_runtime.thred_manager  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", pylint_leaks_runtime.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    thing = getattr(pylint_leaks_runtime, name)
    assert inspect.getdoc(thing)
    if inspect.isclass(thing):
        for member, value in vars(thing).items():
            if not member.startswith("_") and callable(value):
                assert inspect.getdoc(value), f"{name}.{member} has no docstring"


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_short_and_documented(name: str) -> None:
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text))
    assert importlib.import_module(f"pylint_leaks_runtime.{name}")


def test_importing_loads_little(run_python: RunPython) -> None:
    done = run_python(
        """
        import sys
        before = set(sys.modules)
        import pylint_leaks_runtime
        heavy = {"sqlite3", "json", "subprocess", "inspect", "dataclasses", "signal"}
        heavy |= {"asyncio", "multiprocessing", "concurrent", "socket"}
        print(sorted(heavy & (set(sys.modules) - before)))
        """
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_the_package_works_where_sqlite_is_missing(run_python: RunPython) -> None:
    done = run_python(
        """
        import sys, threading
        sys.modules["sqlite3"] = None
        from pylint_leaks_runtime import connect, thread_manager
        print(thread_manager.track(threading.Thread()).ident)
        try:
            connect(":memory:")
        except ImportError as error:
            print(type(error).__name__)
        """
    )
    assert (done.stdout, done.stderr) == ("None\nModuleNotFoundError\n", "")


def test_the_package_is_marked_as_typed() -> None:
    assert (FOLDER / "py.typed").read_bytes() == b""


def test_no_module_is_left_out_of_this_test() -> None:
    expected: List[str] = ["_api", "_threads", "_registry", "_sqlite"]
    assert set(expected) <= set(MODULES)
