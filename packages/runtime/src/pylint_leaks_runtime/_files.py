"""Files that are closed, with nothing hidden."""

from __future__ import annotations

from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Callable, Union

from ._default import default_registry

if TYPE_CHECKING:
    import os

    from ._registry import ResourceRegistry

    Path = Union[str, bytes, int, os.PathLike[str], os.PathLike[bytes]]


class FileResourceGuard:
    """Opens a file for a ``with`` block. Takes the arguments of :func:`open`, in text and in binary mode.

    What closing raises is raised: the last buffer is written then, and a full disk shows up there or nowhere. One guard
    may be entered again, also inside its own block; every block gets a file of its own. Blocks must be left in the
    reverse order of entering, so threads need a guard each.

    Args:
        file: The path or file descriptor.
        mode: As in :func:`open`, as are all that follow.
        buffering: See above.
        encoding: See above.
        errors: See above.
        newline: See above.
        closefd: See above.
        opener: See above.
        registry: Where the open file is listed; the default is the registry of the module.
    """

    def __init__(
        self,
        file: Path,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Callable[[str, int], int] | None = None,
        *,
        registry: ResourceRegistry | None = None,
    ) -> None:
        self._arguments = (file, mode, buffering, encoding, errors, newline, closefd, opener)
        self._given = registry
        self._open: list[IO[Any]] = []

    def __enter__(self) -> IO[Any]:
        file: IO[Any] = open(*self._arguments)
        self._registry().track(file, name=str(self._arguments[0]))
        self._open.append(file)
        return file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        file = self._open.pop()
        try:
            file.__exit__(kind, error, trace)
        finally:
            self._registry().unregister(file)

    def _registry(self) -> ResourceRegistry:
        return default_registry() if self._given is None else self._given
