import sqlite3

with sqlite3.connect("data.db") as connection:
    connection.execute("CREATE TABLE t (x)")
    connection.execute("INSERT INTO t VALUES (1)")
try:
    with sqlite3.connect("data.db") as connection:
        connection.execute("INSERT INTO t VALUES (2)")
        raise KeyError("roll back")
except KeyError as error:
    print(repr(error))
with sqlite3.connect("data.db", isolation_level=None) as outer, sqlite3.connect("data.db") as inner:
    print(outer.execute("SELECT x FROM t").fetchall(), inner.execute("SELECT x FROM t").fetchall(), type(outer))
try:
    with sqlite3.connect("no/such/folder/data.db") as connection:
        print("not reached")
except sqlite3.OperationalError as error:
    print(error)
with sqlite3.connect("data.db") as connection:
    connection.execute("SELECT y FROM t")
