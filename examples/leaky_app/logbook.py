"""Log files of the service, and several ways to own one."""

import contextlib
import os

# Everything that nobody wants to read goes here, for as long as the program runs.
NOWHERE = open(os.devnull, "w")


class EventLog:
    """A log file with an end."""

    def __init__(self, path):
        self.path = path
        self.handle = open(path, "a", encoding="utf-8")

    def write(self, text):
        self.handle.write(text + "\n")

    def close(self):
        self._release()

    def _release(self):
        if not self.handle.closed:
            self.handle.flush()
            self.handle.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class TraceLog:
    """A log file that hopes to be collected."""

    def __init__(self, path):
        self.trace = open(path, "a", encoding="utf-8")

    def note(self, text):
        self.trace.write(text + "\n")
        self.trace.flush()

    def __del__(self):
        self.trace.close()


class AuditLog:
    """Opened at construction, closed by nobody."""

    def __init__(self, path):
        self.path = path
        self.audit = open(path, "a", encoding="utf-8", buffering=1)

    def log(self, actor, action):
        self.audit.write(f"{actor}\t{action}\n")


class ChannelLogs:
    """One file per channel, opened when somebody first speaks."""

    def __init__(self, folder):
        self.folder = folder
        self.handles = {}

    def say(self, channel, text):
        if channel not in self.handles:
            self.handles[channel] = open(os.path.join(self.folder, f"{channel}.log"), "a", encoding="utf-8")
        self.handles[channel].write(text + "\n")

    def close(self):
        for handle in self.handles.values():
            handle.close()
        self.handles.clear()


class RetryingLog:
    """Looks for a folder it can write to."""

    def __init__(self):
        self.handle = None

    def attach(self, paths):
        """Take the first file that is empty; returns its name or None."""
        for path in paths:
            self.handle = open(path, "a", encoding="utf-8")
            if self.handle.tell() == 0:
                return os.path.basename(path)
        return None

    def close(self):
        if self.handle is not None:
            self.handle.close()


def open_log(path):
    """A log to append to; the caller closes it."""
    return open(path, "a", encoding="utf-8")


def append(path, text):
    with open_log(path) as log:
        log.write(text + "\n")


def append_all(path, entries):
    """Append `(level, text)` pairs. Raises ValueError for a pair that is none."""
    log = open_log(path)
    for level, text in entries:
        log.write(f"{level.upper()} {text}\n")
    log.close()


@contextlib.contextmanager
def section(path, title):
    """A log with a heading above and a line below what the caller writes."""
    log = open(path, "a", encoding="utf-8")
    try:
        log.write(f"== {title}\n")
        yield log
        log.write("--\n")
    finally:
        log.close()


@contextlib.contextmanager
def quick_section(path, title):
    """Like `section`, written in a hurry."""
    log = open(path, "a", encoding="utf-8")
    log.write(f"== {title}\n")
    yield log
    log.close()


def tail(path, count):
    """The last lines of a log, none when there is no log."""
    try:
        handle = open(path, encoding="utf-8")
        return handle.read().splitlines()[-count:]
    except FileNotFoundError:
        return []
    finally:
        if "handle" in locals():
            handle.close()


def finish(handle, remark):
    """Write a last line and close."""
    try:
        handle.write(remark + "\n")
    finally:
        handle.close()


def copy_last(path, target, count):
    """Copy the last lines of a log; `finish` closes the copy."""
    lines = tail(path, count)
    out = open(target, "w", encoding="utf-8")
    try:
        out.writelines(line + "\n" for line in lines)
    finally:
        finish(out, f"({len(lines)} lines)")
    return len(lines)


def quiet(text):
    """Say something to nobody."""
    NOWHERE.write(text)
    return len(text)
