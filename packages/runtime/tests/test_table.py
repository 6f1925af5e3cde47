"""The table under the managers: identity, weakness, and safety where locks are none."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from typing import Any, List

import pytest

from pylint_leaks_runtime._table import Table


class Thing:
    pass


def test_objects_are_told_apart_by_identity() -> None:
    class Equal:
        __hash__ = None  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            return True

    table: Table[Any, int] = Table()
    things = [Equal(), Equal()]
    for number, thing in enumerate(things):
        assert table.add(thing, number)
    assert [entry.data for _, entry in table.entries()] == [1, 0], "newest first"
    assert table.discard(things[0])
    assert not table.discard(things[0])
    assert table.find(things[0]) is None
    assert table.find(things[1]) is not None


def test_weak_unless_that_is_impossible_and_keep_is_asked_for() -> None:
    table: Table[Any, None] = Table()
    assert not table.add([], None)
    assert table.entries() == []
    assert table.add([1], None, keep=True)
    assert table.add(Thing(), None, keep=True)
    assert table.add(Thing(), None)
    gc.collect()
    assert [type(obj) for obj, _ in table.entries()] == [Thing, list]


def test_an_id_that_is_used_again_belongs_to_the_new_object() -> None:
    table: Table[Any, int] = Table()
    for number in range(200):
        thing = Thing()
        table.add(thing, number)
        found = table.find(thing)
        assert found is not None
        assert found.data == number
        del thing, found
    gc.collect()
    assert table.entries() == []


def test_a_late_callback_does_not_remove_the_successor() -> None:
    table: Table[Any, str] = Table()
    thing = Thing()
    table.add(thing, "old")
    stale = table.find(thing)
    assert stale is not None
    table.add(thing, "new")
    table._forget(stale._reference)  # type: ignore[arg-type]
    found = table.find(thing)
    assert found is not None
    assert found.data == "new"


def test_finished_objects_are_swept_when_the_table_has_doubled() -> None:
    things: List[Thing] = []
    table: Table[Thing, None] = Table(finished=lambda thing, _: True)
    for _ in range(1000):
        things.append(Thing())
        table.add(things[-1], None)
        assert len(table._entries) <= 32


def test_live_objects_make_sweeping_rarer() -> None:
    asked: List[Thing] = []
    table: Table[Thing, None] = Table(finished=lambda thing, _: bool(asked.append(thing)))  # type: ignore[func-returns-value]
    things = [Thing() for _ in range(1000)]
    for thing in things:
        table.add(thing, None)
    assert len(asked) < 3 * len(things), "a constant number of questions for each object"


def test_a_finalizer_may_use_the_table_while_it_is_in_use() -> None:
    table: Table[Any, None] = Table()
    survivors: List[Thing] = []

    class Cyclic:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            survivors.append(Thing())
            table.add(survivors[-1], None)
            table.entries()

    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for _ in range(300):
            table.add(Cyclic(), None)
            table.entries()
    finally:
        gc.set_threshold(*threshold)
    gc.collect()
    assert len(table.entries()) == len(survivors) == 300


def test_many_threads_at_once() -> None:
    table: Table[Any, int] = Table()
    errors: List[BaseException] = []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def work() -> None:
        try:
            kept = []
            for number in range(300):
                thing = Thing()
                table.add(thing, number)
                table.entries()
                if number % 3:
                    kept.append(thing)
                else:
                    table.discard(thing)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(interval)
    gc.collect()
    assert errors == []
    assert table.entries() == []


@pytest.mark.parametrize("data", [None, 0])
def test_a_table_is_freed_with_its_owner(data: Any) -> None:
    table: Table[Any, Any] = Table()
    thing = Thing()
    table.add(thing, data)
    gone = weakref.ref(table)
    del table
    gc.collect()
    assert gone() is None
