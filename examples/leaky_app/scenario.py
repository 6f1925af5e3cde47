"""`python -m leaky_app.scenario WORKDIR`: runs the whole service once and prints what it did.

The transcript is the same on every run, so the runs before and after a change to the package can be compared byte by
byte: results, exceptions, and in the end the contents of every database and file. WORKDIR must be empty or missing.
With `--worker` the heartbeat worker runs as well, which needs `broken_worker.py` to compile.
"""

import io
import os
import socket
import sqlite3
import sys
import threading
import webbrowser

from leaky_app import (
    agents,
    analytics,
    archive,
    dashboard,
    dispatcher,
    exporters,
    gateway,
    importers,
    job_store,
    ledger,
    logbook,
    messaging,
    monitor,
    schema,
    settings,
    snapshot,
)


class Transcript:
    """Prints results and exceptions, with the working folder under a fixed name."""

    def __init__(self, folder):
        self.folder = folder

    def line(self, text):
        print(str(text).replace(self.folder, "WORK"))

    def heading(self, text):
        self.line(f"\n## {text}")

    def attempt(self, label, action, *args, **kwargs):
        """Call `action` and note what came of it; returns the result, None after an exception."""
        try:
            result = action(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the transcript is about failures, too
            self.line(f"{label} !! {type(error).__name__}: {error}")
            return None
        self.line(f"{label} -> {result!r}")
        return result


def settle():
    """Wait for every thread that is still running."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(5)


class Folder:
    """The working folder and the few files the service finds there."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path, exist_ok=True)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def put(self, name, text):
        path = self.at(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
        return path


def run_settings(work, log):
    log.heading("settings")
    path = work.put("in/settings.json", '{"agents": 2, "verbose": true}\n')
    broken = work.put("in/broken.json", '{"agents": \n')
    log.attempt("load", settings.load, path)
    log.attempt("load broken", settings.load, broken)
    log.attempt("load_or_default", settings.load_or_default, work.at("in", "nothing.json"))
    merged = log.attempt("merge", settings.merge, path, {"agents": 7})
    log.attempt("merge unknown", settings.merge, path, {"agnets": 7})
    log.attempt("save", settings.save, work.at("settings.json"), {**settings.DEFAULTS, **merged})
    log.attempt("save bad", settings.save, work.at("settings.json"), {"agents": object()})
    log.attempt("banner", settings.banner, work.put("in/banner.txt", "\n  leaky app  \n"))
    log.attempt("can_connect", settings.can_connect, work.at("fresh.db"))
    log.attempt("can_connect read-only", settings.can_connect, work.at("fresh.db"), read_only=True)
    log.attempt("can_connect missing", settings.can_connect, work.at("missing.db"), read_only=True)
    log.attempt("can_connect folder", settings.can_connect, work.at("in"))


def run_schema(work, log):
    log.heading("schema")
    for name, script in sorted(schema.ALL.items()):
        log.attempt(f"install {name}", schema.install, work.at(name), script, version=3)
    log.attempt("install again", schema.install, work.at("jobs.db"), schema.JOBS, version=4)
    log.attempt("install nonsense", schema.install, work.at("nonsense.db"), "CREATE TABEL oops;")
    log.attempt("install bad version", schema.install, work.at("nonsense.db"), "CREATE TABLE kept (x);", version="two")


def run_analytics(work, log):
    log.heading("analytics")
    store = analytics.AnalyticsStore(work.at("analytics.db"))
    log.attempt("record", store.record, "ada", "login", {"from": "desk"}, 1)
    log.attempt("record not json", store.record, "ada", "login", object(), 2)
    log.attempt("record null", store.record, None, "login", {}, 2)
    events = [("bob", "login", {}, 3), ("bob", "task", {"n": 1}, 4), ("cy", "task", [1, 2], 5)]
    log.attempt("record_many", store.record_many, events)
    log.attempt("recent", store.recent)
    log.attempt("count_by_kind", store.count_by_kind)
    log.attempt("latest", store.latest, 2)
    log.attempt("stream", lambda: [payload for (payload,) in store.stream("task")])

    empty = work.at("shard-empty.db")
    schema.install(empty, schema.ANALYTICS)
    shards = [work.at("shard-none.db"), empty, work.at("analytics.db"), work.at("analytics.db")]
    log.attempt("merge_shards", analytics.merge_shards, shards)
    log.attempt("merge_shards limit", analytics.merge_shards, shards, limit=3)
    log.attempt("merge_shards not a shard", analytics.merge_shards, [work.at("jobs.db")])
    nowhere = analytics.AnalyticsStore(work.at("nonsense.db"))
    for name in ("count_by_kind", "latest"):
        log.attempt(f"{name} without tables", getattr(nowhere, name))
    log.attempt("stream without tables", nowhere.stream, "task")


def run_messaging(work, log):
    log.heading("messaging")
    room = messaging.Mailroom(work.at("messages.db"))
    for owner in ("ada", "bob", "ada"):
        log.attempt(f"open_mailbox {owner}", room.open_mailbox, owner)
    log.attempt("send", room.send, "ada", "bob", "hello")
    log.attempt("send unknown", room.send, "ada", "zoe", "lost")
    log.attempt("send null", room.send, "ada", "bob", None)
    log.attempt("send", room.send, "ada", "bob", messaging.HANGING_WORKER_HINT.splitlines()[1].strip())
    rows = log.attempt("inbox", room.inbox, "bob")
    log.line(messaging.render(rows))
    log.attempt("inbox again", room.inbox, "bob")
    log.attempt("send", room.send, "bob", "ada", "hello yourself")
    log.attempt("drop_read", room.drop_read, "bob")
    nowhere = messaging.Mailroom(work.at("nonsense.db"))
    log.attempt("open_mailbox without tables", nowhere.open_mailbox, "ada")
    log.attempt("inbox without tables", nowhere.inbox, "ada")
    log.attempt("drop_read without tables", nowhere.drop_read, "ada")
    log.attempt("drop_read without folder", messaging.Mailroom(work.at("no", "mail.db")).drop_read, "ada")


def run_jobs(work, log):
    log.heading("jobs")
    path, nowhere = work.at("jobs.db"), work.at("nonsense.db")
    log.attempt("enqueue", job_store.enqueue, path, "index", {"pages": 3})
    log.attempt("enqueue not json", job_store.enqueue, path, "index", {1, 2})
    log.attempt("enqueue urgent", job_store.enqueue, path, "backup", [], priority=1)
    for name in ("mail", "sweep", "report"):
        log.attempt(f"enqueue {name}", job_store.enqueue, path, name, None)
    log.attempt("claim_next", job_store.claim_next, path, "w1")
    log.attempt("claim_next", job_store.claim_next, path, "w2")
    log.attempt("finish", job_store.finish, path, 2)
    log.attempt("finish failed", job_store.finish, path, 1, ValueError("no pages"))
    log.attempt("claim_next", job_store.claim_next, path, "w1")
    log.attempt("requeue_running", job_store.requeue_running, path)
    for number in (1, 2, 3, 99):
        log.attempt(f"describe {number}", job_store.describe, path, number)
    for number in (3, 4):
        log.attempt(f"finish {number}", job_store.finish, path, number)
    log.attempt("compact", job_store.compact, path, keep=1)
    log.attempt("summary", job_store.summary, path)
    log.attempt("claim_next", job_store.claim_next, path, "w3")
    log.attempt("claim_next, none left", job_store.claim_next, path, "w3")
    log.attempt("requeue_running without tables", job_store.requeue_running, nowhere)
    for call, args in (
        (job_store.enqueue, ("index", 1)),
        (job_store.claim_next, ("w1",)),
        (job_store.describe, (1,)),
        (job_store.finish, (1,)),
        (job_store.compact, ()),
        (job_store.summary, ()),
    ):
        log.attempt(f"{call.__name__} without tables", call, nowhere, *args)


def names_until_failure():
    yield "ada"
    raise ValueError("the list of names ends early")


def run_agents(work, log):
    log.heading("agents")
    path = work.at("registry.db")
    with agents.AgentRegistry(path, legacy_path=work.at("analytics.db")) as registry:
        log.attempt("register", registry.register, "dee", "scout")
        log.attempt("register null", registry.register, None, "scout")
        log.attempt("names", registry.names)
    log.attempt("names after close", registry.names)
    log.attempt("registry from nonsense", agents.AgentRegistry, path, legacy_path=work.at("nonsense.db"))
    log.attempt("promote", agents.promote, path, "dee", "lead")
    log.attempt("promote unknown", agents.promote, path, "zoe", "lead")
    log.attempt("promote to nothing", lambda: agents.promote(work.at("nonsense.db"), "dee", "lead"))
    log.attempt("mark_seen", agents.mark_seen, path, ["ada", "dee", "zoe"], 7)
    log.attempt("mark_seen interrupted", agents.mark_seen, path, names_until_failure(), 8)
    board = agents.HeartbeatBoard(path)
    log.attempt("silent", board.silent)
    log.attempt("beat", board.beat, "bob")
    log.attempt("silent", board.silent)
    log.attempt("list_agents", agents.list_agents, path)
    log.attempt("list_agents without tables", agents.list_agents, work.at("nonsense.db"))


def run_ledger(work, log):
    log.heading("ledger and importers")
    path = work.at("ledger.db")
    good = work.put("in/entries.csv", "month,amount,note\n2031-01,40,seed\n2031-01,-15,tea\n2031-02,5,\n")
    bad = work.put("in/bad.csv", "month,amount,note\n2031-03,1,ok\n2031-03,much,no\n")
    log.attempt("load_entries", importers.load_entries, path, good)
    log.attempt("load_entries bad", importers.load_entries, path, bad)
    log.attempt("load_entries without tables", importers.load_entries, work.at("nonsense.db"), good)
    log.attempt("read_months", importers.read_months, good)
    log.attempt("read_months missing", importers.read_months, work.at("in", "missing.csv"))
    log.attempt("rows_of", lambda: next(importers.rows_of(good)))
    log.attempt("close_month", ledger.close_month, path, "2031-01", 0, 25)
    log.attempt("close_month", ledger.close_month, path, "2031-02", 25, 31)
    log.attempt("close_month twice", ledger.close_month, path, "2031-02", 25, 32)
    log.attempt("close_month overdrawn", ledger.close_month, path, "2031-03", 31, -4)
    log.attempt("balance", ledger.balance, path)
    log.attempt("balance without tables", ledger.balance, work.at("nonsense.db"))
    log.attempt("audit", ledger.audit, path)
    log.attempt("audit archive", ledger.audit, "unused.db", archive=path)
    log.attempt("audit without tables", ledger.audit, work.at("nonsense.db"))

    one = work.put("in/one.txt", "Fruit\napple\nfig\n")
    two = work.put("in/two.txt", "\nignored\n")
    log.attempt("first_line", importers.first_line, one)
    log.attempt("count_lines", importers.count_lines, one)
    log.attempt("import_lists", importers.import_lists, [one, two, one])
    log.attempt("import_lists missing", importers.import_lists, [one, work.at("in", "no.txt")])
    events = work.put("in/events.jsonl", '{"agent": "eve", "kind": "task", "payload": {}, "at": 9}\n')
    log.attempt("read_events", importers.read_events, events)
    log.attempt("read_events bad", importers.read_events, work.put("in/bad.jsonl", '{"agent": "eve"}\n'))
    log.attempt("read_events worse", importers.read_events, work.put("in/worse.jsonl", "agent: eve\n"))
    log.attempt("read_roster", importers.read_roster, work.at("in"))
    log.attempt("head", importers.head, one, 2)


def run_exporters(work, log):
    log.heading("exporters")
    os.makedirs(work.at("out"))
    log.attempt("export_events", exporters.export_events, work.at("analytics.db"), work.at("out", "events.csv"))
    log.attempt("export_events bad", exporters.export_events, work.at("nonsense.db"), work.at("out", "none.csv"))
    log.attempt("export_events nowhere", exporters.export_events, work.at("analytics.db"), work.at("no", "e.csv"))
    log.attempt("export_jobs", exporters.export_jobs, work.at("jobs.db"), work.at("out", "jobs.json"))
    log.attempt("export_jobs nowhere", exporters.export_jobs, work.at("jobs.db"), work.at("no", "jobs.json"))
    log.attempt("write_report", exporters.write_report, work.at("out", "report.txt"), ["one", "two"])
    memory = io.StringIO()
    log.attempt("write_report to memory", exporters.write_report, memory, ["three"])
    log.attempt("memory", memory.getvalue)
    log.attempt("write_report bad", exporters.write_report, work.at("out", "report-bad.txt"), ["ok", 7])
    pages = log.attempt("write_pages", exporters.write_pages, work.at("out"), list("abcde"), 2)
    paths = [work.at("out", name) for name in pages]
    log.attempt("merge_files", exporters.merge_files, paths, work.at("out", "merged.txt"))
    log.attempt("merge_files missing", exporters.merge_files, [*paths, work.at("out", "no")], work.at("out", "m2.txt"))
    log.attempt("append_note", exporters.append_note, work.at("out", "notes.txt"), "first")
    log.attempt("append_note", exporters.append_note, work.at("out", "notes.txt"), "second")
    log.attempt("append_note number", exporters.append_note, work.at("out", "notes.txt"), 3)
    log.attempt("stamp", exporters.stamp, work.at("out", "stamp.txt"), "done\n")
    log.attempt("stamp number", exporters.stamp, work.at("out", "stamp-bad.txt"), 7)


def run_archive(work, log):
    log.heading("archive")
    report, notes = work.at("out", "report.txt"), work.at("out", "notes.txt")
    log.attempt("compress", archive.compress, report, work.at("report.gz"))
    log.attempt("compress missing", archive.compress, work.at("none.txt"), work.at("none.gz"))
    log.attempt("compress nowhere", archive.compress, report, work.at("no", "report.gz"))
    log.attempt("decompress", archive.decompress, work.at("report.gz"))
    log.attempt("decompress text", archive.decompress, report)
    log.attempt("peek", archive.peek, work.at("report.gz"))
    log.attempt("bundle", archive.bundle, work.at("out"), ["report.txt", "notes.txt"], work.at("all.tar"))
    log.attempt("bundle missing", archive.bundle, work.at("out"), ["report.txt", "no.txt"], work.at("part.tar"))
    log.attempt("bundled", archive.bundled, work.at("all.tar"))
    log.attempt("pack", archive.pack, work.at("out"), ["report.txt", "notes.txt"], work.at("all.zip"))
    log.attempt("packed", archive.packed, work.at("all.zip"))
    log.attempt("packed text", archive.packed, notes)
    log.attempt("unpack_one", archive.unpack_one, work.at("all.zip"), "notes.txt")
    log.attempt("unpack_one unknown", archive.unpack_one, work.at("all.zip"), "no.txt")
    log.attempt("replace_text", archive.replace_text, work.at("out", "stamp.txt"), "replaced\n")
    log.attempt("checksum_of_copy", archive.checksum_of_copy, notes)
    log.attempt("sorted_copy", archive.sorted_copy, work.at("in", "one.txt"))
    log.attempt("in_scratch_folder", archive.in_scratch_folder, "short-lived")
    log.attempt("create_exclusive", archive.create_exclusive, work.at("out", "lock"), "mine\n")
    log.attempt("create_exclusive again", archive.create_exclusive, work.at("out", "lock"), "yours\n")


def run_logbook(work, log):
    log.heading("logbook")
    os.makedirs(work.at("logs"))
    main = work.at("logs", "main.log")
    with logbook.EventLog(main) as events:
        log.attempt("write", events.write, "started")
    log.attempt("write after close", events.write, "too late")
    log.attempt("trace", logbook.TraceLog(work.at("logs", "trace.log")).note, "step 1")
    audit = logbook.AuditLog(work.at("logs", "audit.log"))
    log.attempt("audit", audit.log, "ada", "login")
    channels = logbook.ChannelLogs(work.at("logs"))
    for channel, text in (("ops", "deploy"), ("dev", "build"), ("ops", "rollback")):
        channels.say(channel, text)
    log.attempt("channels", channels.close)
    retrying = logbook.RetryingLog()
    log.attempt("attach", retrying.attach, [main, work.at("logs", "ops.log"), work.at("logs", "spare.log")])
    log.attempt("attach again", retrying.attach, [main])
    log.attempt("close", retrying.close)
    log.attempt("append", logbook.append, main, "appended")
    log.attempt("append_all", logbook.append_all, main, [("info", "one"), ("warn", "two")])
    log.attempt("append_all bad", logbook.append_all, work.at("logs", "half.log"), [("info", "one"), "oops"])
    for section in (logbook.section, logbook.quick_section):
        with section(main, section.__name__) as part:
            part.write("inside\n")
        log.attempt(f"{section.__name__} interrupted", interrupted, section, work.at("logs", "sections.log"))
    log.attempt("tail", logbook.tail, main, 2)
    log.attempt("tail missing", logbook.tail, work.at("logs", "no.log"), 2)
    log.attempt("copy_last", logbook.copy_last, main, work.at("logs", "last.log"), 3)
    log.attempt("quiet", logbook.quiet, "shh")


def interrupted(section, path):
    with section(path, "interrupted") as part:
        part.write("half a line\n")
        raise RuntimeError("interrupted")


def run_monitor(log):
    log.heading("monitor")
    sampled = threading.Event()

    def sample():
        sampled.set()
        return 42

    watch = monitor.ResourceMonitor(sample)
    watch.start()
    log.attempt("sampled", sampled.wait, 5)
    log.attempt("stop", watch.stop)
    log.attempt("first", lambda: watch.first)
    memory = monitor.memory_in_use()
    log.attempt("memory_in_use", lambda: memory is None or memory > 0)
    totals, inbox = [], []
    log.attempt("flush", monitor.flush, [1, 2, 3], totals)
    log.attempt("remind", monitor.remind, "tea", inbox)
    settle()
    log.attempt("totals", lambda: (totals, inbox))
    log.attempt("flush_now", monitor.flush_now, [4, 5])
    log.attempt("with_deadline", monitor.with_deadline, 60, lambda: "quick")
    log.attempt("with_deadline failing", monitor.with_deadline, 60, lambda: int("x"))
    reminder = monitor.Reminder()
    reminder.schedule(60, inbox.clear)
    log.attempt("reminder", reminder.stop)
    settle()


def run_dispatcher(log):
    log.heading("dispatcher")
    done = []
    log.attempt("fire_and_forget", dispatcher.fire_and_forget, done.append, "forgotten")
    settle()
    log.attempt("broadcast", dispatcher.broadcast, done.append, ["x", "y", "z"])
    settle()
    log.attempt("done", lambda: sorted(done))
    log.attempt("run_and_wait", dispatcher.run_and_wait, done.append, "waited")
    log.attempt("run_beside", dispatcher.run_beside, lambda: done.append("beside"), lambda: "in front")
    log.attempt("run_beside failing", dispatcher.run_beside, lambda: done.append("alone"), lambda: 1 // 0)
    settle()
    log.attempt("run_all", dispatcher.run_all, [lambda: done.append("all")] * 3)

    def task():
        done.append("twice")

    log.attempt("twice", dispatcher.twice, task)
    warmer = dispatcher.CacheWarmer(lambda: done.append("warm"))
    log.attempt("cold", warmer.started)
    warmer.start()
    settle()
    log.attempt("warm", warmer.started)
    pool = dispatcher.TaskPool()
    for name in ("p2", "p1"):
        pool.submit(name, lambda: done.append("pooled"))
    log.attempt("shutdown", pool.shutdown)
    log.attempt("done", lambda: sorted(done))


def ask(address):
    """Put a question to the dashboard."""
    with socket.create_connection(address, timeout=5) as link:
        link.sendall(b"how are you\n")
        with link.makefile("r", encoding="utf-8") as answer:
            return answer.readline().strip()


class Browser:
    """A browser that remembers instead of showing."""

    def __init__(self):
        self.visited = []

    def open(self, url, new=0, autoraise=True):
        self.visited.append((url, new))
        return True


def run_dashboard(log):
    log.heading("dashboard and gateway")
    board = dashboard.Dashboard(lambda question: f"{question}? fine")
    board.start()
    log.attempt("ask", ask, board.address)
    log.attempt("stop", board.stop)
    log.attempt("answer_once", dashboard.answer_once, lambda question: question.upper(), ask)
    log.attempt("answer_once failing", dashboard.answer_once, str, lambda address: {}["answer"])
    settle()
    browser = Browser()
    webbrowser.register("transcript", None, browser, preferred=True)
    log.attempt("show", dashboard.show, "http://localhost/status")
    log.attempt("visited", lambda: browser.visited)
    log.attempt("greet", gateway.greet, ["north", "south", "north"])
    log.attempt("announce", gateway.announce, ["general", "random"])
    log.attempt("plan", gateway.plan, ["write", "test"])


def run_worker(log):
    log.heading("worker")
    from leaky_app import broken_worker

    beaten = threading.Event()
    worker = broken_worker.HeartbeatWorker(beaten.set)
    worker.start()
    log.attempt("beaten", beaten.wait, 5)
    log.attempt("stop", worker.stop)


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
    run_settings(work, log)
    run_schema(work, log)
    run_analytics(work, log)
    run_messaging(work, log)
    run_jobs(work, log)
    run_agents(work, log)
    run_ledger(work, log)
    run_exporters(work, log)
    run_archive(work, log)
    run_logbook(work, log)
    run_monitor(log)
    run_dispatcher(log)
    run_dashboard(log)
    if "--worker" in arguments:
        run_worker(log)
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
