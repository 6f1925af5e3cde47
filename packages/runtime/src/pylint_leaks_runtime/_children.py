"""How things that run work of their own are ended: child processes, pools and executors."""

from __future__ import annotations

import threading
from typing import Any, Callable, Tuple

from ._deadline import Deadline
from ._report import Outcome

Result = Tuple[Outcome, str]

_POLITE_SHARE = 0.5
"""The share of the time left that a child gets to react to SIGTERM before it is killed."""
_AFTER_KILL = 1.0
"""A killed child is gone at once, but it has to be waited for even if the deadline has passed: else it is a zombie."""


def end_popen(child: Any, deadline: Deadline) -> Result:
    """Terminate a ``subprocess.Popen``, kill it if that is not enough, wait for it and close its pipes."""
    import subprocess

    outcome: Outcome = "closed"
    detail = ""
    if child.poll() is not None:
        outcome = "already"
    else:
        child.terminate()
        try:
            child.wait(_polite(deadline))
        except subprocess.TimeoutExpired:
            child.kill()
            detail = "killed"
            try:
                child.wait(_AFTER_KILL)
            except subprocess.TimeoutExpired:
                return "timeout", "still there after kill"
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is None or pipe.closed:
            continue
        try:
            pipe.close()
        except BrokenPipeError:
            # What was still buffered for a child that is gone has nobody to read it.
            pass
    return outcome, detail


def end_process(process: Any, deadline: Deadline) -> Result:
    """Terminate a ``multiprocessing.Process``, kill it if that is not enough, wait for it and free what it holds."""
    try:
        pid = process.pid
    except ValueError:
        return "already", ""
    if pid is None:
        return "skipped", "never started"
    if not process.is_alive():
        process.close()
        return "already", ""
    detail = ""
    process.terminate()
    process.join(_polite(deadline))
    if process.is_alive():
        process.kill()
        process.join(_AFTER_KILL)
        detail = "killed"
    if process.is_alive():
        return "timeout", "still there after kill"
    process.close()
    return "closed", detail


def end_pool(pool: Any, deadline: Deadline) -> Result:
    """Stop the workers of a ``multiprocessing.Pool``; ``close`` alone would let them finish everything queued."""
    if getattr(pool, "_state", "RUN") == "TERMINATE":
        return "already", ""
    # `terminate` and `join` have no timeout, and both can hang on a worker that does not react.
    return _within(deadline, lambda: (pool.terminate(), pool.join()))


def end_executor(executor: Any, deadline: Deadline) -> Result:
    """Cancel what an executor has not begun and wait for what it has."""
    # No public attribute tells; thread pools and process pools each have a private one.
    if getattr(executor, "_shutdown", False) is True or getattr(executor, "_shutdown_thread", False) is True:
        return "already", ""
    executor.shutdown(wait=False, cancel_futures=True)
    return _within(deadline, lambda: executor.shutdown(wait=True))


def _polite(deadline: Deadline) -> float:
    # Without a limit a child still must not be waited for without end: it may ignore SIGTERM.
    return min(deadline.remaining() * _POLITE_SHARE, 10.0)


def _within(deadline: Deadline, step: Callable[[], object]) -> Result:
    """Run a step that knows no timeout in a thread of its own, and stop waiting for it at the deadline."""
    errors: list[Exception] = []

    def run() -> None:
        try:
            step()
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="pylint-leaks:closer", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        # From 3.12 on no thread can be started once the interpreter is going down.
        return "skipped", str(error)
    thread.join(deadline.remaining())
    if errors:
        raise errors[0]
    return ("timeout", "still running") if thread.is_alive() else ("closed", "")
