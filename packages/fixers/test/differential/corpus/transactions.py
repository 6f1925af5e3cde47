"""`with` on a connection: it ends the transaction and must go on doing so."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict


def fixed_insert(env):
    with sqlite3.connect(env.db) as connection:
        connection.execute("insert into items (name) values ('new')")


def fixed_failing_body(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('lost')")
        if env.decide():
            raise ValueError("roll back")
        env.step("between")


def fixed_swallowed_failure(env):
    try:
        with sqlite3.connect(env.db) as c:
            c.execute("insert into items (name) values ('x')")
            env.step("may fail")
    except Exception as error:
        return str(error)
    return "fine"


def fixed_early_return(env):
    with sqlite3.connect(env.db) as c:
        c.execute("delete from items where id = 1")
        if env.decide():
            return "early"
        c.execute("delete from items where id = 2")
    return "late"


def fixed_fetched_rows(env):
    with sqlite3.connect(env.db) as c:
        cursor = c.cursor()
        cursor.execute("select name from items order by id")
        rows = cursor.fetchall()
    return [name for (name,) in rows]


def fixed_returned_from_inside(env):
    with sqlite3.connect(env.db) as c:
        return c.execute("select count(*) from items").fetchone()[0]


def fixed_no_name(env):
    with sqlite3.connect(env.db):
        env.step("nothing done")
    return "done"


def fixed_two_in_a_row(env):
    with sqlite3.connect(env.db) as conn:
        conn.execute("insert into items (name) values ('a')")
    with sqlite3.connect(env.db) as conn:
        conn.execute("insert into items (name) values ('b')")


def fixed_loop(env):
    names = OrderedDict()
    for number in range(3):
        with sqlite3.connect(env.db) as conn:
            if env.decide():
                continue
            conn.execute("insert into items (name) values (?)", (str(number),))
            names[number] = conn.execute("select max(id) from items").fetchone()
    return names


def fixed_loop_with_break(env):
    for number in range(2):
        with sqlite3.connect(env.db) as conn:
            conn.execute("update items set name = ?", (str(number),))
            if env.decide():
                break
    else:
        return "all"
    return "some"


def fixed_two_items(env):
    with open(env.path) as source, sqlite3.connect(env.db) as c:
        for line in source:
            c.execute("insert into items (name) values (?)", (line.strip(),))


def fixed_many_lines(env):
    with sqlite3.connect(
        env.db,  # where it is
        timeout=5,
    ) as c:
        c.execute("insert into items (name) values ('wide')")


def fixed_continued_line(env):
    with sqlite3.connect(env.db) \
            as c:
        c.execute("insert into items (name) values ('joined')")


def fixed_parenthesised_call(env):
    with (sqlite3.connect(env.db)) as c:
        c.execute("insert into items (name) values ('brackets')")


def fixed_one_line(env):
    with sqlite3.connect(env.db) as c: c.execute("insert into items (name) values ('short')")


def fixed_explicit_commit(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('1')")
        c.commit()
        env.step("after commit")
        c.execute("insert into items (name) values ('2')")


def fixed_explicit_rollback(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('1')")
        if env.decide():
            c.rollback()


def fixed_nested_with(env):
    with sqlite3.connect(env.db) as outer:
        with outer:
            outer.execute("insert into items (name) values ('inner')")
        outer.execute("insert into items (name) values ('outer')")


def fixed_close_behind(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('x')")
    c.close()
    return "closed"


def fixed_row_factory(env):
    with sqlite3.connect(env.db) as c:
        c.row_factory = sqlite3.Row
        rows = c.execute("select * from items").fetchall()
    return [dict(row) for row in rows]


def fixed_generator(env):
    with sqlite3.connect(env.db) as c:
        for row in c.execute("select name from items"):
            yield row[0]


async def fixed_coroutine(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('async')")
    return env.step("done")


def _fill(connection, env):
    cursor = connection.cursor()
    cursor.execute("insert into items (name) values ('helper')")
    return env.step("filled")


def fixed_helper_of_the_file(env):
    with sqlite3.connect(env.db) as c:
        what = _fill(c, env)
    return what


def fixed_comprehension(env):
    with sqlite3.connect(env.db) as c:
        names = [row[0].upper() for row in c.execute("select name from items")]
        total = sum(len(name) for name in names)
    return names, total


def fixed_isolation_level_none(env):
    with sqlite3.connect(env.db, isolation_level=None) as c:
        c.execute("insert into items (name) values ('at once')")
        env.step("after")


class _Store:
    def __init__(self, env):
        self.env = env

    def _connect(self):
        connection = sqlite3.connect(self.env.db)
        connection.row_factory = sqlite3.Row
        return connection

    def add(self, name):
        with self._connect() as connection:
            connection.execute("insert into items (name) values (?)", (name,))
            self.env.step("added")

    def names(self):
        with self._connect() as connection:
            cursor = connection.execute("select name from items")
            return [row["name"] for row in cursor.fetchall()]


def fixed_store(env):
    store = _Store(env)
    store.add("stored")
    return store.names()


def kept_cursor_used_after(env):
    with sqlite3.connect(env.db) as c:
        cursor = c.execute("select name from items")
    return cursor.fetchall()


def kept_connection_used_after(env):
    with sqlite3.connect(env.db) as c:
        c.execute("insert into items (name) values ('x')")
    return c.total_changes


def kept_cursor_returned(env):
    with sqlite3.connect(env.db) as c:
        return c.execute("select name from items")


def kept_iterator_returned(env):
    with sqlite3.connect(env.db) as c:
        return map(len, c.execute("select name from items"))


def kept_alias_used_after(env):
    with sqlite3.connect(env.db) as c:
        other = c
    return other.execute("select 1").fetchone()


def kept_method_used_after(env):
    with sqlite3.connect(env.db) as c:
        query = c.execute
    return query("select 1").fetchone()


def kept_stored(env):
    with sqlite3.connect(env.db) as c:
        env.kept.append(c)
    return env.kept[0].execute("select 1").fetchone()


def kept_closure(env):
    with sqlite3.connect(env.db) as c:
        def names():
            return c.execute("select name from items").fetchall()
    return names()


def kept_lambda(env):
    with sqlite3.connect(env.db) as c:
        count = lambda: c.execute("select count(*) from items").fetchone()
    return count()


def kept_used_by_handler(env):
    try:
        with sqlite3.connect(env.db) as c:
            c.execute("insert into items (name) values ('x')")
            env.step("may fail")
    except Exception:
        return c.execute("select count(*) from items").fetchone()
    return None


def kept_next_round(env):
    c = None
    for _ in range(2):
        if c is not None:
            env.step(str(c.total_changes))
        with sqlite3.connect(env.db) as c:
            c.execute("insert into items (name) values ('x')")


def kept_finally_closes(env):
    c = None
    try:
        with sqlite3.connect(env.db) as c:
            c.execute("insert into items (name) values ('x')")
    finally:
        if c is not None:
            c.close()


def kept_tuple(env):
    with sqlite3.connect(env.db) as c:
        pair = (c, "label")
    return pair[0].execute("select 1").fetchone()


def kept_generator_expression(env):
    with sqlite3.connect(env.db) as c:
        names = (name for (name,) in c.execute("select name from items"))
    return list(names)


class _Session(sqlite3.Connection):
    def __exit__(self, *details):
        return super().__exit__(*details)


def kept_own_class(env):
    with sqlite3.connect(env.db, factory=_Session) as c:
        return c.execute("select 1").fetchone()


def kept_shared_memory(env):
    with sqlite3.connect("file:shared?mode=memory&cache=shared", uri=True) as c:
        return c.execute("select 1").fetchone()


def _remember(env, connection):
    env.kept.append(connection)


def kept_helper_keeps_it(env):
    with sqlite3.connect(env.db) as c:
        _remember(env, c)
    return env.kept[0].execute("select 1").fetchone()
