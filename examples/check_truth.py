"""Checks `leaky_app.truth.json` against the sources: `python3 examples/check_truth.py`, exit code 0 when they agree.

The truth was decided by reading the programs; this script only keeps it in step with them:

* every entry stands at a call that may acquire something, in the function and with the callee it names;
* every call that may acquire something, by its name, has an entry (look-alikes included, as silent ones);
* there are exactly 32 SQLite call sites, and the two ways of counting them agree;
* the one file that must not compile does not, at the line of its entry, and all others do;
* the odd bytes are still there: tabs, CRLF, a byte order mark.

It looks at names only and knows nothing about leaks.
"""

import ast
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
APP = HERE / "leaky_app"
TRUTH = HERE / "leaky_app.truth.json"
SQLITE_SITES = 32

SQLITE, FILE, THREAD, SYNTAX = "unclosed-sqlite-connection", "unclosed-file", "unjoined-thread", "syntax-error"

# Last part of the callee -> the rule that is interested in calls of this name.
CALLEES = {
    "connect": SQLITE,
    "connect_registry": SQLITE,
    "open_jobs": SQLITE,
    "open": FILE,
    "fdopen": FILE,
    "open_log": FILE,
    "ZipFile": FILE,
    "ScratchFile": FILE,
    "NamedTemporaryFile": FILE,
    "TemporaryFile": FILE,
    "TemporaryDirectory": FILE,
    "start": THREAD,
    "start_worker": THREAD,
    "create_task": THREAD,
    "Process": THREAD,
}
# os.open() gives a number; it is os.fdopen() around it that makes a file of it.
NOT_SITES = {"os.open"}
KEYS = {"file", "line", "function", "call", "rule", "verdict", "expectFix", "shape", "reason"}


def callee_of(call):
    """The callee as text, with `()` for the calls in it: `Path().open`."""
    node, parts = call.func, []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            parts.append("()")
            node = node.func
        elif isinstance(node, ast.Subscript):
            parts.append("[]")
            node = node.value
        else:
            parts.append(node.id if isinstance(node, ast.Name) else "?")
            return ".".join(reversed(parts)).replace(".()", "()").replace(".[]", "[]")


def calls_in(tree):
    """`(qualified name of the function, call)` for every call, in source order."""
    found = []

    def visit(node, names):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                visit(child, [*names, child.name])
                continue
            if isinstance(child, ast.Call):
                found.append((".".join(names) or "<module>", child))
            visit(child, names)

    visit(tree, [])
    return found


def sites_in(path):
    """`{(file, line, rule): [(function, callee), ...]}` for every call that may acquire something."""
    sites = {}
    tree = ast.parse(path.read_bytes(), filename=path.name)
    for function, call in calls_in(tree):
        callee = callee_of(call)
        rule = CALLEES.get(callee.rpartition(".")[2])
        if rule is not None and callee not in NOT_SITES:
            key = (f"leaky_app/{path.name}", call.lineno, rule)
            sites.setdefault(key, []).append((function, callee))
    return sites


def syntax_error_line(path):
    """The line CPython complains about, or None."""
    try:
        compile(path.read_bytes(), path.name, "exec")
    except SyntaxError as error:
        return error.lineno
    return None


def check(entries):
    """All disagreements, as sentences."""
    problems = []
    sites = {}
    for path in sorted(APP.glob("*.py")):
        sites.update(sites_in(path))

    told = {}
    for entry in entries:
        key = (entry["file"], entry["line"], entry["rule"])
        if key in told:
            problems.append(f"{key}: told twice")
        told[key] = entry
        if not KEYS <= set(entry):
            problems.append(f"{key}: lacks {sorted(KEYS - set(entry))}")
        if entry["verdict"] not in ("all", "some", "exception", None):
            problems.append(f"{key}: no such verdict: {entry['verdict']}")
        if entry["expectFix"] not in ("safe", "unsafe", "none"):
            problems.append(f"{key}: no such fix: {entry['expectFix']}")
        if entry["verdict"] is None and entry["expectFix"] != "none":
            problems.append(f"{key}: silent, and yet to be fixed")

    for key, entry in told.items():
        if entry["rule"] != SYNTAX and (entry["function"], entry["call"]) not in sites.get(key, []):
            problems.append(f"{key}: no {entry['call']}() in {entry['function']} there, but {sites.get(key)}")
    for key in sorted(set(sites) - set(told)):
        problems.append(f"{key}: {sites[key]} has no entry")

    in_truth = sum(1 for entry in entries if entry["call"] == "sqlite3.connect")
    in_text = sum(path.read_text(encoding="utf-8").count("sqlite3.connect(") for path in APP.glob("*.py"))
    if (in_truth, in_text) != (SQLITE_SITES, SQLITE_SITES):
        problems.append(f"SQLite sites: {in_truth} told, {in_text} in the text, {SQLITE_SITES} wanted")

    broken = {entry["file"]: entry["line"] for entry in entries if entry["rule"] == SYNTAX}
    for path in sorted(APP.glob("*.py")):
        wanted, found = broken.get(f"leaky_app/{path.name}"), syntax_error_line(path)
        if wanted != found:
            problems.append(f"{path.name}: syntax error at line {found}, told {wanted}")

    for name, wanted in (("importers.py", b"\n\t\t"), ("exporters.py", b"\r\n"), ("settings.py", b"\xef\xbb\xbf")):
        if wanted not in (APP / name).read_bytes():
            problems.append(f"{name}: {wanted!r} is gone")
    if b"\n" in (APP / "exporters.py").read_bytes().replace(b"\r\n", b""):
        problems.append("exporters.py: mixed line ends")
    return problems


def main():
    entries = json.loads(TRUTH.read_text(encoding="utf-8"))
    problems = check(entries)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(entries)} entries agree with the sources")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
