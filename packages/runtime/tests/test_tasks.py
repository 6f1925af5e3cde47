"""Asyncio tasks: kept until done, and otherwise as they were."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import Any, Dict, List

import pytest

from pylint_leaks_runtime import track_task
from pylint_leaks_runtime._tasks import TaskKeeper


def test_a_task_that_nobody_holds_finishes() -> None:
    results: List[bool] = []

    async def wait_for_something_only_the_task_knows() -> None:
        # Without us this task, its future and its frame are one unreachable cycle.
        future = asyncio.get_running_loop().create_future()
        futures.append(weakref.ref(future))
        results.append(await future)

    futures: List[Any] = []

    async def main() -> None:
        track_task(asyncio.ensure_future(wait_for_something_only_the_task_knows()))
        await asyncio.sleep(0)
        gc.collect()
        future = futures[0]()
        assert future is not None, "the task was collected half-way"
        future.set_result(True)
        del future
        await asyncio.sleep(0)

    asyncio.run(main())
    assert results == [True]


def test_a_task_is_let_go_when_it_is_done() -> None:
    keeper = TaskKeeper()

    async def main() -> None:
        task = keeper.track(asyncio.ensure_future(asyncio.sleep(0)))
        assert keeper.pending() == [task]
        await task
        await asyncio.sleep(0)
        assert keeper.pending() == []
        assert keeper.track(task) is task, "a finished one is not even taken"
        assert keeper.pending() == []

    asyncio.run(main())


def test_an_exception_that_nobody_retrieves_is_still_complained_about() -> None:
    complaints: List[Dict[str, Any]] = []

    async def fail() -> None:
        raise ValueError("why")

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))
        track_task(asyncio.ensure_future(fail()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(main())
    assert [str(context["exception"]) for context in complaints] == ["why"]
    assert complaints[0]["message"] == "Task exception was never retrieved"


def test_tasks_of_a_closed_loop_are_let_go() -> None:
    keeper = TaskKeeper()
    loop = asyncio.new_event_loop()
    future = keeper.track(loop.create_future())
    loop.close()
    assert keeper.pending() == []
    assert not future.done()


@pytest.mark.parametrize("thing", [None, 3, object(), print])
def test_anything_else_is_returned_untouched(thing: Any) -> None:
    assert track_task(thing) is thing
