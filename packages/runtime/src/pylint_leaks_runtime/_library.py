"""Which code is the program's own, and which only serves it."""

from __future__ import annotations

import os
import sys
import sysconfig
from types import FrameType
from typing import Dict, Optional

_OWN = os.path.dirname(os.path.abspath(__file__)) + os.sep
_FOLDERS = [path for path in map(sysconfig.get_path, ("stdlib", "platstdlib")) if path]
_STDLIB = tuple(folder + os.sep for path in _FOLDERS for folder in (path, os.path.realpath(path)))
_INSTALLED = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)
_known: Dict[str, bool] = {}


def is_serving(filename: str) -> bool:
    """Whether a file belongs to the standard library or to this package, or is part of the interpreter."""
    known = _known.get(filename)
    if known is None:
        known = filename.startswith(("<frozen ", _OWN))
        known = known or (filename.startswith(_STDLIB) and not is_installed(filename))
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
