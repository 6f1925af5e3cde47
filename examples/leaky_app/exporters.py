"""Writers for reports: CSV, JSON, plain text."""

import contextlib
import csv
import json
import os
import sqlite3


def export_events(database, target):
    """Write all events to a CSV file; returns how many."""
    with sqlite3.connect(database) as conn, open(target, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["agent", "kind", "payload"])
        count = 0
        for row in conn.execute("SELECT agent, kind, payload FROM events ORDER BY id"):
            writer.writerow(row)
            count += 1
    return count


def export_jobs(database, target):
    """Write the jobs as JSON; returns how many."""
    conn = sqlite3.connect(database)
    jobs = []
    for job_id, name, state in conn.execute("""
        SELECT id, name, state
          FROM jobs
      ORDER BY id
    """):
        jobs.append({"id": job_id, "name": name, "state": state})
    with open(target, "w", encoding="utf-8") as out:
        json.dump(jobs, out, indent=2)
        out.write("\n")
    conn.close()
    return len(jobs)


def write_report(target, lines):
    """Write lines to a path or to something that is already open."""
    owns = False
    if isinstance(target, str):
        out = open(target, "w", encoding="utf-8")
        owns = True
    else:
        out = target
    try:
        for line in lines:
            out.write(line + "\n")
    finally:
        if owns:
            out.close()


def write_pages(folder, lines, page_size):
    """Write lines to `page-1.txt`, `page-2.txt` and so on; returns the names."""
    names = ["page-1.txt"]
    out = open(os.path.join(folder, names[0]), "w", encoding="utf-8")
    written = 0
    for line in lines:
        if written == page_size:
            # the page is full
            names.append(f"page-{len(names) + 1}.txt")
            out = open(os.path.join(folder, names[-1]), "w", encoding="utf-8")
            written = 0
        out.write(line + "\n")
        written += 1
    out.close()
    return names


def merge_files(paths, target):
    """Put files one after the other; stops at the first that is missing."""
    with contextlib.ExitStack() as stack:
        sources = [stack.enter_context(open(path, encoding="utf-8")) for path in paths]
        out = stack.enter_context(open(target, "w", encoding="utf-8"))
        for source in sources:
            out.write(source.read())
    return len(paths)


def append_note(path, note):
    """Add a line to a file. Raises TypeError when the note is no text."""
    out = open(path, "a", encoding="utf-8")
    out.write(note + "\n")
    out.close()


def stamp(path, text):
    open(path, "w", encoding="utf-8").write(text)
