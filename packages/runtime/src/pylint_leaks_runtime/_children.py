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


def is_popen_done(child: Any) -> bool:
    """Whether a child has been waited for and its pipes are closed."""
    pipes = (child.stdin, child.stdout, child.stderr)
    return child.returncode is not None and all(pipe is None or pipe.closed for pipe in pipes)


def is_process_done(process: Any) -> bool:
    """Whether a ``multiprocessing.Process`` was closed."""
    try:
        _ = process.pid
    except ValueError:
        return True
    return False


def is_pool_done(pool: Any) -> bool:
    """Whether a pool was told to stop and its workers have. No public attribute says either."""
    workers = getattr(pool, "_pool", None) or ()
    return getattr(pool, "_state", "RUN") != "RUN" and not any(worker.is_alive() for worker in workers)


def is_executor_done(executor: Any) -> bool:
    """Whether an executor was shut down and has no thread left. No public attribute says either."""
    told = getattr(executor, "_shutdown", False) is True or getattr(executor, "_shutdown_thread", False) is True
    return told and not any(thread.is_alive() for thread in tuple(getattr(executor, "_threads", ())))


def end_popen(child: Any, deadline: Deadline) -> Result:
    """Terminate a ``subprocess.Popen``, kill it if that is not enough, wait for it and close its pipes."""
    import subprocess

    outcome: Outcome = "already"
    detail = ""
    if child.poll() is None:
        outcome = "closed"
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
    if process.pid is None:
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
    # `terminate` and `join` have no timeout, and both can hang on a worker that does not react.
    return _within(deadline, lambda: (pool.terminate(), pool.join()))


def end_executor(executor: Any, deadline: Deadline) -> Result:
    """Cancel what an executor has not begun and wait for what it has."""
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
