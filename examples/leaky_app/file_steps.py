"""The parts of the scenario that work on files."""

import io
import os

from leaky_app import archive, exporters, logbook


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
