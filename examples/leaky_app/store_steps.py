"""The parts of the scenario that work on databases."""

from leaky_app import agents, analytics, importers, job_store, ledger, messaging, schema, settings


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
