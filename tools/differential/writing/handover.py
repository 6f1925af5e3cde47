"""Shapes in which somebody else gets the resource: callers, containers, classes, closures, stacks, helpers."""

from .shapes import closes, has_with, named, released, shape, value


@shape("returned")
def returned(w):
    r = w.new(named)
    if r.is_value and w.chance(0.3):
        return [*w.noise(1), f"return {r.call}"]
    return [*w.noise(1), *r.acquire(), *w.noise(1), f"return {r.name}"]


@shape("returned in a container")
def returned_in_container(w):
    r = w.new(named)
    form = w.random.choice(("{n}, 1", '{{"a": {n}}}', "[{n}]", "(1, {n})"))
    return [*r.acquire(), *w.noise(1), "return " + form.format(n=r.name)]


@shape("returned on one path")
def returned_on_path(w):
    r = w.new(named)
    return [*r.acquire(), (f"if {w.condition()}:", [f"return {r.name}"]), *(r.release() if w.chance(0.5) else []), "return None"]


@shape("appended to what outlives")
def appended(w):
    r = w.new(named)
    return [*r.acquire(), *w.noise(1), f"env.kept.append({r.name})", *w.noise(1)]


@shape("stored in an attribute")
def stored(w):
    r = w.new(named)
    return [*r.acquire(), *w.noise(1), f"env.current = {r.name}", *w.noise(1)]


@shape("local list, released in a loop")
def local_list(w):
    r = w.new(named)
    body = ["opened = []", ("for entry in env.items:", [*r.acquire(), f"opened.append({r.name})"]), *w.noise(1)]
    return [*body, ("for each in opened:", r.release("each")), *w.result()]


@shape("local list, never released")
def local_list_never(w):
    r = w.new(named)
    return ["opened = []", ("for entry in env.items:", [*r.acquire(), f"opened.append({r.name})"]), *w.noise(), *w.result()]


@shape("given to an unknown call", is_scored=False)
def unknown_call(w):
    r = w.new(named)
    return [*r.acquire(), f"env.peek({r.name})", *w.noise(1), *(r.release() if w.chance(0.3) else []), *w.result()]


@shape("exit stack")
def exit_stack(w):
    r = w.new(lambda r: has_with(r) and not r.is_async)
    stack = w.imports.spell("contextlib", "ExitStack")
    entered = f"{r.name} = stack.enter_context({r.call})"
    if w.chance(0.3):
        return [*r.acquire(), (f"with {stack}() as stack:", [f"stack.callback({r.name}.{r.row['release'][0]})", *w.uses(r)])]
    return [(f"with {stack}() as stack:", [*w.noise(1), entered, *w.uses(r)]), *w.noise(1)]


@shape("released by a helper")
def helper_releases(w):
    r = w.new(lambda r: named(r) and not r.is_async)
    helper = f"_release_{w.name}"
    w.before.append((f"def {helper}(target):", r.release("target")))
    return [*r.acquire(), *w.uses(r), f"{helper}({r.name})", *w.noise(1)]


@shape("borrowed by a helper")
def helper_borrows(w):
    r = w.new(lambda r: closes(r) and not r.is_async)
    helper = f"_read_{w.name}"
    w.before.append((f"def {helper}(target):", ["return target.read()"]))
    return [*r.acquire(), f"data = {helper}({r.name})", *w.noise(1), *(r.release() if w.chance(0.4) else []), "return data"]


@shape("made by a factory")
def factory(w):
    r = w.new(lambda r: value(r) and not r.is_async and not r.parameter)
    maker = f"_make_{w.name}"
    w.before.append((f"def {maker}(env):", [f"return {r.call}"]))
    body = [f"{r.name} = {maker}(env)", *w.uses(r)]
    ending = w.random.randrange(3)
    if ending == 0 and r.has_with:
        return [(f"with {maker}(env) as {r.name}:", w.uses(r)), *w.noise(1)]
    return [*body, *(r.release() if ending == 1 else []), *w.result()]


@shape("closure, called here")
def closure_called(w):
    r = w.new(lambda r: closes(r) and not r.is_async)
    inner = ("def inner():", [f"return {r.name}.read()"])
    return [*r.acquire(), inner, "data = inner()", *w.noise(1), *(r.release() if w.chance(0.5) else []), "return data"]


@shape("closure, returned", is_scored=False)
def closure_returned(w):
    r = w.new(lambda r: closes(r) and not r.is_async)
    if w.chance(0.5):
        return [*r.acquire(), *w.noise(1), f"return lambda: {r.name}.read()"]
    return [*r.acquire(), ("def inner():", [f"return {r.name}.read()"]), *w.noise(1), "return inner"]


@shape("inside a nested function")
def nested_function(w):
    r = w.new(lambda r: released(r) and not r.is_async and not r.parameter)
    body = [*r.acquire(), *w.uses(r, most=2), *(r.release() if w.chance(0.5) else []), "return 1"]
    return [("def inner():", body), *w.noise(1), "return inner()"]


@shape("generator")
def generator(w):
    r = w.new(lambda r: released(r) and not r.is_async)
    body = [*r.acquire(), *w.use(r), "yield 1", *w.use(r)]
    if w.chance(0.3):
        return [*r.acquire(), ("try:", ["yield 1", *w.use(r)]), ("finally:", r.release())]
    return [*body, *(r.release() if w.chance(0.6) else []), *w.noise(1)]


@shape("generator over the resource")
def generator_over(w):
    r = w.new(lambda r: closes(r) and r.row["family"] == "file" and not r.is_async)
    loop = (f"for line in {r.name}:", [*w.noise(1), "yield line"])
    return [*r.acquire(), loop, *(r.release() if w.chance(0.5) else [])]


@shape("context manager function")
def context_manager(w):
    r = w.new(lambda r: named(r) and not r.is_async and not r.parameter)
    manager = f"_managed_{w.name}"
    w.imports.plain("contextlib")
    body = [*r.acquire(), f"yield {r.name}", *(r.release() if w.chance(0.7) else [])]
    if w.chance(0.5):
        body = [*r.acquire(), ("try:", [f"yield {r.name}"]), ("finally:", r.release())]
    w.before.append("@contextlib.contextmanager")
    w.before.append((f"def {manager}(env):", body))
    return [(f"with {manager}(env) as {r.name}:", [*w.uses(r), w.step()]), *w.noise(1)]


@shape("decorated function")
def decorated(w):
    r = w.new(released)
    w.decorators.append("@_same")
    return ['"""Says what it does.\n\n    with sqlite3.connect(p) as c: looks like code.\n    """', *r.acquire(), *w.uses(r), *r.release()]


def _owner(w, r, methods):
    name = f"Owner{w.name.title()}"
    create = ("def __init__(self, env):", [*r.acquire("self.held"), "self.count = 0"])
    w.before.append((f"class {name}:", [create, *methods]))
    w.owner = name
    return name


@shape("attribute of a class without a close")
def owner_without_close(w):
    r = w.new(lambda r: named(r) and not r.is_async and not r.parameter)
    name = _owner(w, r, [("def work(self, env):", w.use(r, "self.held"))])
    return [f"owner = {name}(env)", *w.noise(1), "owner.work(env)", *w.result()]


@shape("attribute of a class with a close")
def owner_with_close(w):
    r = w.new(lambda r: named(r) and not r.is_async and not r.parameter)
    close = ("def close(self):", r.release("self.held"))
    name = _owner(w, r, [("def work(self, env):", w.use(r, "self.held")), close])
    return [f"owner = {name}(env)", ("try:", ["owner.work(env)"]), ("finally:", ["owner.close()"]), *w.result()]


@shape("method")
def method(w):
    r = w.new(lambda r: named(r) and not r.is_async and not r.parameter)
    name = f"Worker{w.name.title()}"
    body = [*r.acquire(), *w.uses(r), *(r.release() if w.chance(0.5) else []), "return self.count"]
    w.before.append((f"class {name}:", ["count = 3", ("def work(self, env):", body)]))
    return [f"return {name}().work(env)"]
