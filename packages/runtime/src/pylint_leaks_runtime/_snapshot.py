"""What is open in this process at one moment, and what has been left open since an earlier one."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Dict, Iterable, Literal, NamedTuple, Set, Tuple

from ._sqlite import open_connections
from ._table import Table

LeakKind = Literal["thread", "fd", "sqlite", "child", "task"]
KINDS: Tuple[LeakKind, ...] = ("thread", "fd", "sqlite", "child", "task")

_OWN_PREFIX = "pylint-leaks:"
_seen: Table[object, None] = Table()


class Leak(NamedTuple):
    """Something that is open now and was not before.

    Attributes:
        kind: ``"thread"``, ``"fd"``, ``"sqlite"``, ``"child"`` or ``"task"``.
        name: The thread's name, the path behind the descriptor, the database and where it was opened, and so on.
        identity: Tells it from others of its kind: a descriptor's number, a child's process id, or a running number.
    """

    kind: LeakKind
    name: str
    identity: int

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Snapshot(NamedTuple):
    """What is open at one moment.

    Attributes:
        kinds: The kinds that were looked at.
        found: What is open, by kind and identity. For descriptors the name belongs to that: one that was closed and
            opened for another file is another one.
    """

    kinds: Tuple[LeakKind, ...]
    found: Dict[Tuple[str, int, str], Leak]


def snapshot(kinds: Iterable[LeakKind] = KINDS) -> Snapshot:
    """Look at what is open.

    Costs less than a tenth of a millisecond in a small process. SQLite connections are seen if this package opened
    them, tasks if the call comes from a running event loop. Where the system has no list of open descriptors or of
    child processes, those are not looked at; without ``/proc`` only children of ``multiprocessing`` are seen.

    Args:
        kinds: What to look at.

    Returns:
        What was found, for :func:`diff`.
    """
    wanted = tuple(kinds)
    found = [leak for kind in wanted for leak in _LOOK[kind]()]
    return Snapshot(wanted, {_key(leak): leak for leak in found})


def diff(before: Snapshot, after: Snapshot) -> Tuple[Leak, ...]:
    """What is open in the second snapshot and was not in the first; only kinds that both looked at count."""
    kinds = set(before.kinds) & set(after.kinds)
    return tuple(leak for key, leak in after.found.items() if key not in before.found and leak.kind in kinds)


def _key(leak: Leak) -> Tuple[str, int, str]:
    return leak.kind, leak.identity, leak.name if leak.kind == "fd" else ""


def identity_of(obj: object) -> int:
    """A number that no other object has, not even after this one is gone."""
    # Not `id`: that of an object which is gone may be used again before the second look.
    if _seen.find(obj) is None:
        _seen.add(obj, None)
    entry = _seen.find(obj)
    return entry.sequence if entry is not None else id(obj)


def _threads() -> Iterable[Leak]:
    for thread in threading.enumerate():
        if not thread.name.startswith(_OWN_PREFIX):
            yield Leak("thread", f"{thread.name}{' (daemon)' if thread.daemon else ''}", identity_of(thread))


def _descriptors() -> Iterable[Leak]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            numbers = os.listdir(folder)
        except OSError:
            continue
        serving = _helper("_resource_tracker", "_fd")
        for number in numbers:
            if int(number) in serving:
                continue
            try:
                name = os.readlink(f"{folder}/{number}")
            except FileNotFoundError:
                # The descriptor of the listing itself.
                continue
            except OSError:
                name = f"descriptor {number}"
            yield Leak("fd", name, int(number))
        return


def _connections() -> Iterable[Leak]:
    for name, identity in open_connections():
        yield Leak("sqlite", name, identity)


def _children() -> Iterable[Leak]:
    try:
        tasks = os.listdir("/proc/self/task")
        lists = [_read(f"/proc/self/task/{task}/children") for task in tasks]
    except OSError:
        multiprocessing = sys.modules.get("multiprocessing")
        children: Iterable[Any] = multiprocessing.active_children() if multiprocessing is not None else ()
        for child in children:
            yield Leak("child", f"{child.name} (pid {child.pid})", child.pid or 0)
        return
    serving = _helper("_resource_tracker", "_pid") | _helper("_forkserver", "_forkserver_pid")
    for pid in " ".join(lists).split():
        if int(pid) in serving:
            continue
        yield Leak("child", f"pid {pid}", int(pid))


def _helper(name: str, attribute: str) -> Set[object]:
    """What ``multiprocessing`` itself keeps for as long as the process lives: not something to clean up."""
    module = sys.modules.get(f"multiprocessing.{name[1:]}")
    return {getattr(getattr(module, name, None), attribute, None)}


def _tasks() -> Iterable[Leak]:
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    current = asyncio.current_task(loop)
    for task in asyncio.all_tasks(loop):
        if task is not current:
            yield Leak("task", task.get_name(), identity_of(task))


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read()
    except FileNotFoundError:
        # A thread that ended since the listing.
        return ""


_LOOK = {"thread": _threads, "fd": _descriptors, "sqlite": _connections, "child": _children, "task": _tasks}
