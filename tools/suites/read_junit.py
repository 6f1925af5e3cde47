"""Reads JUnit files and prints `{TEST: OUTCOME}`: python read_junit.py FILE...

An outcome is passed, failed, error or skipped. Tests of the same name are numbered.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree


def outcomes(path):
    found = {}
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        name = f"{case.get('classname') or ''}::{case.get('name') or ''}"
        number = 1
        while name in found:
            number += 1
            name = f"{name.partition(' #')[0]} #{number}"
        found[name] = next((child.tag for child in case if child.tag in ("failure", "error", "skipped")), "passed")
    return {name: "failed" if outcome == "failure" else outcome for name, outcome in found.items()}


def main(*paths):
    found = {}
    for path in paths:
        found.update(outcomes(path))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
