"""Where a resource was made."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Optional, Tuple

_PACKAGE = "pylint_leaks_runtime"
# Vendored as one file, or below another package, this module has more dots before its name, or none.
_SKIPPED = (__name__[: __name__.rfind(_PACKAGE) + len(_PACKAGE)] if _PACKAGE in __name__ else __name__, "contextlib")
_WITHIN = _SKIPPED[0] + "."

Span = Tuple[int, Optional[int], Optional[int], Optional[int]]


class Site:
    """A place in the source, kept as a code object and an offset; everything else is worked out when somebody asks.

    Args:
        code: The code that made the resource.
        offset: The instruction that was being run.
    """

    __slots__ = ("_code", "_offset")

    def __init__(self, code: CodeType, offset: int) -> None:
        self._code = code
        self._offset = offset

    @property
    def filename(self) -> str:
        """The file, as the interpreter knows it."""
        return self._code.co_filename

    @property
    def function(self) -> str:
        """The function, with its class from Python 3.11 on."""
        name: str = getattr(self._code, "co_qualname", self._code.co_name)
        return name

    @property
    def line(self) -> int:
        """The 1-based line of the call."""
        return self.span[0]

    @property
    def span(self) -> Span:
        """First line, last line, first column and last column of the call; only the line before Python 3.11.

        Columns count UTF-8 bytes from 0, as CPython does.
        """
        if sys.version_info >= (3, 11):
            for index, (line, end_line, column, end_column) in enumerate(self._code.co_positions()):
                if 2 * index == self._offset and line is not None:
                    return line, end_line, column, end_column
        import dis

        found = self._code.co_firstlineno
        for start, line in dis.findlinestarts(self._code):
            if start > self._offset:
                break
            found = line or found
        return found, None, None, None

    def __str__(self) -> str:
        return f"{self.filename}:{self.line}"


def caller() -> Site | None:
    """The nearest calling frame that is not part of this package."""
    frame: FrameType | None = sys._getframe(1) if hasattr(sys, "_getframe") else None
    while frame is not None:
        module = str(frame.f_globals.get("__name__"))
        if module not in _SKIPPED and not module.startswith(_WITHIN):
            return Site(frame.f_code, frame.f_lasti)
        frame = frame.f_back
    return None
