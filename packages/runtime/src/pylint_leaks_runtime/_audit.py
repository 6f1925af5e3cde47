"""What the interpreter is about to do, for those who want to know: one audit hook for the process.

An audit hook cannot be taken away again, and what it raises aborts what is being audited. So there is one, it is
installed when somebody first listens, it raises nothing, and without listeners it does nothing.

The interpreter has no event for a thread before Python 3.12 and none for asyncio tasks, and a SQLite connection that it
tells of cannot be referenced weakly, so that nobody could say later whether it is open. Those three are noticed by
going around the functions that make them, which do what they did; connections are of a subclass, as with ``connect``.
"""

from __future__ import annotations

import functools
import sys
import threading
from typing import Any, Callable, Dict, Optional, Tuple

Listener = Callable[[Tuple[Any, ...]], object]

THREAD = "pylint_leaks.thread"
"""A thread was started. Argument: the thread."""
TASK = "pylint_leaks.task"
"""A task was made. Argument: the task."""
SQLITE = "pylint_leaks.sqlite"
"""A connection was made. Arguments: the connection and the database."""
DROPPED = "pylint_leaks.dropped"
"""A connection that was told of by :data:`SQLITE` is about to be freed, closed or not. Argument: the connection."""
LOOP_END = "pylint_leaks.loop_end"
"""``asyncio.run`` is about to cancel what is left in its loop. Argument: the loop."""

_listeners: Dict[str, Tuple[Listener, ...]] = {}
_calls: Dict[str, Listener] = {}
_installed = False
is_watching_tasks = False


def listen(event: str, listener: Listener, *, now: bool = True) -> None:
    """Call a function with the arguments of every event of one name. What it raises is lost.

    Args:
        event: The event.
        listener: The function. It runs inside what is being done, whatever that is: it must be quick and take no lock.
        now: Whether ``asyncio`` is loaded now for the sake of its events; if not, somebody calls
            :func:`watch_tasks_if_loaded`.
    """
    global _installed
    _listeners[event] = (*_listeners.get(event, ()), listener)
    _refresh(event)
    if not _installed:
        _installed = True
        sys.addaudithook(_hook)
    if event == THREAD:
        _watch_threads()
    elif event == SQLITE:
        _watch_connections()
    elif event in (TASK, LOOP_END) and now:
        _watch_tasks()


def watch_tasks_if_loaded() -> None:
    """Tell of asyncio tasks from now on, if the program has loaded ``asyncio``."""
    global is_watching_tasks
    if not is_watching_tasks and "asyncio.runners" in sys.modules:
        is_watching_tasks = True
        _watch_tasks()


def ignore(event: str, listener: Listener) -> None:
    """Stop calling a function."""
    _listeners[event] = tuple(one for one in _listeners.get(event, ()) if one != listener)
    _refresh(event)


def _refresh(event: str) -> None:
    listeners = _listeners[event]
    if not listeners:
        _calls.pop(event, None)
    elif len(listeners) == 1:
        _calls[event] = listeners[0]
    else:
        _calls[event] = lambda arguments: [listener(arguments) for listener in listeners]


def _hook(event: str, arguments: Tuple[Any, ...], call_of: Callable[[str], Optional[Listener]] = _calls.get) -> None:
    # Called for every open, every import, every frame that somebody looks at: the first two lines are what it costs.
    call = call_of(event)
    if call is None:
        return
    try:
        call(arguments)
    except Exception:
        pass


def _watch_threads() -> None:
    start = threading.Thread.start
    if hasattr(start, "__wrapped__"):
        return

    @functools.wraps(start)
    def start_and_tell(self: threading.Thread) -> None:
        start(self)
        _hook(THREAD, (self,))

    threading.Thread.start = start_and_tell  # type: ignore[method-assign]


def _watch_connections() -> None:
    try:
        import sqlite3
        from sqlite3 import dbapi2
    except ImportError:
        return
    from ._sqlite import with_weak_factory

    def noticed(factory: Any) -> Any:
        """A subclass of a factory that tells when a connection is freed."""
        if not isinstance(factory, type):
            return factory
        if factory not in made:
            before = getattr(factory, "__del__", None)

            def tell(self: Any, hook: Callable[..., None] = _hook) -> None:
                hook(DROPPED, (self,))
                if before is not None:
                    before(self)

            names = {"__slots__": ("pylint_leaks_made",), "__del__": tell}
            names.update({"__module__": factory.__module__, "__qualname__": factory.__qualname__})
            made[factory] = type(factory)(factory.__name__, (factory,), names)
        return made[factory]

    made: Dict[type, type] = {}
    connect = sqlite3.connect
    if hasattr(connect, "__wrapped__"):
        return

    plain = noticed(with_weak_factory((), {})[1]["factory"])

    @functools.wraps(connect)
    def connect_and_tell(database: Any, *args: Any, **kwargs: Any) -> Any:
        if SQLITE in _calls:
            if not args and "factory" not in kwargs:
                kwargs["factory"] = plain
            else:
                args, kwargs = with_weak_factory(args, kwargs, noticed)
        connection = connect(database, *args, **kwargs)
        _hook(SQLITE, (connection, database))
        return connection

    sqlite3.connect = dbapi2.connect = connect_and_tell


def _watch_tasks() -> None:
    from asyncio import base_events, runners

    create_task = base_events.BaseEventLoop.create_task
    if hasattr(create_task, "__wrapped__"):
        return

    @functools.wraps(create_task)
    def create_task_and_tell(self: Any, *args: Any, **kwargs: Any) -> Any:
        task = create_task(self, *args, **kwargs)
        _hook(TASK, (task,))
        return task

    base_events.BaseEventLoop.create_task = create_task_and_tell  # type: ignore[method-assign]
    # Private, but the same from 3.9 on. Without it, tasks that `asyncio.run` cancels are not noticed.
    cancel_all = getattr(runners, "_cancel_all_tasks", None)
    if cancel_all is None:
        return

    @functools.wraps(cancel_all)
    def tell_and_cancel_all(loop: Any) -> Any:
        _hook(LOOP_END, (loop,))
        return cancel_all(loop)

    runners._cancel_all_tasks = tell_and_cancel_all  # type: ignore[attr-defined]
