"""Tests of `report`, one of which insists on how a file is closed, and one of which is flaky."""

import json
import os
import tempfile
import unittest
from unittest import mock

import report


class Handle:
    """Stands in for a file, and can do no more than what `report` did when the test was written."""

    def read(self):
        return "four"

    def close(self):
        pass


class ReportTest(unittest.TestCase):
    def test_size(self):
        with mock.patch("builtins.open", lambda path: Handle()):
            self.assertEqual(report.size("any"), 4)

    def test_entries(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.json")
            with open(path, "w") as file:
                json.dump([1, 2], file)
            self.assertEqual(report.entries(path), [1, 2])

    @unittest.skip("not today")
    def test_tomorrow(self):
        pass

    def test_every_other_time(self):
        seen = os.path.join(os.path.expanduser("~"), "seen")
        if os.path.exists(seen):
            os.remove(seen)
            self.fail("again")
        with open(seen, "w"):
            pass
