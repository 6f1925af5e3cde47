"""How a row of the catalogue is written down in a program: imports, acquisition, release."""

import sys

# Classes that PEP 8 does not tell from modules.
LOWER_CASE_CLASSES = {"asyncio.loop", "socket.socket"}
# Methods that are called on the class itself.
CLASS_CALLS = ("tarfile.TarFile.", "psycopg.AsyncConnection.", "psycopg.Connection.", "neo4j.GraphDatabase.")
PATHS = ("pathlib.Path.open", "pathlib.PosixPath.open", "pathlib.WindowsPath.open")
# What is released by a function instead of a method.
RELEASED_BY = {"int": ("os", "os.close"), "str": ("shutil", "shutil.rmtree")}
# Calls (and methods) of asynchronous libraries that must be awaited. Source: the documentation of each.
AWAITED = {
    "asyncio.Condition.acquire", "asyncio.Lock.acquire", "asyncio.Semaphore.acquire",
    "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.loop.connect_read_pipe",
    "asyncio.loop.create_connection", "asyncio.loop.create_datagram_endpoint", "asyncio.loop.create_server",
    "asyncio.open_connection", "asyncio.open_unix_connection", "asyncio.start_server", "asyncio.start_unix_server",
    "bleak.BleakClient", "aiomysql.connect", "aiomysql.create_pool", "aiopg.connect", "aiopg.create_pool",
    "aiosqlite.connect", "asyncpg.connect", "asyncpg.create_pool", "psycopg.AsyncConnection.connect",
    "redis.asyncio.from_url", "asyncssh.connect", "websockets.connect", "aiofiles.open", "anyio.open_file",
    "trio.open_file",
}
# Of these asynchronous types the release is an ordinary method.
PLAIN_RELEASE = {
    "asyncio.StreamWriter", "asyncio.Server", "asyncio.Transport", "asyncio.loop", "asyncio.Lock",
    "asyncio.Condition", "asyncio.Semaphore", "asyncssh.SSHClientConnection", "asyncio.Task",
}

ARGUMENTS = {
    "threading.Thread": ("target=env.work", "target=env.work, daemon=True", "target=env.work, args=()"),
    "threading.Timer": ("30, env.work",),
    "multiprocessing.Process": ("target=env.work", "target=env.work, daemon=True"),
    "multiprocessing.context.BaseContext.Process": ("target=env.work",),
    "socket.socket": ("", "env.number"),
    "tempfile.mkdtemp": ("", 'prefix="job-"'),
    "tempfile.mkstemp": ("", 'suffix=".txt"'),
    "tempfile.TemporaryFile": ("", '"w+"'),
    "tempfile.NamedTemporaryFile": ("", '"w"'),
    "tempfile.TemporaryDirectory": ("",),
    "os.pipe": ("",),
}
FAMILY_ARGUMENTS = {
    "task": ("env.job()",),
    "executor": ("2", "", "max_workers=2"),
    "sqlite": ("env.path", '"app.db"', "str(env.path)", "env.path, timeout=5"),
    "file": ("env.path", '"data.txt"', "str(env.path)"),
    "process": ('["ls"]', "env.path"),
    "http": ("env.path", '"https://example.org/"'),
    "lock": ("",),
}


class Resource:
    """One acquisition in a function: a row, and the name that holds it."""

    def __init__(self, row, name, random, imports, arguments=None):
        self.row = row
        self.name = name
        self.random = random
        self.imports = imports
        self.acquire_name = row["acquire"]
        self.is_async = self.acquire_name in AWAITED or row["with"] == "async" or row["family"] == "async"
        self.elements = row.get("elements")
        self.is_lock = row.get("of") == "receiver"
        self.is_kept = row.get("obligation") == "keep"
        self.acquired_by = row.get("acquiredBy")
        self.parameter = None
        self._arguments = arguments if arguments is not None else self._choose_arguments()
        self._callee = self._spell()

    @property
    def has_with(self):
        """`with` on the acquisition releases it, and binds it."""
        return self.row["with"] in ("closes", "closes-and-more", "async") and self.is_value

    @property
    def is_value(self):
        """The acquisition is one expression whose value is the resource."""
        return not (self.is_lock or self.is_kept or self.acquired_by or self.elements)

    def _choose_arguments(self):
        own = ARGUMENTS.get(self.acquire_name)
        return self.random.choice(own or FAMILY_ARGUMENTS.get(self.row["family"]) or ("env.path", "", "env.path, 1"))

    def _spell(self):
        """The callee as the program writes it; notes imports and parameters."""
        name = self.acquire_name
        owner, _, last = name.rpartition(".")
        if owner == "builtins":
            return last
        if name in PATHS:
            return self.imports.spell("pathlib", name.split(".")[1]) + "(env.path).open"
        parts = owner.split(".")
        is_method = len(parts) > 1 and (parts[-1][0].isupper() or owner in LOWER_CASE_CLASSES)
        if not is_method:
            return self.imports.spell(owner, last)
        module = ".".join(parts[:-1])
        if name.startswith(CLASS_CALLS):
            return f"{self.imports.spell(module, parts[-1])}.{last}"
        if owner == "asyncio.loop" and self.random.random() < 0.7:
            return f"{self.imports.spell('asyncio', 'get_running_loop')}().{last}"
        self.imports.plain(module)
        receiver = self.name if self.is_lock else f"{self.name}_source"
        self.parameter = (receiver, owner)
        return f"{receiver}.{last}"

    @property
    def call(self):
        """The constructor call, awaited where it must be."""
        awaited = "await " if self.acquire_name in AWAITED and not self.acquired_by else ""
        return f"{awaited}{self._callee}({self._spread()})"

    @property
    def bare_call(self):
        """The constructor call as the item of `async with` takes it."""
        return self.call.removeprefix("await ")

    def _spread(self):
        """Arguments, now and then over several lines."""
        if not self._arguments or self.random.random() > self.imports.oddness * 0.5:
            return self._arguments
        style = self.random.randrange(4)
        if style == 0:
            return f"\x01{self._arguments},\x02"
        if style == 1:
            return f"\x01{self._arguments},\x03\x02"
        if style == 2:
            return f"\x03\x01{self._arguments}\x02"
        return self._arguments.replace(", ", ",\x01")

    def acquire(self, target=None):
        """Statements after which the name (or `target`) holds the live resource."""
        name = target or self.name
        if self.is_lock:
            return [self.call]
        if self.elements:
            return [f"{', '.join(self.names)} = {self.call}"]
        if not self.acquired_by:
            return [f"{name} = {self.call}"]
        return [f"{name} = {self.call}", self.start(name)]

    def start(self, name=None):
        awaited = "await " if self.acquire_name in AWAITED else ""
        return f"{awaited}{name or self.name}.{self.acquired_by}()"

    @property
    def names(self):
        """All names that the acquisition binds; those of `elements` hold resources."""
        if not self.elements:
            return [self.name]
        if self.elements == [0, 1]:
            return [f"{self.name}_in", f"{self.name}_out"]
        return [f"{self.name}_0", "extra"] if self.elements == [0] else ["extra", f"{self.name}_1"]

    @property
    def held(self):
        """The names that hold resources."""
        return [self.names[index] for index in self.elements] if self.elements else [self.name]

    def release(self, name=None, method=None):
        """Statements that release it."""
        names = [name] if name else self.held
        return [self._release_one(each, method) for each in names]

    def _release_one(self, name, method):
        methods = self.row["release"]
        if not methods:
            module, function = RELEASED_BY[self.row["type"]]
            self.imports.plain(module)
            return f"{function}({name})"
        method = method or (methods[0] if self.random.random() < 0.85 else self.random.choice(methods))
        awaited = "await " if self.is_async and self.row["type"] not in PLAIN_RELEASE else ""
        return f"{awaited}{name}.{method}()"

    def with_header(self, target=None):
        """`with ACQUIRE as NAME:`, or without a name."""
        name = self.name if target is None else target
        word = "async with" if self.row["with"] == "async" else "with"
        call = self.bare_call if self.row["with"] == "async" else self.call
        return f"{word} {call} as {name}:" if name else f"{word} {call}:"


class Imports:
    """The import lines of one module; each module of a library is spelled in one way."""

    STYLES = ("module", "alias", "from", "from-as")

    def __init__(self, random, oddness):
        self.random = random
        self.oddness = oddness
        self.lines = {}
        self._styles = {}
        self._taken = {}

    def plain(self, module):
        self.lines[f"import {module}"] = None

    def spell(self, module, name):
        style = self._styles.setdefault(module, self.random.choice(("module",) * 5 + self.STYLES))
        if style == "module":
            self.plain(module)
            return f"{module}.{name}"
        if style == "alias":
            alias = "the_" + module.replace(".", "_")
            self.lines[f"import {module} as {alias}"] = None
            return f"{alias}.{name}"
        # One name cannot stand for two functions, nor hide a builtin or a module (`socket.socket`).
        is_free = name != "open" and name not in sys.stdlib_module_names
        if style == "from" and is_free and self._taken.setdefault(name, module) == module:
            self.lines[f"from {module} import {name}"] = None
            return name
        alias = f"{module.replace('.', '_')}_{name}"
        self.lines[f"from {module} import {name} as {alias}"] = None
        return alias
