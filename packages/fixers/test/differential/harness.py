"""Runs every function of two versions of a module in every scenario and compares what can be observed.

    python harness.py BEFORE.py AFTER.py [FUNCTION...]

prints one JSON object: `{"functions": {name: {"scenarios": n, "leaks_before": n, "leaks_after": n, "tracked": n,
"differences": [...]}}}`. A scenario is a way each `env.decide()` goes and a step that fails; all combinations are run.
Observed are the result, the exception, the transcript (steps in order, and every SQL statement SQLite runs), the tables
and the files afterwards. A leak is a resource that is not closed by the time the function is left, without a collection.
"""

import asyncio
import gc
import importlib.util
import inspect
import itertools
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import threading

from instruments import InjectedFailure, Instruments, Scenario
from pylint_leaks_runtime import thread_manager

MAX_SCENARIOS = 300
REAL_CONNECT = sqlite3.connect
REAL_OPEN = open


class Environment:
    """What a function of the corpus is given."""

    def __init__(self, scenario, folder, template):
        self._scenario = scenario
        self._template = os.path.join(template, "data.db")
        self._databases = 0
        self.folder = folder
        self.db = os.path.join(folder, "data.db")
        self.path = os.path.join(folder, "data.txt")
        self.other = os.path.join(folder, "other.txt")
        self.kept = []

    def fresh(self):
        """A database of its own for each connection, so that no lock of a leaked one shows in the next."""
        self._databases += 1
        path = os.path.join(self.folder, f"fresh{self._databases}.db")
        shutil.copyfile(self._template, path)
        return path

    def decide(self, _what=None):
        return self._scenario.decide()

    def step(self, what="step"):
        self._scenario.step(what)
        return what


def make_template(folder):
    connection = REAL_CONNECT(os.path.join(folder, "data.db"))
    connection.execute("create table items (id integer primary key, name text)")
    connection.execute("insert into items (name) values ('first'), ('second')")
    connection.commit()
    connection.close()
    for name, content in (("data.txt", "1,one\n2,two\n"), ("other.txt", "[1, 2]\n")):
        with REAL_OPEN(os.path.join(folder, name), "w") as file:
            file.write(content)


def state_of(folder):
    """Contents of the databases and of all other files."""
    state = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".db"):
            connection = REAL_CONNECT(path, timeout=0)
            try:
                tables = [table for (table,) in connection.execute("select name from sqlite_master order by name")]
                for table in tables:
                    state[f"{name} {table}"] = connection.execute(f"select * from {table}").fetchall()
            finally:
                connection.close()
        elif ".db-" not in name:
            with REAL_OPEN(path, "rb") as file:
                state[name] = file.read().decode("latin-1")
    return state


def call(function, environment):
    """Runs to the end: coroutines in a loop, generators and what functions hand out as iterators are used up."""
    result = function(environment)
    if inspect.iscoroutine(result):
        result = asyncio.run(result)
    if inspect.isgenerator(result) or isinstance(result, (sqlite3.Cursor, map, filter, zip)):
        result = list(result)
    return result


def run(function, decisions, failing_step, template):
    """One scenario; returns what was observed and the scenario with its counters."""
    with tempfile.TemporaryDirectory(dir=os.path.dirname(template)) as folder:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        scenario = Scenario(decisions, failing_step)
        environment = Environment(scenario, folder, template)
        outcome = {}
        threads = set(threading.enumerate())
        with Instruments(scenario, thread_manager):
            try:
                outcome["result"] = repr(call(function, environment))
            except InjectedFailure as error:
                outcome["raised"] = f"injected {error}"
            except Exception as error:  # noqa: BLE001 - every exception is an observation
                outcome["raised"] = f"{type(error).__name__}: {error}"
            leaks = sum(not record.closed for record in scenario.resources)
            for thread in set(threading.enumerate()) - threads:
                thread.join(5)
            outcome["kept"] = len(environment.kept)
            environment.kept.clear()
            gc.collect()
        outcome["transcript"] = scenario.transcript
        outcome["state"] = state_of(folder)
        # Paths of the temporary folder and addresses are no observation.
        text = json.dumps(outcome, sort_keys=True, default=repr).replace(folder, "FOLDER")
        return re.sub(r"0x[0-9a-f]+", "ADDRESS", text), leaks, scenario


def scenarios(function, template):
    """All decisions and failures that a function can meet."""
    pending = [()]
    seen = set()
    while pending:
        decisions = pending.pop()
        if decisions in seen:
            continue
        seen.add(decisions)
        _, _, scenario = run(function, decisions, None, template)
        yield decisions, None
        for step in range(scenario.steps):
            yield decisions, step
        if len(decisions) < scenario.asked <= 8:
            for answer in (False, True):
                pending.append((*decisions, answer))


def compare(before, after, template):
    report = {"scenarios": 0, "leaks_before": 0, "leaks_after": 0, "tracked": 0, "differences": []}
    for decisions, failing_step in itertools.islice(scenarios(before, template), MAX_SCENARIOS):
        old, old_leaks, _ = run(before, decisions, failing_step, template)
        new, new_leaks, scenario = run(after, decisions, failing_step, template)
        report["scenarios"] += 1
        report["leaks_before"] += old_leaks
        report["leaks_after"] += new_leaks
        report["tracked"] += scenario.tracked
        if old != new and len(report["differences"]) < 3:
            where = {"decisions": decisions, "failing_step": failing_step}
            report["differences"].append({**where, "before": json.loads(old), "after": json.loads(new)})
    return report


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def main(before_path, after_path, *chosen):
    # Collections would close what the old version leaks at moments that differ from run to run.
    gc.disable()
    before, after = load(before_path, "before"), load(after_path, "after")
    names = chosen or [name for name, value in vars(before).items() if inspect.isfunction(value) and is_case(name)]
    # Thousands of small databases are written: in memory where the system has such a folder.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        template = os.path.join(folder, "template")
        os.mkdir(template)
        make_template(template)
        functions = {name: compare(getattr(before, name), getattr(after, name), template) for name in names}
    print(json.dumps({"functions": functions}))


def is_case(name):
    return name.split("_")[0] in ("fixed", "kept", "unsafe")


if __name__ == "__main__":
    main(*sys.argv[1:])
