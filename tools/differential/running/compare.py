"""Runs a function before and after fixes in every scenario, and says what differs and what leaks."""

import itertools

from .scenario import FAILURES, Current

MAX_SCENARIOS = 240
MAX_DECISIONS = 7
MAX_EXAMPLES = 3


def scenarios(program, name, parameters):
    """Outcomes of the program in all scenarios: each way the conditions go, without a failure and with each step failing."""
    pending, seen = [()], set()
    while pending:
        decisions = pending.pop()
        if decisions in seen:
            continue
        seen.add(decisions)
        outcome = program.run(name, parameters, decisions)
        asked = outcome.scenario.asked
        if len(decisions) < asked <= MAX_DECISIONS:
            pending += [(*decisions, answer) for answer in (True, False)]
            # The shorter one says what this one says: conditions that are not decided are false.
            if decisions:
                continue
        yield outcome
        for step in range(outcome.scenario.steps):
            for failure in FAILURES:
                yield program.run(name, parameters, decisions, step, failure)


class Site:
    """One place that acquires, by the places of the calls that lead there."""

    def __init__(self, row):
        self.row = row
        self.normal = [0, 0]
        self.exceptional = [0, 0]
        self.is_repeated = False
        self.ended_by = set()

    def count(self, is_exceptional, records, leaked):
        counter = self.exceptional if is_exceptional else self.normal
        counter[0] += 1
        counter[1] += any(record.number in leaked for record in records)
        self.is_repeated = self.is_repeated or len(records) > 1
        self.ended_by.update(record.ended_by for record in records)

    @property
    def is_promised(self):
        """False for what the linter leaves alone on purpose: clients that live as long as the program, once each."""
        return self.row.get("lifetime") != "program" or self.is_repeated

    @property
    def truth(self):
        """On which paths it leaks: all, some, exception, never."""
        total, leaked = self.normal
        if leaked:
            return "all" if leaked == total else "some"
        # A task that an exception drops is over like the function that made it.
        return "exception" if self.exceptional[1] and self.row.get("obligation") != "keep" else "never"


def sites_of(outcome):
    """The records that each place acquired."""
    found = {}
    for record in outcome.scenario.records:
        found.setdefault(record.positions, []).append(record)
    return found


def examine(name, about, before, variants, findings):
    """Everything about one function.

    :param about: what `programs.json` says of it.
    :param variants: programs after fixes, by name.
    :param findings: for "before" and each variant the `Findings` of its file.
    """
    parameters = about["parameters"]
    compared = {variant: Variant(_promises_close(about, before, program)) for variant, program in variants.items()}
    report = {"scenarios": 0, "sites": {}, "variants": compared}
    outcomes = list(itertools.islice(scenarios(before, name, parameters), MAX_SCENARIOS))
    for outcome in outcomes:
        report["scenarios"] += 1
        for positions, records in sites_of(outcome).items():
            site = report["sites"].setdefault(positions, Site(records[0].row))
            site.count(outcome.is_exceptional, records, outcome.leaked)
    for outcome in outcomes:
        for variant, program in variants.items():
            scenario = outcome.scenario
            after = program.run(name, parameters, outcome.decisions, scenario.failing_step, scenario.failure)
            report["variants"][variant].compare(outcome, after, report["sites"], findings["before"], findings[variant])
    Current.scenario = None
    return report


def _promises_close(about, before, after):
    """A fix of a class makes it closable; whether its users close it is theirs."""
    owner = about["owner"]
    return owner is not None and not before.gains_close(owner) and after.gains_close(owner)


class Variant:
    """Differences between a function and its fixed version."""

    def __init__(self, is_closable):
        self._is_closable = is_closable
        self.differences = []
        self.leaks_left = []
        self.new_leaks = []
        self.leaks_before = 0
        self.leaks_gone = 0

    def compare(self, before, after, sites, flagged_before, flagged_after):
        ended = {record.number: sites[record.positions].ended_by for record in before.scenario.records}
        old, new = before.observed(before.leaked, ended), after.observed(before.leaked, ended)
        where = {"decisions": before.decisions, "failing step": before.scenario.failing_step}
        if old != new:
            self._note(self.differences, {**where, "before": old, "after": new})
        self.leaks_before += len(before.leaked)
        self.leaks_gone += len(before.leaked - after.leaked)
        old_records, new_records = before.scenario.records, after.scenario.records
        for record in new_records:
            if record.number not in after.leaked:
                continue
            earlier = old_records[record.number] if record.number < len(old_records) else None
            was_leaked = earlier is not None and record.number in before.leaked
            if not was_leaked:
                self._note(self.new_leaks, {**where, "acquires": record.row["acquire"], "at": record.positions})
            elif self._is_closable:
                continue
            elif flagged_before.at(earlier.positions) and not flagged_after.at(record.positions):
                self._note(self.leaks_left, {**where, "acquires": record.row["acquire"], "at": record.positions})

    def _note(self, notes, note):
        if len(notes) < MAX_EXAMPLES:
            notes.append(note)

    def __bool__(self):
        return bool(self.differences or self.leaks_left or self.new_leaks)


class Findings:
    """What the linter says about one file; places are matched with those that the interpreter gives for calls."""

    def __init__(self, findings):
        self.findings = [
            {"start": (line, column - 1), "end": (end, end_column - 1), "path": path, "rule": rule}
            for line, column, end, end_column, path, rule in findings
        ]

    def at(self, positions):
        """The findings at one of the places."""
        return [finding for finding in self.findings if any(_is_same(finding, place) for place in positions)]


def _is_same(finding, place):
    line, column, end, end_column = place
    # A call of a method over several lines starts, for the interpreter, at the method's name.
    return finding["end"] == (end, end_column) and finding["start"] <= (line, column)
