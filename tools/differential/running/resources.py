"""Resources that write down what is done with them. What they can do follows from their row and from `semantics`."""

from . import semantics
from .scenario import Current


class Done:
    """A result that may be awaited or not."""

    def __init__(self, value=None):
        self.value = value

    def __await__(self):
        return self.value
        yield

    def __repr__(self):
        return f"Done({self.value!r})"


class Plain:
    """Attributes and methods of something that needs an open resource, `self._root()`."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"{self!r} has no {name}")
        if name in semantics.PLAIN:
            return self._plain(name)
        return Method(self, name)

    def _plain(self, name):
        return semantics.PLAIN[name]

    def _invoke(self, name, args):
        self._check(name)
        Current.scenario.step(f"{self!r}.{name}{args!r}")
        return self._give(name)

    def _give(self, name):
        if name == "readline":
            self.__dict__["_lines"] = self.__dict__.get("_lines", 0) + 1
            value = "line\n" if self._lines <= 2 else ""
        elif name in semantics.DERIVED:
            value = Derived(self, name)
        else:
            value = semantics.DETACHED.get(name, name)
        return Done(value) if self._root()._is_async else value

    def _check(self, name):
        if self._root()._is_closed():
            Current.scenario.action(f"{self!r}.{name} on closed")
            raise Current.scenario.fail(ValueError(f"{self!r}.{name}: it is closed"))

    def __iter__(self):
        self._check("__iter__")
        self.__dict__["_left"] = 2
        return self

    def __next__(self):
        self._check("__next__")
        Current.scenario.step(f"{self!r} next")
        if not self.__dict__.setdefault("_left", 2):
            raise StopIteration
        self.__dict__["_left"] -= 1
        return f"{self._left},line\n"


class Method:
    """A bound method."""

    def __init__(self, owner, name):
        self._owner = owner
        self._name = name

    def __call__(self, *args, **kwargs):
        return self._owner._invoke(self._name, args + tuple(sorted(kwargs.items())))

    def __repr__(self):
        return f"{self._owner!r}.{self._name}"


class Derived(Plain):
    """Something that dies with its resource: a cursor, a reader, a response."""

    def __init__(self, parent, name):
        self.__dict__.update(_parent=parent, _name=name)

    def _root(self):
        return self._parent._root()

    def close(self):
        pass

    def __repr__(self):
        return f"{self._parent!r}/{self._name}"


class Resource(Plain):
    """What an acquisition gives. `record` is None until it is acquired (a thread before `start`)."""

    def __init__(self, row, makers=None):
        self.__dict__.update(_row=row, _makers=makers or {}, record=None, _used_by=None, _is_managed=False)
        self.__dict__["_is_async"] = row["with"] == "async" or row["family"] == "async"
        if row["type"] in semantics.DELETES:
            Current.scenario.paths += 1
            self.__dict__["_path"] = f"/tmp/job{Current.scenario.paths}"

    def _root(self):
        return self

    def _plain(self, name):
        if name == "name" and "_path" in self.__dict__:
            return self._path
        return super()._plain(name)

    def _is_closed(self):
        return self.record is not None and self.record.is_released and self._used_by not in semantics.STILL_USABLE

    def _acquire(self):
        self.record = Current.scenario.acquired(self._row)
        self.record.is_managed = self._is_managed

    def _invoke(self, name, args):
        maker = self._makers.get(name)
        if maker is not None:
            self._check(name)
            return maker(*args)
        if name == self._row.get("acquiredBy"):
            return self._start(name)
        if name in self._row["release"]:
            return self._release(name, args)
        if name == "add_done_callback":
            return None
        return super()._invoke(name, args)

    def _start(self, name):
        if self._row["acquire"] in semantics.NEVER_FAILS:
            Current.scenario.action(f"{self!r}.{name}")
        else:
            Current.scenario.step(f"{self!r}.{name}")
        self._acquire()
        return Done()

    def _release(self, name, args=()):
        record = self.record
        if record is not None and not record.is_released:
            record.is_released = True
            record.ended_by = name
            self.__dict__["_used_by"] = name
            if name in semantics.NOISY:
                Current.scenario.action(f"{self!r}.{name}{args!r}", record, name)
            self._delete()
        return Done()

    def _delete(self):
        if "_path" in self.__dict__:
            Current.scenario.gone.add(self._path)

    def __setattr__(self, name, value):
        self.__dict__[name] = value
        if name in ("name", "daemon"):
            Current.scenario.action(f"{self!r}.{name} = {value!r}")

    def __await__(self):
        if self._row.get("obligation") == "keep":
            self.record.is_released = True
            Current.scenario.step(f"{self!r} awaited")
        return self
        yield

    def __del__(self):
        if self.record is not None:
            self.record.is_dead = True
            self._delete()

    def __repr__(self):
        return f"<{self._row['type']}>"


class Entered(Resource):
    """Leaving `with` releases."""

    def __enter__(self):
        self._check("__enter__")
        return self

    def __exit__(self, kind, *rest):
        self._leave(kind)

    def _leave(self, kind):
        type_ = self._row["type"]
        if type_ in semantics.EXIT_COMMITS:
            Current.scenario.action(f"{self!r} {'commit' if kind is None else 'rollback'}", self.record)
        if type_ in semantics.EXIT_MORE:
            Current.scenario.action(f"{self!r} exit", self.record)
        self._release(semantics.EXIT_METHODS.get(type_, self._row["release"][0]))


class EnteredAsync(Entered):
    """Only `async with` releases."""

    __enter__ = __exit__ = None

    async def __aenter__(self):
        self._check("__aenter__")
        return self

    async def __aexit__(self, kind, *rest):
        self._leave(kind)


class EnteredOther(Entered):
    """`as` binds the path."""

    def __enter__(self):
        super().__enter__()
        return self._path


class Transaction(Resource):
    """Leaving `with` ends a transaction and leaves the resource open."""

    def __enter__(self):
        self._check("__enter__")
        return self

    def __exit__(self, kind, *rest):
        self._check("__exit__")
        Current.scenario.action(f"{self!r} {'commit' if kind is None else 'rollback'}")


CLASSES = {
    "closes": Entered,
    "closes-and-more": Entered,
    "transaction": Transaction,
    "binds-other": EnteredOther,
    "async": EnteredAsync,
    "none": Resource,
}
