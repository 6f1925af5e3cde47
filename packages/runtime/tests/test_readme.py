"""The examples of the README run, and say what happens."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def run_examples(text: str) -> doctest.TestResults:
    plain = re.sub(r"(?m)^```.*$", "", text)
    test = doctest.DocTestParser().get_doctest(plain, {"__file__": __file__}, README.name, str(README), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    return runner.run(test)


def test_every_example_runs_and_prints_what_is_shown() -> None:
    text = README.read_text(encoding="utf-8")
    results = run_examples(text)
    assert results.failed == 0
    assert results.attempted == text.count(">>> ") > 30


def test_a_wrong_example_would_be_noticed() -> None:
    assert run_examples("```python\n>>> 1 + 1\n3\n\n```\n").failed == 1
