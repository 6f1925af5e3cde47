"""The evidence file: JSON Lines, one process beside the other.

Every record is written with one ``write`` to a file opened for appending, so processes do not mix their lines and a
crash costs at most the last one. Numbers are totals: the last record of a place and process counts. The format is
described in ``docs/evidence.md`` and in ``schema/evidence.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from typing import Any, Dict, List, Optional, Sequence

from ._live import Counter
from ._sites import Site

VERSION = 1


class EvidenceFile:
    """Writes the records of one process.

    Args:
        path: The file, absolute. It is made when there is something to write.
        kinds: What is recorded here; of other kinds nothing is said by their absence.
    """

    def __init__(self, path: str, kinds: Sequence[str]) -> None:
        self._path = path
        self._kinds = kinds
        self._process = f"{os.getpid()}-{time.time_ns():x}"
        self._begun = time.time()
        self._has_begun = False
        self._hashes: Dict[str, Optional[str]] = {}
        self._sites: Dict[int, Dict[str, Any]] = {}

    def write(self, counters: List[Counter], limited: int, is_end: bool) -> None:
        """Append a record for each place.

        Args:
            counters: The places whose numbers are new.
            limited: How often, so far, there were too many creations at a time to note them all.
            is_end: Whether what is open now was never released.
        """
        records = [self._record(counter, is_end) for counter in counters]
        if not self._has_begun and (records or is_end):
            records.insert(0, self._beginning())
            self._has_begun = True
        if is_end:
            end = {
                "v": VERSION,
                "type": "end",
                "process": self._process,
                "limited": limited,
                "at": _rounded(time.time()),
            }
            records.append(end)
        if not records:
            return
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            for record in records:
                os.write(descriptor, (json.dumps(record, separators=(",", ":")) + "\n").encode())
        finally:
            os.close(descriptor)

    def _beginning(self) -> Dict[str, Any]:
        return {
            "v": VERSION,
            "type": "process",
            "process": self._process,
            "pid": os.getpid(),
            "python": ".".join(map(str, sys.version_info[:3])),
            "argv": list(getattr(sys, "argv", [])),
            "cwd": os.getcwd(),
            "kinds": list(self._kinds),
            "at": _rounded(self._begun),
        }

    def _record(self, counter: Counter, is_end: bool) -> Dict[str, Any]:
        leaked = counter.open + counter.lost
        # The queue of what is freed may be ahead of that of what is made.
        released = max(0, counter.created - leaked - counter.collected)
        return {
            "v": VERSION,
            "type": "site",
            "process": self._process,
            "kind": counter.kind,
            "site": self._site(counter),
            "created": counter.created,
            "released": released,
            "collected": counter.collected,
            "live": counter.open,
            "maxLive": counter.max_open,
            "leakedAtExit": leaked if is_end else None,
            "maxAgeSeconds": _rounded(counter.max_age),
            "at": _rounded(time.time()),
        }

    def _site(self, counter: Counter) -> Dict[str, Any]:
        known = self._sites.get(id(counter))
        if known is None:
            site = Site(counter.code, counter.offset)
            line, end_line, column, end_column = site.span
            path = os.path.abspath(site.filename)
            known = self._sites[id(counter)] = {
                "path": path,
                "line": line,
                "column": column,
                "endLine": end_line,
                "endColumn": end_column,
                "function": site.function,
                "sha256": self._hash(path),
            }
        return known

    def _hash(self, path: str) -> Optional[str]:
        if path not in self._hashes:
            try:
                with open(path, "rb") as file:
                    self._hashes[path] = hashlib.sha256(file.read()).hexdigest()
            except OSError:
                self._hashes[path] = None
        return self._hashes[path]


def _rounded(seconds: float) -> float:
    return round(seconds, 3)
