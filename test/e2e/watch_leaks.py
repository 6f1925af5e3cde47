"""Runs a module of a package and notes what the package leaves open: `watch_leaks.py REPORT PACKAGE MODULE [ARGUMENT...]`.

The report is a list of `{"kind", "stack"}`: one entry for every SQLite connection that is never closed, and for every file
that is collected while it is open. `stack` says where it was opened, innermost first, as `[file, line]` inside the package.

Connections are held until the end, because only that tells the same on all versions of CPython: from 3.11 on they are
collected sometime, before at once. Files are not held: CPython itself says when one is collected open, and then it closes
it, which the program may rely on.
"""

import gc
import json
import os
import runpy
import sqlite3
import sys
import tracemalloc
import warnings

FRAMES = 25

connections = []
leaks = []


def inside(frames, folder):
    """Those of `(file, line)` that lie in the package, with the file relative to the folder around the package."""
    parent = os.path.dirname(folder)
    return [[os.path.relpath(file, parent), line] for file, line in frames if file.startswith(folder + os.sep)]


def watch_connections(folder):
    connect = sqlite3.connect

    def watched(*args, **kwargs):
        connection = connect(*args, **kwargs)
        frames, frame = [], sys._getframe(1)
        while frame is not None:
            frames.append((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back
        connections.append((connection, inside(frames, folder)))
        return connection

    sqlite3.connect = watched


def watch_files(folder):
    def note(warning):
        if issubclass(warning.category, ResourceWarning) and warning.source is not None:
            trace = tracemalloc.get_object_traceback(warning.source) or ()
            frames = [(frame.filename, frame.lineno) for frame in reversed(list(trace))]
            leaks.append({"kind": "file", "what": repr(warning.source)[:200], "stack": inside(frames, folder)})

    tracemalloc.start(FRAMES)
    warnings.simplefilter("always", ResourceWarning)
    # `showwarning` is not told the object.
    warnings._showwarnmsg = note


def is_open(connection):
    try:
        connection.total_changes
    except sqlite3.ProgrammingError:
        return False
    return True


def main():
    report, package, module, *arguments = sys.argv[1:]
    folder = os.path.join(os.getcwd(), package)
    sys.path.insert(0, os.getcwd())
    watch_files(folder)
    watch_connections(folder)
    sys.argv = [module, *arguments]
    code = 0
    try:
        runpy.run_module(f"{package}.{module}", run_name="__main__", alter_sys=True)
    except SystemExit as exit:
        code = exit.code
    gc.collect()
    # What modules own lives as long as the program.
    warnings.simplefilter("ignore", ResourceWarning)
    for connection, stack in connections:
        if is_open(connection):
            leaks.append({"kind": "connection", "what": repr(connection), "stack": stack})
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"code": code, "connections": len(connections), "leaks": leaks}, file)


if __name__ == "__main__":
    main()
