"""Which form of the package is tested: its modules, or all of them as one file."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
IS_SINGLE_FILE = os.environ.get("PYLINT_LEAKS_SINGLE_FILE") == "1"
SOURCE = PROJECT / ("single_file" if IS_SINGLE_FILE else "src")
