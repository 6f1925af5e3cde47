"""Which code is the program's own, and which only serves it."""

from __future__ import annotations

import os
import sys
import sysconfig
from types import FrameType
from typing import Any, Dict, Optional

_OWN = os.path.dirname(os.path.abspath(__file__)) + os.sep
_FOLDERS = [path for path in map(sysconfig.get_path, ("stdlib", "platstdlib")) if path]
_STDLIB = tuple(folder + os.sep for path in _FOLDERS for folder in (path, os.path.realpath(path)))
_INSTALLED = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)
_IMPORTERS = ("importlib._bootstrap", "_frozen_importlib", "zipimport")
"""Modules that import others; ``runpy.run_path`` asks ``zipimport`` to look into the script."""
_known: Dict[str, bool] = {}
roles: Dict[object, int] = {}
"""What :func:`role_of` said before, by the name of the module."""


def is_serving(filename: str) -> bool:
    """Whether a file belongs to the standard library or to this package, or is part of the interpreter."""
    known = _known.get(filename)
    if known is None:
        known = filename.startswith(("<frozen ", _OWN))
        known = known or (filename.startswith(_STDLIB) and not is_installed(filename))
        # A vendored copy of this package.
        known = known or filename.endswith(os.sep + "pylint_leaks_runtime.py")
        _known[filename] = known
    return known


def is_installed(filename: str) -> bool:
    """Whether a file belongs to an installed package."""
    return any(part in filename for part in _INSTALLED)


def creating_frame() -> Optional[FrameType]:
    """The frame that makes something: the nearest one that is neither the standard library's nor this package's.

    A call of ``pathlib.Path.open`` opens a file in ``pathlib``; what people want to see is who called it.
    """
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None and is_serving(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def role_of(variables: Dict[str, Any]) -> int:
    """What kind of code a module is: 0 serves programs, 1 is installed, 2 is the program itself, 3 imports modules.

    Args:
        variables: The globals of a frame. Its code would say the same, but looking at that is an audit event.
    """
    name, filename = variables.get("__name__"), str(variables.get("__file__"))
    if isinstance(name, str) and name.startswith(_IMPORTERS):
        role = 3
    elif is_serving(filename) or (name in sys.builtin_module_names):
        role = 0
    else:
        role = 1 if is_installed(filename) else 2
    roles[name] = role
    return role


def self_of(method: str) -> object:
    """The ``self`` of the nearest frame of a method with this name, if there is one close by."""
    frame: Optional[FrameType] = sys._getframe(1)
    for _ in range(8):
        if frame is None:
            break
        if frame.f_code.co_name == method:
            return frame.f_locals.get("self")
        frame = frame.f_back
    return None
