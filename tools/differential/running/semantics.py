"""What Python and the libraries do, written down from their documentation and apart from the product's tables."""

# Releases that are more than letting go: they wait, say goodbye, stop something. Others see them.
NOISY = {
    "join", "wait", "communicate", "poll", "quit", "logout", "terminate", "shutdown", "stop", "cancel", "loop_stop",
    "wait_for_termination", "unlink", "cancel_join_thread", "join_thread", "ensure_closed", "abort", "destroy",
}
# After these the object still answers.
STILL_USABLE = {"join", "wait", "communicate", "poll", "cancel", "stop", "quit", "loop_stop", "unlink", "logout"}

# Saying goodbye is all that these releases do besides letting go, or collecting the object does the same (CPython,
# `Pool._terminate`): where a resource was lost, a fix may add them.
GOODBYE = {"quit", "logout", "terminate", "unlink"}
# The same of one method for some types: a bus is only closed by it, and a manager that is collected is shut down
# (CPython, `BaseManager.start`, `util.Finalize`).
GOODBYE_OF = {
    "can.Bus", "cassandra.cluster.Cluster", "multiprocessing.managers.SyncManager",
    "multiprocessing.managers.BaseManager", "multiprocessing.managers.SharedMemoryManager",
}


def is_goodbye(row, release):
    """Whether a release does nothing to others that losing the resource does not do."""
    return release in GOODBYE or (release == "shutdown" and row["type"] in GOODBYE_OF)


# What leaving `with` does: the release method it equals, and what else it does that a release does not.
EXIT_METHODS = {
    "concurrent.futures.InterpreterPoolExecutor": "shutdown",
    "concurrent.futures.ProcessPoolExecutor": "shutdown",
    "concurrent.futures.ThreadPoolExecutor": "shutdown",
    "multiprocessing.pool.Pool": "terminate",
    "multiprocessing.managers.SyncManager": "shutdown",
    "multiprocessing.managers.BaseManager": "shutdown",
    "multiprocessing.managers.SharedMemoryManager": "shutdown",
    "subprocess.Popen": "wait",
    "smtplib.SMTP": "quit",
    "smtplib.SMTP_SSL": "quit",
    "smtplib.LMTP": "quit",
    "ftplib.FTP": "quit",
    "ftplib.FTP_TLS": "quit",
    "imaplib.IMAP4": "logout",
    "imaplib.IMAP4_SSL": "logout",
    "ldap3.Connection": "unbind",
    "zmq.Context": "destroy",
    "zmq.asyncio.Context": "destroy",
    "cassandra.cluster.Cluster": "shutdown",
    "can.Bus": "shutdown",
}
# Commits when the body ends, rolls back when it raises, then closes (psycopg 3, "Connection context").
EXIT_COMMITS = {"psycopg.Connection", "psycopg.AsyncConnection"}
# Enters something global besides (TensorFlow, "Session"; snowflake commits with autocommit off).
EXIT_MORE = {"tensorflow.compat.v1.Session", "snowflake.connector.SnowflakeConnection"}

# Neither the constructor nor the start of these fails in a way that a caller guards against.
NEVER_FAILS = {"threading.Thread", "threading.Timer"}
# Their files and folders are deleted at the release, or when they are collected.
DELETES = {"tempfile.NamedTemporaryFile", "tempfile.TemporaryDirectory", "tempfile.TemporaryFile"}
DETACHED = {
    "read": "[1, 2]", "readlines": ["one\n", "two\n"], "fetchall": [("one",), ("two",)], "fetchone": ("one",),
    "recv": b"got", "result": "computed", "all": ["a", "b"], "fetch": [("one",)], "write": 4, "is_alive": True,
}
# Attributes that are plain values.
PLAIN = {"name": "name", "text": "text", "size": 7, "pid": 4711, "sockets": ("s",), "mode": "r", "returncode": 0}
# What a method gives that needs its object later.
DERIVED = {"cursor", "execute", "part", "get", "submit", "map", "makefile", "stream", "open", "request"}
