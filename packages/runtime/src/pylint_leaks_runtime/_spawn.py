"""Threads that a manager starts itself: a stop signal for the target, and a record of how it failed."""

from __future__ import annotations

import threading
from typing import Any, Callable, Mapping, NamedTuple

PARAMETER = "stop_event"


class ThreadFailure(NamedTuple):
    """An exception that ended a thread.

    The exception itself is not kept: its traceback would keep alive every local variable of every frame it passed.

    Attributes:
        thread: The name of the thread.
        exception_type: The class of the exception.
        message: ``str()`` of it.
        traceback: The text that the interpreter would print.
    """

    thread: str
    exception_type: type[BaseException]
    message: str
    traceback: str

    def __str__(self) -> str:
        return f"{self.thread}: {self.exception_type.__name__}: {self.message}"


class SpawnedThread(threading.Thread):
    """A thread that tells how it failed, and then fails as any thread does.

    The target is not wrapped, because its name is part of the thread's name, and ``threading.excepthook`` still sees
    the exception.
    """

    def __init__(self, on_failure: Callable[[ThreadFailure], object], **thread_arguments: Any) -> None:
        super().__init__(**thread_arguments)
        self._on_failure: Callable[[ThreadFailure], object] | None = on_failure

    def run(self) -> None:
        """Run the target; note what it raises, other than ``SystemExit``, and let it go on."""
        on_failure, self._on_failure = self._on_failure, None
        try:
            super().run()
        except SystemExit:
            raise
        except BaseException as error:
            if on_failure is not None:
                import traceback

                on_failure(ThreadFailure(self.name, type(error), str(error), traceback.format_exc()))
            raise


def bind_stop_event(
    target: Callable[..., object],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    stop_event: threading.Event | None,
) -> tuple[threading.Event | None, dict[str, Any]]:
    """Decide how a target learns that it has to stop.

    A target that has a parameter named ``stop_event``, or one annotated with ``threading.Event``, is given an event
    unless the caller already filled that parameter. Other targets are called exactly as asked.

    Args:
        target: What the thread will call.
        args: Positional arguments for it.
        kwargs: Keyword arguments for it.
        stop_event: The event to use; a new one is made if this is ``None`` and the target wants one.

    Returns:
        The event that will stop the target, if there is one, and the keyword arguments to call it with.
    """
    import inspect

    arguments = dict(kwargs)
    try:
        signature = inspect.signature(target)
        given = signature.bind_partial(*args, **arguments).arguments
    except (TypeError, ValueError):
        # No signature (some builtins), or wrong arguments: the thread itself reports those, as a plain one would.
        return stop_event, arguments
    wanted = [
        parameter
        for parameter in signature.parameters.values()
        if parameter.name == PARAMETER or parameter.annotation in (threading.Event, "threading.Event", "Event")
    ]
    for parameter in wanted:
        if parameter.name in given:
            filled = given[parameter.name]
            if stop_event is None and isinstance(filled, threading.Event):
                return filled, arguments
        elif parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            event = stop_event if stop_event is not None else threading.Event()
            arguments[parameter.name] = event
            return event, arguments
    return stop_event, arguments
