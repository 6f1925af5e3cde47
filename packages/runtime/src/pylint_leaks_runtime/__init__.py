"""Resources that are released on time: the package that the fixes of pylint-leaks call into.

Importing it registers two callbacks for the end of the process and starts nothing.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from ._api import connect, connection, track, track_task, track_thread
from ._files import FileResourceGuard
from ._no_leaks import LeakError, no_leaks
from ._registry import ResourceRecord, ResourceRegistry
from ._report import CleanupReport, ItemReport, StopReport
from ._signals import install_signal_handlers
from ._snapshot import Leak, Snapshot, diff, snapshot
from ._spawn import ThreadFailure
from ._sqlite import SQLiteConnectionManager, SQLiteStats
from ._threads import ThreadManager, ThreadsFailed, ThreadStats

if TYPE_CHECKING:
    thread_manager: ThreadManager
    """The manager for the whole process, made when it is first used."""
else:

    def __getattr__(name: str) -> ThreadManager:
        # Hidden from type checkers: to them it would mean that every name exists.
        if name == "thread_manager":
            from ._default import default_threads

            return default_threads()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__version__ = "0.1.0"

__all__ = (
    "CleanupReport",
    "FileResourceGuard",
    "ItemReport",
    "Leak",
    "LeakError",
    "ResourceRecord",
    "ResourceRegistry",
    "SQLiteConnectionManager",
    "SQLiteStats",
    "Snapshot",
    "StopReport",
    "ThreadFailure",
    "ThreadManager",
    "ThreadStats",
    "ThreadsFailed",
    "connect",
    "connection",
    "diff",
    "install_signal_handlers",
    "no_leaks",
    "snapshot",
    "thread_manager",
    "track",
    "track_task",
    "track_thread",
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# The environment may ask for a record of what leaks. As one file there is no recorder.
if os.environ.get("PYLINT_LEAKS_EVIDENCE") and "__path__" in globals():
    importlib.import_module("._recorder", __name__).recorder_from_environment()
