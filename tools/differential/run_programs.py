"""Runs the functions of a tree before and after fixes: python run_programs.py < JOB.json > REPORT.json

The job: `{"catalogue": FILE, "before": DIR, "variants": {NAME: DIR}, "files": [FILE...], "findings": {"before" or NAME:
{FILE: [[line, column, end line, end column, path, rule]...]}}}`, places as `--format json` counts them. `programs.json` in
`before` says which functions there are.

The report: what differs, by variant, and for each site what is true of it and what the linter says.
"""

import gc
import json
import os
import sys

from running.compare import Findings, examine
from running.libraries import Libraries
from running.run import Program


def main():
    job = json.load(sys.stdin)
    libraries = Libraries(read(job["catalogue"]))
    programs = read(os.path.join(job["before"], "programs.json"))
    report = {"scenarios": 0, "functions": 0, "violations": [], "sites": [], "unexecuted": 0, "leaks": {}}
    for file in job["files"]:
        examine_file(file, programs[file], job, libraries, report)
    json.dump(report, sys.stdout)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def examine_file(file, functions, job, libraries, report):
    before = Program(os.path.join(job["before"], file), libraries)
    findings = {name: Findings(files.get(file, ())) for name, files in job["findings"].items()}
    variants = {}
    for name, folder in job["variants"].items():
        try:
            program = Program(os.path.join(folder, file), libraries)
        except Exception as error:  # noqa: BLE001 - also what does not compile
            report["violations"].append({"file": file, "variant": name, "kind": "does not load", "notes": [f"{type(error).__name__}: {error}"]})
            continue
        if program.source != before.source:
            variants[name] = program
    # What is there now stays: collections look at what a run made.
    gc.collect()
    gc.freeze()
    matched = set()
    for name, about in functions.items():
        found = examine(name, about, before, variants, findings)
        report["functions"] += 1
        report["scenarios"] += found["scenarios"]
        for variant, result in found["variants"].items():
            add_variant(report, {"file": file, "function": name, "shape": about["shape"], "variant": variant}, result)
        for positions, site in found["sites"].items():
            flagged = findings["before"].at(positions)
            matched.update(finding["start"] for finding in flagged)
            report["sites"].append(
                {
                    "file": file,
                    "function": name,
                    "line": positions[0][0],
                    "shape": about["shape"],
                    "scored": about["scored"] and site.is_promised,
                    "acquires": site.row["acquire"],
                    "family": site.row["family"],
                    "truth": site.truth,
                    "paths": sorted({finding["path"] for finding in flagged}),
                }
            )
    report["unexecuted"] += sum(finding["start"] not in matched for finding in findings["before"].findings)
    gc.unfreeze()


def add_variant(report, place, result):
    leaks = report["leaks"].setdefault(place["variant"], {"before": 0, "gone": 0})
    leaks["before"] += result.leaks_before
    leaks["gone"] += result.leaks_gone
    for kind, notes in (("changed behaviour", result.differences), ("leak left", result.leaks_left), ("new leak", result.new_leaks)):
        if notes:
            report["violations"].append({**place, "kind": kind, "notes": notes})


if __name__ == "__main__":
    gc.disable()
    main()
