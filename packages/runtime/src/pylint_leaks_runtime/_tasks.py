"""Asyncio tasks that nobody refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

TaskT = TypeVar("TaskT", bound="asyncio.Future[Any]")

_FIRST_TASK_SWEEP = 32


class TaskKeeper:
    """Holds tasks until they are done. An event loop holds them weakly: a task nobody refers to can vanish half-way.

    Nothing asks a task for its exception, so asyncio still complains about one that is never retrieved.
    """

    def __init__(self) -> None:
        self._tasks: set[asyncio.Future[Any]] = set()
        self._sweep_at = _FIRST_TASK_SWEEP

    def track(self, task: TaskT) -> TaskT:
        """Hold a task until it is done. Never raises.

        Args:
            task: The task. Anything else is returned untouched.

        Returns:
            The same object.
        """
        try:
            if not task.done():
                task.add_done_callback(self._tasks.discard)
                self._tasks.add(task)
            if len(self._tasks) >= self._sweep_at:
                self._sweep()
        except Exception:
            # The promise to change nothing weighs more than knowing about one task.
            pass
        return task

    def pending(self) -> list[asyncio.Future[Any]]:
        """The tasks that are held now, in no particular order."""
        self._sweep()
        return list(self._tasks.copy())

    def _sweep(self) -> None:
        # A task whose loop was closed is never done, and its callback never runs.
        for task in self._tasks.copy():
            if task.done() or task.get_loop().is_closed():
                self._tasks.discard(task)
        self._sweep_at = max(_FIRST_TASK_SWEEP, 2 * len(self._tasks))
