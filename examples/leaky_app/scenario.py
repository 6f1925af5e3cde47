"""`python -m leaky_app.scenario WORKDIR`: runs the whole service once and prints what it did.

The transcript is the same on every run, so the runs before and after a change to the package can be compared byte by
byte: results, exceptions, and in the end the contents of every database and file. WORKDIR must be empty or missing.
With `--worker` the heartbeat worker runs as well, which needs `broken_worker.py` to compile.
"""

import os
import sqlite3
import sys

from leaky_app import file_steps, schema, snapshot, store_steps, thread_steps
from leaky_app.transcript import Folder, Transcript


def report_disk(work, log):
    """The contents of all databases and files, through connections of its own."""
    log.heading("on disk")
    for name in snapshot.files_below(work.path):
        path = work.at(*name.split("/"))
        log.line(f"-- {name}")
        if name.endswith(".db"):
            lines = snapshot.dump_database(path)
        elif name.endswith((".gz", ".tar", ".zip")):
            lines = []  # these carry times; their contents are shown above
        else:
            lines = snapshot.dump_file(path)
        for line in lines:
            log.line(line)


def main(arguments):
    folders = [argument for argument in arguments if argument != "--worker"]
    if len(folders) != 1:
        print("usage: python -m leaky_app.scenario [--worker] WORKDIR", file=sys.stderr)
        return 2
    folder = os.path.abspath(folders[0])
    if os.path.isdir(folder) and os.listdir(folder):
        print(f"{folder} is not empty", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")
    work, log = Folder(folder), Transcript(folder)
    store_steps.run_settings(work, log)
    store_steps.run_schema(work, log)
    store_steps.run_analytics(work, log)
    store_steps.run_messaging(work, log)
    store_steps.run_jobs(work, log)
    store_steps.run_agents(work, log)
    store_steps.run_ledger(work, log)
    file_steps.run_exporters(work, log)
    file_steps.run_archive(work, log)
    file_steps.run_logbook(work, log)
    thread_steps.run_monitor(log)
    thread_steps.run_dispatcher(log)
    thread_steps.run_dashboard(log)
    if "--worker" in arguments:
        thread_steps.run_worker(log)
    report_disk(work, log)
    try:
        # nobody may have left a lock behind: every database still takes a writer
        blocked = [name for name in sorted(schema.ALL) if not schema.install(work.at(name), "", version=9)]
    except sqlite3.OperationalError as error:
        blocked = [str(error)]
    log.line(f"\nblocked: {blocked}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
