"""What is open at one moment, with the objects behind it where they can be had."""

from __future__ import annotations

import os
import re
import sys
import threading
from typing import Any, Dict, FrozenSet, NamedTuple, Optional, Tuple

from ._closers import is_closed_sqlite
from ._creations import Creation, Creations
from ._snapshot import LeakKind, identity_of, snapshot

Key = Tuple[object, ...]
# SQLite keeps files of its own beside the database.
_DATABASE_FILE = re.compile(r"-(wal|shm|journal)$")
SNAPSHOT_KINDS: Dict[str, LeakKind] = {"threads": "thread", "fds": "fd", "children": "child"}
_WORDS = {leak_kind: kind for kind, leak_kind in SNAPSHOT_KINDS.items()}
KINDS = (*SNAPSHOT_KINDS, "sqlite", "tasks", "sockets")


class Open(NamedTuple):
    """Something that is open.

    Attributes:
        kind: One of :data:`KINDS`.
        name: What it is called, for people.
        made: Where it was made, if that was noted.
        number: Its descriptor or process id, if it has one.
        address: The ``id`` of the object, if it could be found; it holds for as long as the thing is open.
    """

    kind: str
    name: str
    made: Optional[Creation]
    number: Optional[int] = None
    address: Optional[int] = None


def open_now(kinds: FrozenSet[str], creations: Creations) -> Dict[Key, Open]:
    """Look at what is open.

    Args:
        kinds: What to look at.
        creations: What is known about where things were made.

    Returns:
        What is open, under keys that stay the same for as long as the thing does. Nothing is kept open by being listed.
    """
    found: Dict[Key, Open] = {}
    for leak in snapshot([SNAPSHOT_KINDS[kind] for kind in SNAPSHOT_KINDS if kind in kinds]).found.values():
        kind = _WORDS[leak.kind]
        found[kind, leak.identity, leak.name if kind == "fds" else ""] = Open(kind, leak.name, None, leak.identity)
    for obj, made in creations.objects():
        thing = _open_object(obj, made)
        if thing is not None and thing.kind in kinds:
            found[thing.kind, made.sequence] = thing
    if "tasks" in kinds:
        for name, made in creations.cancelled_tasks.items():
            found["tasks", made.sequence] = Open("tasks", f"{name}, cancelled with its loop", made)
    return found


def _open_object(obj: Any, made: Creation) -> Optional[Open]:
    if _is_of("socket", "socket", obj):
        return None if obj.fileno() < 0 else Open("sockets", _socket_name(obj), made, obj.fileno(), id(obj))
    if _is_of("sqlite3", "Connection", obj):
        return None if is_closed_sqlite(obj) else Open("sqlite", made.name, made, None, id(obj))
    if _is_of("asyncio", "Task", obj) and not obj.done() and not obj.get_loop().is_closed():
        return Open("tasks", obj.get_name(), made, None, id(obj))
    return None


def _is_of(module: str, name: str, obj: object) -> bool:
    # What was never imported has no instances.
    cls = getattr(sys.modules.get(module), name, None)
    return isinstance(cls, type) and isinstance(obj, cls)


def _socket_name(sock: Any) -> str:
    try:
        return f"{sock.family.name} {sock.getsockname()}"
    except OSError:
        return str(sock.family)


def with_origins(things: Dict[Key, Open], creations: Creations) -> Dict[Key, Open]:
    """The same things, with the objects behind them and the places of creation, where those can be found."""
    known = list(creations.objects())
    by_descriptor = {obj.fileno(): (obj, made) for obj, made in known if _is_of("socket", "socket", obj)}
    by_pid = {getattr(obj, "pid", None): (obj, made) for obj, made in known if _is_of("subprocess", "Popen", obj)}
    by_thread = {identity_of(thread): (thread, creations.of_object(thread)) for thread in threading.enumerate()}
    by_number = {"fds": by_descriptor, "children": by_pid, "threads": by_thread}
    result: Dict[Key, Open] = {}
    for key, thing in things.items():
        numbers: Dict[Any, Tuple[Any, Optional[Creation]]] = by_number.get(thing.kind, {})  # type: ignore[assignment]
        obj, made = numbers.get(thing.number, (None, thing.made))
        if thing.kind == "fds" and made is None:
            made = creations.of_file(thing.name)
        result[key] = thing._replace(made=made, address=thing.address if obj is None else id(obj))
    return result


def without_doubles(things: Dict[Key, Open]) -> Dict[Key, Open]:
    """Each thing only once: a socket's descriptor is the socket's, and a database's files are the connection's."""
    numbers = {thing.number for thing in things.values() if thing.kind == "sockets"}
    databases = {os.path.realpath(thing.name) for thing in things.values() if thing.kind == "sqlite"}
    return {
        key: thing
        for key, thing in things.items()
        if thing.kind != "fds" or (thing.number not in numbers and _DATABASE_FILE.sub("", thing.name) not in databases)
    }
