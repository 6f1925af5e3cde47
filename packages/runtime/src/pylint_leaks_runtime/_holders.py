"""Who holds something: whether it can be reached from a value."""

from __future__ import annotations

import gc
import io
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, Dict, Iterable, List, Set

from ._open_now import Key, Open

_MAX_VISITED = 50_000
_NOT_ENTERED = (ModuleType, type, FrameType, CodeType, str, bytes, int, float)
# Everything can be reached from the test session.
_NOT_ENTERED_MODULES = ("_pytest.", "pluggy.", "pytest.")


def held_by(value: object, things: Dict[Key, Open]) -> Set[Key]:
    """Which things can be reached from a value, through attributes, containers and closures.

    Modules, classes and the globals of functions are not entered, nor are objects of pytest; after some ten thousand
    objects it stops looking.

    Args:
        value: Where to begin.
        things: What to look for.
    """
    by_object = {thing.address: key for key, thing in things.items() if thing.address is not None}
    by_number = {thing.number: key for key, thing in things.items() if thing.kind == "fds"}
    found: Set[Key] = set()
    seen: Set[int] = set()
    waiting: List[Any] = [value]
    while waiting and len(seen) < _MAX_VISITED and len(found) < len(things):
        obj = waiting.pop()
        if id(obj) in seen or isinstance(obj, _NOT_ENTERED) or type(obj).__module__.startswith(_NOT_ENTERED_MODULES):
            continue
        seen.add(id(obj))
        key = by_object.get(id(obj)) or by_number.get(_descriptor(obj))
        if key is not None:
            found.add(key)
        waiting.extend(_parts(obj))
    return found


def _parts(obj: object) -> Iterable[Any]:
    parts = gc.get_referents(obj)
    # Closures and defaults; not the globals, which hold everything.
    return [part for part in parts if not isinstance(part, dict)] if isinstance(obj, FunctionType) else parts


def _descriptor(obj: object) -> Any:
    if type(obj) is not io.FileIO or obj.closed:
        return None
    return obj.fileno()
