"""Readers for what other systems hand over: CSV files, JSON lines, plain lists."""

import csv
import io
import json
import sqlite3
from pathlib import Path


class BadRow(ValueError):
	"""A row that cannot be imported."""


def load_entries(ledger, csv_path):
	"""Book every row of a CSV file (month, amount, note) in the ledger; all of them or none."""
	booked = 0
	with open(csv_path, newline="", encoding="utf-8") as handle:
		rows = list(csv.DictReader(handle))

	with sqlite3.connect(ledger) as conn:
		for number, row in enumerate(rows, start=1):
			try:
				amount = int(row["amount"])
			except ValueError:
				raise BadRow(f"row {number}: {row['amount']!r} is not a number") from None
			# one statement a row: the files are small
			conn.execute("""
				INSERT INTO entries (month, amount, note)
					 VALUES (?, ?, ?)
			""", (row["month"], amount, row["note"]))
			booked += 1

	return booked


def read_months(csv_path):
	"""The months a CSV file mentions, sorted."""
	rows = list(csv.DictReader(open(csv_path, newline="", encoding="utf-8")))
	return sorted({row["month"] for row in rows})


def rows_of(csv_path):
	"""A reader over a CSV file, for callers that stop early."""
	return csv.reader(open(csv_path, newline="", encoding="utf-8"))


def first_line(path):
	"""The heading of a list."""
	handle = open(path, encoding="utf-8")
	return handle.readline().strip()


def count_lines(path):
	total = 0
	with open(path, encoding="utf-8") as handle:
		for line in handle:
			if line.strip():
				total += 1
	return total


def import_lists(paths):
	"""Entries of several list files. A file starts with a heading; one without is skipped."""
	entries = []
	for path in paths:
		handle = open(path, encoding="utf-8")
		heading = handle.readline().strip()
		if not heading:
			continue  # nothing in it
		for line in handle:
			entries.append(f"{heading}: {line.strip()}")
		handle.close()
	return entries


def read_events(path):
	"""Events from JSON lines: `(agent, kind, payload, at)`.

	Raises BadRow with the number of the first line that is not an event.
	"""
	events = []
	source = io.open(path, encoding="utf-8")
	for number, line in enumerate(source, start=1):
		try:
			event = json.loads(line)
			events.append((event["agent"], event["kind"], event["payload"], event["at"]))
		except (ValueError, KeyError) as error:
			raise BadRow(f"line {number}: {type(error).__name__}") from error
	source.close()
	return events


def read_roster(folder):
	"""Names of agents from every `*.txt` file of a folder."""
	names = []
	for path in sorted(Path(folder).glob("*.txt")):
		with path.open(encoding="utf-8") as handle:
			names.extend(line.strip() for line in handle)
	return names


def head(path, count):
	"""The first lines of a file, however long it is."""
	source = Path(path).open(encoding="utf-8")
	try:
		return [line.rstrip("\n") for _, line in zip(range(count), source)]
	finally:
		source.close()
