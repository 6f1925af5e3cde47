"""Resources that are no objects of a class of their own: descriptors, paths, locks; and what functions of `os` do with them."""

from .resources import Done, Plain
from .scenario import Current


class Descriptor(int):
    """A number that knows its record."""

    record = None

    def __new__(cls, row):
        number = super().__new__(cls, 100 + len(Current.scenario.records))
        number.record = Current.scenario.acquired(row)
        return number

    def __del__(self):
        if self.record is not None:
            self.record.is_dead = True

    def close(self):
        self.record.is_released = True


class Folder(str):
    """A path that must be removed."""

    record = None

    def __new__(cls, row):
        Current.scenario.paths += 1
        path = super().__new__(cls, f"/tmp/job{Current.scenario.paths}")
        path.record = Current.scenario.acquired(row)
        return path

    def __del__(self):
        if self.record is not None:
            self.record.is_dead = True

    def remove(self):
        self.record.is_released = True
        Current.scenario.gone.add(str(self))


class Lock(Plain):
    """Counts who holds it; it never blocks."""

    def __init__(self, row):
        self.__dict__.update(_row=row, _held=[], _is_async=row["with"] == "async")

    def acquire(self, *args):
        Current.scenario.step(f"{self!r}.acquire")
        record = Current.scenario.acquired(self._row)
        self._held.append(record)
        Current.scenario.locks.append(record)
        return Done(True)

    def release(self):
        if not self._held:
            raise Current.scenario.fail(RuntimeError("release unlocked lock"))
        record = self._held.pop()
        record.is_released = True
        Current.scenario.locks.remove(record)

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, *rest):
        self.release()

    async def __aenter__(self):
        self.acquire()

    async def __aexit__(self, *rest):
        self.release()

    def _root(self):
        return self

    def _is_closed(self):
        return False

    def __repr__(self):
        return f"<{self._row['type']}>"


def os_function(name):
    """`os.read` and the like on a descriptor or a path of ours."""

    def call(target, *args):
        record = getattr(target, "record", None)
        if record is not None and record.is_released:
            Current.scenario.action(f"os.{name} on closed")
            raise Current.scenario.fail(OSError(9, "Bad file descriptor"))
        Current.scenario.step(f"os.{name}{args!r}")
        return {"read": b"bytes", "write": 1, "listdir": ["one"]}.get(name)

    return call


def close_descriptor(number):
    if getattr(number, "record", None) is not None:
        number.close()


def remove_tree(path, *args, **kwargs):
    if getattr(path, "record", None) is not None:
        path.remove()
