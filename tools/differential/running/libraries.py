"""Stand-ins for the modules that a program imports: everything that acquires, and the rest of the real standard library."""

import builtins
import importlib
import sys

from . import handles, semantics
from .resources import CLASSES, Done, Plain, Resource
from .scenario import Current


class Source(Plain):
    """An object whose methods acquire, and which is no resource of the program: an engine, a loop, a listening socket."""

    def __init__(self, kind, makers):
        self.__dict__.update(_kind=kind, _makers=makers, _is_async=False)

    def _root(self):
        return self

    def _is_closed(self):
        return False

    def _invoke(self, name, args):
        maker = self._makers.get(name)
        return super()._invoke(name, args) if maker is None else maker(*args)

    def __repr__(self):
        return f"<source {self._kind}>"


class Node:
    """A module, a class or a function of a library, by its qualified name."""

    def __init__(self, name, library):
        self.__dict__.update(_name=name, _library=library, _children={}, _row=None)

    def __getattr__(self, name):
        child = self._children.get(name)
        if child is not None:
            return child
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._library.real(self._name), name)

    def __call__(self, *args, **kwargs):
        if self._row is not None:
            return self._library.acquire(self._row, args, kwargs)
        return self._library.source(self._name, args)


class Runtime:
    """The companion package: whatever it is given is looked after from then on."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Runtime()

    def __call__(self, given=None, *args, **kwargs):
        if isinstance(given, Resource):
            given.__dict__["_is_managed"] = True
            if given.record is not None:
                given.record.is_managed = True
        return given


class Libraries:
    """All stand-ins, from the rows of the catalogue."""

    def __init__(self, rows, runtime_module="pylint_leaks_runtime"):
        self._roots = {runtime_module: Runtime()}
        self._makers = {}
        self._locks = {row["type"]: row for row in rows if row.get("of") == "receiver"}
        for row in rows:
            self._add(row)
        for name, function in (("read", None), ("write", None), ("listdir", None), ("close", handles.close_descriptor)):
            self.node("os")._children[name] = function or handles.os_function(name)
        self.node("shutil")._children["rmtree"] = handles.remove_tree
        self.node("asyncio")._children["get_running_loop"] = lambda: self.source("asyncio.loop", ())
        self.builtins = {
            **vars(builtins),
            "open": self.node("builtins").open,
            "print": lambda *args, **kwargs: Current.scenario.action(f"print {args!r}"),
            "__import__": self._import,
        }

    def node(self, name):
        top, *rest = name.split(".")
        node = self._roots.setdefault(top, Node(top, self))
        for part in rest:
            node = node._children.setdefault(part, Node(f"{node._name}.{part}", self))
        return node

    def _add(self, row):
        owner, _, name = row["acquire"].rpartition(".")
        self.node(row["acquire"]).__dict__["_row"] = row
        self._makers.setdefault(owner, {})[name] = lambda *args, **kwargs: self.acquire(row, args, kwargs)

    def _import(self, name, globals=None, locals=None, fromlist=(), level=0):
        top = name.partition(".")[0]
        root = self._roots.get(top)
        if root is None:
            return builtins.__import__(name, globals, locals, fromlist, level)
        return self.node(name) if fromlist and not isinstance(root, Runtime) else root

    def real(self, name):
        """The real module of the standard library that a stand-in covers."""
        if name.partition(".")[0] not in sys.stdlib_module_names:
            raise AttributeError(f"{name} has no such attribute")
        return importlib.import_module(name)

    def source(self, kind, args=()):
        lock = self._locks.get(kind)
        return handles.Lock(lock) if lock is not None else Source(kind, self._makers.get(kind, {}))

    def acquire(self, row, args, kwargs):
        name = row["acquire"]
        if row.get("acquiredBy"):
            if name in semantics.NEVER_FAILS:
                Current.scenario.action(f"{name}{args!r}")
            else:
                Current.scenario.step(f"{name}{args!r}")
            return CLASSES[row["with"]](row)
        Current.scenario.step(f"{name} {args!r} {sorted(kwargs.items())!r}")
        elements = row.get("elements")
        if elements:
            pair = tuple(self._make(row) if index in elements else "extra" for index in range(2))
            return Done(pair) if row["family"] == "async" else pair
        for given in args:
            # `os.fdopen(fd)`: the descriptor is the file's from now on.
            if isinstance(given, handles.Descriptor) and name.endswith("open"):
                given.record.is_managed = True
        return self._make(row)

    def _make(self, row):
        if row["type"] == "int":
            return handles.Descriptor(row)
        if row["type"] == "str":
            return handles.Folder(row)
        resource = CLASSES[row["with"]](row, self._makers.get(row["type"]))
        resource._acquire()
        return resource
