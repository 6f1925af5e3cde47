"""A registry of resources of any kind."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any, Callable, Literal, NamedTuple, TypeVar

from . import _exit, _sites
from ._closers import Kind, kind_of
from ._deadline import Deadline
from ._report import CleanupReport, ItemReport, Outcome
from ._table import Entry, Table

T = TypeVar("T")
OnExit = Literal["report", "close"]
"""What becomes of a resource that is still open when the process ends. ``report``: it is left alone, and named if
``PYLINT_LEAKS_REPORT`` is set. ``close``: it is released; a child process is terminated."""


class ResourceRecord(NamedTuple):
    """A registered resource that is not released yet.

    Attributes:
        kind: ``"file"``, ``"socket"``, ``"process"`` and so on.
        name: The name given, or the object's class.
        site: Where it was registered, as ``file:line``.
        on_exit: What becomes of it when the process ends.
        resource: The object itself.
    """

    kind: str
    name: str
    site: str
    on_exit: OnExit
    resource: Any


class _Registered:
    __slots__ = ("kind", "name", "on_exit", "site")

    def __init__(self, kind: Kind, name: str, on_exit: OnExit) -> None:
        self.kind = kind
        self.name = name
        self.on_exit: OnExit = on_exit
        self.site = _sites.caller()


class ResourceRegistry(_exit.Participant):
    """Knows resources and releases them together: newest first, each in the way of its kind, under one deadline.

    No lock is held, not even while something is being closed, so closing may use the registry again, in a finalizer
    too.

    Args:
        timeout: Seconds that ``cleanup_all`` takes in total when it is not told otherwise.
    """

    def __init__(self, *, timeout: float = 5.0) -> None:
        self._timeout = timeout
        self._resources: Table[Any, _Registered] = Table(finished=_is_done)
        super().__init__()

    def track(self, resource: T, /, *, on_exit: OnExit = "report", name: str | None = None) -> T:
        """Know a resource, and do nothing to it. Never raises.

        It is held weakly, unless it was registered before; then only ``on_exit="close"`` is taken over. What cannot
        be held weakly (a plain ``sqlite3.Connection``, ``os.scandir``) stays unknown: keeping it alive could change
        when it is closed. :meth:`register` takes such objects.

        Args:
            resource: Anything.
            on_exit: What becomes of it if it is still open when the process ends.
            name: What to call it in reports.

        Returns:
            The same object.
        """
        try:
            known = self._resources.find(resource)
            if known is None:
                kind = kind_of(resource) or Kind("object", _unknown, lambda _: False)
                self._resources.add(resource, _Registered(kind, name or type(resource).__name__, on_exit))
            elif on_exit == "close":
                known.data.on_exit = on_exit
        except Exception:
            # The promise to change nothing weighs more than knowing about one object.
            pass
        return resource

    def register(
        self,
        resource: T,
        /,
        *,
        kind: str | None = None,
        closer: Callable[[T], object] | None = None,
        on_exit: OnExit = "close",
        name: str | None = None,
    ) -> T:
        """Hand a resource over to the registry, which is to release it.

        The registry holds it until it is released, here or by somebody else, or taken out.

        Args:
            resource: The resource.
            kind: What to call its kind; the default is found from its class.
            closer: How to release it, if its class does not say.
            on_exit: What becomes of it if it is still open when the process ends.
            name: What to call it in reports.

        Returns:
            The same object.

        Raises:
            TypeError: There is no known way to release such an object, and no ``closer``.
        """
        known = kind_of(resource)
        if closer is not None:
            is_done = known.is_done if known is not None else lambda _: False
            known = Kind(known.name if known is not None else "object", _by_calling(closer), is_done)
        elif known is None:
            raise TypeError(
                f"there is no known way to release {type(resource).__name__!r} objects: pass closer=, a function that "
                "takes the object"
            )
        known = known._replace(name=kind or known.name)
        self._resources.add(resource, _Registered(known, name or type(resource).__name__, on_exit), keep=True)
        return resource

    def unregister(self, resource: object) -> bool:
        """Forget a resource without touching it; says whether it was known."""
        return self._resources.discard(resource)

    def live(self, kind: str | None = None) -> list[ResourceRecord]:
        """The resources that are not released yet, oldest first.

        Args:
            kind: Only those of this kind.
        """
        self._resources.sweep()
        return [
            ResourceRecord(entry.data.kind.name, entry.data.name, str(entry.data.site), entry.data.on_exit, resource)
            for resource, entry in reversed(self._resources.own())
            if kind is None or entry.data.kind.name == kind
        ]

    def stats(self) -> dict[str, int]:
        """How many resources of each kind are not released yet."""
        counts: dict[str, int] = {}
        for record in self.live():
            counts[record.kind] = counts.get(record.kind, 0) + 1
        return counts

    def cleanup_all(self, timeout: float | None = None) -> CleanupReport:
        """Release everything, newest first. What was not released stays known; the registry can be used again.

        Args:
            timeout: Seconds for everything together; ``None`` takes the registry's own. When they are over, what closes
                without waiting is still closed.

        Returns:
            The outcome per resource. What was inherited through a fork is ``skipped``: it is the parent's to close.
        """
        return self._release(self._resources.entries(), Deadline(self._timeout if timeout is None else timeout))

    def __enter__(self) -> ResourceRegistry:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cleanup_all()

    def _release(self, resources: list[tuple[Any, Entry[Any, _Registered]]], deadline: Deadline) -> CleanupReport:
        items = []
        for resource, entry in resources:
            registered, error = entry.data, None
            if self._resources.find(resource) is not entry:
                # Released or taken out by the closer of a newer one.
                continue
            outcome: Outcome
            if entry.pid != os.getpid():
                outcome, detail = "skipped", f"inherited from process {entry.pid}"
            elif _is_done(resource, registered):
                outcome, detail = "already", ""
            else:
                try:
                    outcome, detail = registered.kind.close(resource, deadline)
                except Exception as caught:
                    outcome, error, detail = "error", caught, f"{type(caught).__name__}: {caught}"
            items.append(ItemReport(registered.kind.name, registered.name, outcome, detail, error))
            if outcome in ("closed", "already"):
                self._resources.discard(resource)
        return CleanupReport(items)

    def _at_exit_close(self) -> None:
        wanted = [pair for pair in self._resources.own() if pair[1].data.on_exit == "close"]
        self._release(wanted, Deadline(self._timeout))

    def _at_exit_report(self) -> list[str]:
        return [f"{record.kind} {record.name} registered at {record.site}" for record in self.live()]


def _is_done(resource: Any, registered: _Registered) -> bool:
    try:
        return registered.kind.is_done(resource)
    except Exception:
        # Half-made objects, and attributes that mean something else than they say.
        return False


def _by_calling(closer: Callable[[Any], object]) -> Callable[[Any, Deadline], tuple[Outcome, str]]:
    def close(resource: Any, deadline: Deadline) -> tuple[Outcome, str]:
        closer(resource)
        return "closed", ""

    return close


def _unknown(resource: object, deadline: Deadline) -> tuple[Outcome, str]:
    return "skipped", "no known way to release it"
