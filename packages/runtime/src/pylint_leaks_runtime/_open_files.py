"""Which place in the program opened a file that is open.

The interpreter tells of an opening before there is a file, so all there is are paths. The system tells which paths are
open. If one path is opened in two places, the descriptors that are open when the second place opens it are the first
one's; to know them, they have to be listed at that moment. That costs, so it is done for a small share of the time
only; beyond that a descriptor may be counted for the place that opened its path last.
"""

from __future__ import annotations

import os
import time
from types import CodeType
from typing import Dict, List, Optional, Tuple

FOLDER = "/proc/self/fd"
Key = Tuple[str, CodeType, int]

_MAX_SHARE = 0.002


def can_be_listed() -> bool:
    """Whether the system tells what is open."""
    return os.path.isdir(FOLDER)


class OpenFiles:
    """Knows who opened which path last, and whose the descriptors are."""

    def __init__(self) -> None:
        self._last: Dict[str, Key] = {}
        # What is open now is nobody's.
        self._owners: Dict[Tuple[int, str], Optional[Key]] = dict.fromkeys(_descriptors())
        self._begun = time.monotonic()
        self._spent = 0.0
        self._listed_at = 0.0
        self._cost = 0.0

    def opening(self, path: str, key: Key) -> None:
        """A path is about to be opened.

        Args:
            path: The path, as the program gives it.
            key: The place.
        """
        before = self._last.get(path)
        # Standard streams that are pointed there have it open until the end.
        if before == key or path == os.devnull:
            return
        if before is not None:
            now = time.monotonic()
            if self._spent <= (now - self._begun) * _MAX_SHARE + _MAX_SHARE:
                real = os.path.realpath(path)
                for number, name in _descriptors():
                    if name == real:
                        self._owners.setdefault((number, name), before)
                self._spent += time.monotonic() - now
        self._last[path] = key

    def is_dear(self, now: float) -> bool:
        """Whether listing again now would take more than a hundredth of the time since the last time."""
        return self._cost * 100 > now - self._listed_at

    def count(self) -> Dict[Key, int]:
        """How many files of each place are open. Forgets the paths that are not."""
        begun = self._listed_at = time.monotonic()
        last = self._last.copy()
        # A relative path is one below the directory of now; programs rarely leave theirs.
        real = {os.path.realpath(path): path for path in last}
        counts: Dict[Key, int] = {}
        seen: List[Tuple[int, str]] = []
        names = set()
        for number, name in _descriptors():
            path = real.get(name)
            if path is None:
                continue
            seen.append((number, name))
            names.add(path)
            key = self._owners.get((number, name), last[path])
            if key is not None:
                counts[key] = counts.get(key, 0) + 1
        self._owners = {one: key for one, key in self._owners.items() if one in seen}
        for path in last:
            # Unless somebody opened it meanwhile.
            if path not in names and self._last.get(path) == last[path]:
                self._last.pop(path, None)
        self._cost = time.monotonic() - begun
        return counts


def _descriptors() -> List[Tuple[int, str]]:
    found = []
    for number in os.listdir(FOLDER) if can_be_listed() else ():
        try:
            found.append((int(number), os.readlink(f"{FOLDER}/{number}")))
        except OSError:
            # The descriptor of the listing itself.
            continue
    return found
