"""The managers behind the functions of the module, made when they are first needed."""

from __future__ import annotations

from typing import Callable, Generic, TypeVar

from ._registry import ResourceRegistry
from ._sqlite import SQLiteConnectionManager
from ._tasks import TaskKeeper
from ._threads import ThreadManager

M = TypeVar("M")


class Once(Generic[M]):
    """Makes one object, however many threads ask first.

    ``setdefault`` decides the race, not a lock: a thread that loses drops its own, still empty object.

    Args:
        make: Makes the object.
    """

    def __init__(self, make: Callable[[], M]) -> None:
        self._make = make
        self._made: dict[str, M] = {}

    def __call__(self) -> M:
        made = self._made.get("it")
        return made if made is not None else self._made.setdefault("it", self._make())


default_threads = Once(ThreadManager)
default_registry = Once(ResourceRegistry)
default_connections = Once(SQLiteConnectionManager)
default_tasks = Once(TaskKeeper)
