"""Where things were made that are open now: noted when they are made, looked up when something was left open."""

from __future__ import annotations

import itertools
import os
import sys
import weakref
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import _audit
from ._library import creating_frame, self_of
from ._sites import Site

# From a listener: itself, the hook that calls it, and then whoever caused the event.
_CAUSE = 2


class Creation(NamedTuple):
    """One thing that was made.

    Attributes:
        site: Where, if any frame of the program was involved.
        owner: What was going on meanwhile, as :attr:`Creations.owner` says.
        sequence: Grows with every creation.
        name: The database of a connection.
    """

    site: Optional[Site]
    owner: object
    sequence: int
    name: str = ""


class Creations:
    """Notes what is made from :meth:`start` on. What is noted is not kept alive.

    Attributes:
        owner: What is going on now; every creation remembers it.
    """

    def __init__(self) -> None:
        self.owner: object = None
        self.cancelled_tasks: Dict[str, Creation] = {}
        self._sequence = itertools.count(1)
        self._files: Dict[Tuple[str, str], Creation] = {}
        self._objects: Dict[int, Tuple[Callable[[], Any], Creation]] = {}
        self._folder: Optional[str] = None
        self._listening: List[Tuple[str, _audit.Listener]] = []

    def start(self, *, tasks: bool) -> None:
        """Begin.

        Args:
            tasks: Whether asyncio tasks are wanted too; that loads ``asyncio``.
        """
        self._listening = [
            ("open", self._on_open),
            ("os.chdir", self._on_chdir),
            ("socket.__new__", self._on_object),
            (_audit.SQLITE, self._on_connection),
            ("subprocess.Popen", self._on_popen),
            (_audit.THREAD, self._on_object),
        ]
        if tasks:
            self._listening += [(_audit.TASK, self._on_object), (_audit.LOOP_END, self._on_loop_end)]
        for event, listener in self._listening:
            _audit.listen(event, listener)

    def stop(self) -> None:
        """End."""
        for event, listener in self._listening:
            _audit.ignore(event, listener)
        self._listening = []

    def of_file(self, path: str) -> Optional[Creation]:
        """The latest opening of a file, by the path that the system gives for its descriptor."""
        candidates = [made for (folder, name), made in self._files.items() if _is_same(path, folder, name)]
        return max(candidates, key=lambda made: made.sequence, default=None)

    def of_object(self, obj: object) -> Optional[Creation]:
        """The making of an object."""
        found = self._objects.get(id(obj))
        return found[1] if found is not None and found[0]() is obj else None

    def objects(self) -> Iterator[Tuple[Any, Creation]]:
        """The sockets, connections, children, threads and tasks that were noted and still exist."""
        for reference, made in list(self._objects.values()):
            obj = reference()
            if obj is not None:
                yield obj, made

    def forget_gone(self) -> None:
        """Drop paths, and objects that do not exist any more."""
        self._files.clear()
        self.cancelled_tasks.clear()
        for key, (reference, _) in list(self._objects.items()):
            if reference() is None:
                self._objects.pop(key, None)

    def _make(self) -> Creation:
        frame = creating_frame()
        site = None if frame is None else Site(frame.f_code, frame.f_lasti)
        return Creation(site, self.owner, next(self._sequence))

    def _on_open(self, arguments: Tuple[Any, ...]) -> None:
        path = arguments[0]
        # Imports open files too, and close them.
        if isinstance(path, int) or sys._getframe(_CAUSE).f_code.co_filename.startswith("<frozen importlib"):
            return
        self._files[self._where(), os.fsdecode(path)] = self._make()

    def _where(self) -> str:
        if self._folder is None:
            self._folder = os.getcwd()
        return self._folder

    def _on_chdir(self, arguments: Tuple[Any, ...]) -> None:
        # It has not happened yet.
        self._folder = None

    def _on_object(self, arguments: Tuple[Any, ...]) -> None:
        obj = arguments[0]
        self._objects[id(obj)] = (weakref.ref(obj), self._make())

    def _on_connection(self, arguments: Tuple[Any, ...]) -> None:
        connection, database = arguments
        name = os.fsdecode(database)
        made = self._make()._replace(name=name)
        self._objects[id(connection)] = (weakref.ref(connection), made)
        # On disk it has a descriptor too.
        self._files[self._where(), name] = made

    def _on_popen(self, arguments: Tuple[Any, ...]) -> None:
        child = self_of("_execute_child")
        if child is not None:
            self._objects[id(child)] = (weakref.ref(child), self._make())

    def _on_loop_end(self, arguments: Tuple[Any, ...]) -> None:
        import asyncio

        for task in asyncio.all_tasks(arguments[0]):
            made = self.of_object(task)
            if made is not None and not task.done():
                self.cancelled_tasks[task.get_name()] = made


def _is_same(path: str, folder: str, name: str) -> bool:
    if path.rpartition("/")[2] != name.rpartition("/")[2]:
        return False
    return os.path.realpath(os.path.join(folder, name)) == path
