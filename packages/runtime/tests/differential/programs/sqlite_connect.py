import os
import sqlite3

with_rows = sqlite3.connect("data.db", timeout=1, isolation_level=None)
with_rows.row_factory = sqlite3.Row
with_rows.execute("CREATE TABLE t (x)")
with_rows.execute("INSERT INTO t VALUES (1)")
print([tuple(row) for row in with_rows.execute("SELECT x FROM t")], isinstance(with_rows, sqlite3.Connection))
with_rows.close()
connection = sqlite3.connect(database=os.path.join(".", "data.db"))
connection.execute("INSERT INTO t VALUES (2)")
print(connection.in_transaction, connection.total_changes, connection.isolation_level, connection.row_factory)
connection.close()
connection = sqlite3.connect("data.db")
print(connection.execute("SELECT count(*) FROM t").fetchall(), repr(connection)[:30])
connection.close()
try:
    sqlite3.connect("no/such/folder/data.db")
except sqlite3.OperationalError as error:
    print(error)
try:
    connection.execute("SELECT 1")
except sqlite3.ProgrammingError as error:
    print(error)
