"""Statements that use a live resource, as programs of its family do. What they assign is named in `VALUES`."""

# Each entry: (statement with {n} for the resource, what it leaves in `value`: nothing, detached data, something derived).
DATABASE = (
    ('{n}.execute("select 1")', None),
    ('{n}.execute("insert into t values (1)")', None),
    ('value = {n}.execute("select name from items").fetchall()', "data"),
    ('value = {n}.execute("select 1").fetchone()', "data"),
    ('cursor = {n}.cursor()\ncursor.execute("select 2")\nvalue = cursor.fetchall()', "data"),
    ('for row in {n}.execute("select 3"):\n    env.step(row)', None),
    ("{n}.commit()", None),
    ('value = [row for row in {n}.execute("select 4")]', "data"),
    ('value = {n}.execute("""\n        select name\n          from items\n    """).fetchall()', "data"),
)
READING = (
    ("value = {n}.read()", "data"),
    ("value = {n}.readline()", "data"),
    ("value = {n}.readlines()", "data"),
    ("for line in {n}:\n    env.step(line)", None),
    ("value = [line.strip() for line in {n}]", "data"),
    ("value = list({n})", "data"),
    ("value = sum(1 for _ in {n})", "data"),
    ('{n}.write("text")', None),
    ("value = json.load({n})", "data"),
    ("value = list(csv.reader({n}))", "data"),
    ("if {n}.readline():\n    env.step('more')", None),
)
USES = {
    "sqlite": DATABASE,
    "database": DATABASE,
    "file": READING,
    "socket": (
        ('{n}.sendall(b"x")', None),
        ("value = {n}.recv(10)", "data"),
        ("{n}.settimeout(3)", None),
        ('{n}.send(b"hello")', None),
    ),
    "http": (
        ('value = {n}.get("https://example.org/").text', "data"),
        ('{n}.request("GET", "/")', None),
        ("value = {n}.read()", "data"),
    ),
    "executor": (
        ("{n}.submit(env.work)", None),
        ("value = list({n}.map(str, [1, 2]))", "data"),
        ("value = {n}.submit(env.work).result()", "data"),
    ),
    "process": (("value = {n}.pid", "data"), ("{n}.send_signal(2)", None)),
    "thread": (("value = {n}.name", "data"), ("env.step({n}.is_alive())", None)),
    "lock": (("env.step('guarded')", None),),
    "task": (("env.step('meanwhile')", None),),
    "temp": (("value = os.listdir({n})", "data"), ('env.look(os.path.join({n}, "a"))', None)),
    "async": (('{n}.write(b"x")', None), ("value = {n}.sockets", "data")),
    "other": (("{n}.work(1)", None), ("value = {n}.read(4)", "data")),
}
ASYNC = (
    ('value = await {n}.fetch("select 1")', "data"),
    ("await {n}.work(1)", None),
    ('await {n}.execute("select 2")', None),
)
DESCRIPTOR = (("value = os.read({n}, 10)", "data"), ('os.write({n}, b"x")', None))
DERIVED = {
    "sqlite": ("{n}.cursor()", '{n}.execute("select 1")', "{n}.execute", 'map(str, {n}.execute("select 5"))'),
    "database": ("{n}.cursor()", '{n}.execute("select 1")'),
    "file": ("csv.reader({n})", "(line for line in {n})", "iter({n})", "{n}.readline"),
    "socket": ("{n}.makefile()", "{n}.recv"),
    "http": ("{n}.get", '{n}.get("https://example.org/", stream=True)'),
    "executor": ("{n}.submit(env.work)", "{n}.map(str, [1, 2])"),
}


def use(resource, random, name=None):
    """One use: lines with the indentation of a block of their own."""
    name = name or resource.held[0]
    if resource.row["type"] == "int":
        choices = DESCRIPTOR
    elif resource.row["type"] == "str":
        choices = USES["temp"]
    elif resource.is_async and not resource.is_lock and not resource.is_kept:
        choices = ASYNC
    else:
        choices = USES[resource.row["family"]]
    text, kind = random.choice(choices)
    for module in ("json", "csv", "os"):
        if f"{module}." in text:
            resource.imports.plain(module)
    return text.replace("{n}", name), kind


def derived(resource, random, name=None):
    """An expression whose value needs the resource later."""
    options = DERIVED.get(resource.row["family"], ("{n}.part()",))
    text = random.choice(options)
    if resource.row["type"] in ("int", "str"):
        text = "(lambda: {n})"
    if "csv." in text:
        resource.imports.plain("csv")
    return text.replace("{n}", name or resource.held[0])
