"""Connections that are opened by hand: closed on some paths, on the normal ones, or never."""

import contextlib
import sqlite3


def fixed_lost_on_exception(env):
    conn = sqlite3.connect(env.db)
    conn.execute("insert into items (name) values ('x')")
    conn.commit()
    conn.close()


def fixed_no_commit_stays_none(env):
    conn = sqlite3.connect(env.db)
    conn.execute("insert into items (name) values ('never written')")
    env.step("between")
    conn.close()


def fixed_never_closed(env):
    conn = sqlite3.connect(env.db)
    cursor = conn.cursor()
    cursor.execute("insert into items (name) values ('x')")
    conn.commit()
    env.step("after")
    return "done"


def fixed_never_closed_no_commit(env):
    conn = sqlite3.connect(env.db)
    conn.execute("insert into items (name) values ('rolled back')")


def fixed_early_return(env):
    conn = sqlite3.connect(env.db)
    if env.decide():
        return None
    rows = conn.execute("select name from items").fetchall()
    conn.close()
    return rows


def fixed_early_return_closes(env):
    conn = sqlite3.connect(env.db)
    if env.decide():
        conn.close()
        return None
    rows = conn.execute("select name from items").fetchall()
    env.step("rows")
    conn.close()
    return rows


def fixed_returns_inside(env):
    conn = sqlite3.connect(env.db)
    if env.decide():
        return conn.execute("select count(*) from items").fetchone()
    return conn.execute("select name from items").fetchall()


def fixed_in_try(env):
    try:
        conn = sqlite3.connect(env.db)
        conn.execute("insert into items (name) values ('x')")
        conn.commit()
        conn.close()
    except Exception as error:
        return str(error)
    return "ok"


def fixed_try_inside(env):
    conn = sqlite3.connect(env.db)
    try:
        conn.execute("insert into items (name) values ('x')")
        env.step("between")
        conn.commit()
    except ValueError:
        return "value"
    conn.close()
    return "ok"


def fixed_with_inside(env):
    conn = sqlite3.connect(env.db)
    with conn:
        conn.execute("insert into items (name) values ('x')")
    env.step("between")
    conn.close()


def fixed_guarded_close(env):
    conn = sqlite3.connect(env.db)
    rows = conn.execute("select 1").fetchall()
    if conn:
        conn.close()
    return rows


def fixed_loop(env):
    results = []
    for _ in range(2):
        conn = sqlite3.connect(env.db)
        if env.decide():
            break
        results.append(conn.execute("select count(*) from items").fetchone())
        conn.close()
    return results


def fixed_chained(env):
    return sqlite3.connect(env.db).execute("select name from items").fetchall()


def fixed_chained_assignment(env):
    rows = (
        sqlite3.connect(env.db)
        .execute("select name from items")  # all of them
        .fetchall()
    )
    return rows


def fixed_chained_loop(env):
    names = []
    for (name,) in sqlite3.connect(env.db).execute("select name from items"):
        names.append(name)
        if env.decide():
            break
    return names


def fixed_chained_list_loop(env):
    names = []
    for (name,) in sqlite3.connect(env.db).execute("select name from items").fetchall():
        names.append(name)
        env.step(name)
    return names


def fixed_discarded(env):
    sqlite3.connect(env.db)
    return env.step("after")


def fixed_triple_quoted(env):
    conn = sqlite3.connect(env.db)
    conn.execute("""
insert into items (name)
    values ('two
lines')
""")
    label = f"""
  {env.step('inside')}
"""
    conn.commit()
    conn.close()
    return label


def fixed_continued_strings(env):
    conn = sqlite3.connect(env.db)
    sql = 'select name \
from items'
    rows = conn.execute(sql) \
        .fetchall()
    conn.close()
    return rows


def fixed_nested_function(env):
    conn = sqlite3.connect(env.db)

    def count():
        """Counts.

        Them all.
        """
        return conn.execute("select count(*) from items").fetchone()

    first = count()
    conn.close()
    return first, count.__doc__


def fixed_semicolon(env):
    conn = sqlite3.connect(env.db)
    conn.execute("insert into items (name) values ('x')"); conn.commit(); conn.close()
    return "done"


def fixed_two_connections(env):
    one = sqlite3.connect(env.db)
    two = sqlite3.connect(env.db)
    rows = two.execute("select name from items").fetchall()
    two.close()
    one.execute("insert into items (name) values ('x')")
    one.close()
    return rows


def fixed_deleted_after(env):
    conn = sqlite3.connect(env.db)
    rows = conn.execute("select 1").fetchall()
    conn.close()
    del conn
    return rows


def fixed_while_else(env):
    conn = sqlite3.connect(env.db)
    rounds = 0
    while rounds < 2:
        rounds += 1
        if env.decide():
            break
        conn.execute("insert into items (name) values (?)", (rounds,))
    else:
        conn.commit()
    conn.close()
    return rounds


def _connect(env):
    return sqlite3.connect(env.db)


def fixed_factory(env):
    conn = _connect(env)
    conn.execute("insert into items (name) values ('x')")
    conn.commit()
    conn.close()


def fixed_existing_closing(env):
    with contextlib.closing(sqlite3.connect(env.db)) as first:
        second = sqlite3.connect(env.db)
        rows = second.execute("select name from items").fetchall()
        second.close()
        return rows, first.total_changes


def kept_returned_cursor(env):
    conn = sqlite3.connect(env.db)
    cursor = conn.execute("select name from items")
    return cursor


def kept_finally(env):
    conn = sqlite3.connect(env.db)
    try:
        return conn.execute("select 1").fetchone()
    finally:
        conn.close()


def kept_used_by_handler(env):
    try:
        conn = sqlite3.connect(env.db)
        conn.execute("insert into items (name) values ('x')")
        env.step("may fail")
        conn.close()
    except Exception:
        conn.rollback()
        return "rolled back"
    return "ok"


def kept_two_targets(env):
    conn = also = sqlite3.connect(env.db)
    rows = conn.execute("select 1").fetchall()
    env.step(str(also.total_changes))
    conn.close()
    return rows


def fixed_annotated(env):
    conn: sqlite3.Connection = sqlite3.connect(env.db)
    rows = conn.execute("select 1").fetchall()
    conn.close()
    return rows


def kept_conditional(env):
    conn = sqlite3.connect(env.db) if env.decide() else sqlite3.connect(":memory:")
    rows = conn.execute("select 1").fetchall()
    conn.close()
    return rows


def kept_close_in_other_block(env):
    conn = None
    if env.decide():
        conn = sqlite3.connect(env.db)
    env.step("between")
    if conn is not None:
        conn.close()


def kept_used_in_other_block(env):
    conn = None
    if env.decide():
        conn = sqlite3.connect(env.db)
    env.step("between")
    if conn is not None:
        env.step(str(conn.execute("select 1").fetchone()))
        conn.close()


def _maybe(env):
    if env.decide():
        return None
    return sqlite3.connect(env.db)


def kept_factory_of_none(env):
    conn = _maybe(env)
    if conn is None:
        return "nothing"
    rows = conn.execute("select 1").fetchall()
    conn.close()
    return rows


def kept_order_of_evaluation(env):
    return env.step("first"), sqlite3.connect(env.db).execute("select 1").fetchone()


def kept_inside_condition(env):
    return env.decide() and sqlite3.connect(env.db).execute("select 1").fetchone()


def kept_inside_lambda(env):
    count = lambda: sqlite3.connect(env.db).execute("select 1").fetchone()
    return count()


def kept_one_line_suite(env):
    if env.decide(): conn = sqlite3.connect(env.db); conn.execute("select 1"); conn.close()
    return "done"
