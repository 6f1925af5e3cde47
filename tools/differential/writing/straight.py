"""Shapes without branches of their own: lines one after the other, `with`, chains, aliases."""

from .shapes import closes, has_with, named, released, shape, started, task, transaction, value


@shape("never released")
def never_released(w):
    r = w.new(released)
    return [*w.noise(), *r.acquire(), *w.uses(r), *w.noise(), *w.result()]


@shape("released at the end")
def released_at_end(w):
    r = w.new(released)
    return [*w.noise(), *r.acquire(), *w.uses(r), *r.release(), *w.noise(), *w.result()]


@shape("released at once")
def released_at_once(w):
    r = w.new(released)
    between = [w.quiet()] if w.chance(0.4) else []
    return [*w.noise(), *r.acquire(), *between, *r.release(), *w.noise(), *w.result()]


@shape("never released, value returned")
def value_returned(w):
    r = w.new(value)
    return [*r.acquire(), *w.use(r), "answer = 3", *w.noise(1), "return answer"]


@shape("never released, use returned")
def use_returned(w):
    r = w.new(closes)
    last = w.random.choice(("{n}.read()", "len(str({n}.read()))", "{n}.part().name", "{n}.size", "list({n}.all())"))
    return [*w.noise(), *r.acquire(), *w.uses(r, most=1), f"return {last.replace('{n}', r.name)}"]


@shape("released before the return")
def released_before_return(w):
    r = w.new(closes)
    return [*r.acquire(), f"data = {r.name}.read()", *w.noise(), *r.release(), *w.noise(1), "return data"]


@shape("with")
def with_block(w):
    r = w.new(has_with)
    return [*w.noise(), (r.with_header(), w.uses(r)), *w.noise(), *w.result()]


@shape("with on the name")
def with_name(w):
    r = w.new(lambda r: r.has_with and r.row["with"] != "async")
    return [*r.acquire(), *w.noise(1), (f"with {r.name}:", w.uses(r)), *w.noise()]


@shape("with closing")
def with_closing(w):
    r = w.new(closes)
    closing = w.imports.spell("contextlib", "closing")
    if w.chance(0.5):
        return [(f"with {closing}({r.call}) as {r.name}:", w.uses(r)), *w.noise()]
    return [*r.acquire(), *w.noise(1), (f"with {closing}({r.name}):", w.uses(r)), *w.noise()]


@shape("with that ends a transaction")
def with_transaction(w):
    r = w.new(transaction)
    body = w.uses(r)
    if w.chance(0.3):
        body.append((f"if {w.condition()}:", ["return 2"]))
    if w.chance(0.15):
        return [*w.noise(), (r.with_header(""), [w.step()]), *w.noise(), *w.result()]
    return [*w.noise(), (r.with_header(), body), *w.noise(), *w.result()]


@shape("with that ends a transaction, closed after")
def with_transaction_closed(w):
    r = w.new(transaction)
    if w.chance(0.5):
        return [(r.with_header(), w.uses(r)), *w.noise(1), *r.release(), *w.noise()]
    body = [*r.acquire(), (f"with {r.name}:", w.uses(r)), *w.noise(1)]
    return [*body, *r.release(), *w.result()]


@shape("two in one with")
def two_in_with(w):
    r = w.new(lambda r: has_with(r) and r.row["with"] != "async")
    other = w.another(r, lambda o: o.row["with"] in ("transaction", "closes") and o.is_value)
    items = f"{r.call} as {r.name}, {other.call} as {other.name}"
    return [(f"with {items}:", [*w.uses(r, most=1), *w.uses(other, most=1)]), *w.noise()]


@shape("chained")
def chained(w):
    r = w.new(closes)
    call = f"({r.call})" if r.call.startswith("await") else r.call
    rest = w.random.choice((".read()", ".read().strip()", ".readlines()", ".get(1).name", ".execute(1).fetchall()"))
    before = w.random.choice(("value = ", "return ", "env.step(", ""))
    closing = ")" if before == "env.step(" else ""
    return [*w.noise(), f"{before}{call}{rest}{closing}"]


@shape("iterated without a name")
def iterated(w):
    r = w.new(lambda r: closes(r) and r.row["family"] == "file" and not r.is_async)
    form = w.random.randrange(3)
    if form == 0:
        return [(f"for line in {r.call}:", ["env.step(line)", *w.noise(1)]), *w.noise()]
    if form == 1:
        return [f"lines = [line.strip() for line in {r.call}]", *w.noise(), "return lines"]
    w.imports.plain("json")
    return [f"value = json.load({r.call})", *w.noise(), "return value"]


@shape("dropped at once")
def dropped(w):
    r = w.new(value)
    return [*w.noise(), r.call, *w.noise()]


@shape("started without a name")
def started_without_name(w):
    r = w.new(lambda r: started(r) and not r.is_async)
    return [*w.noise(), f"{r.call}.{r.acquired_by}()", *w.noise(), *w.result()]


@shape("started, never ended")
def started_never_ended(w):
    r = w.new(started)
    create, start = r.acquire()
    between = w.random.choice(([], [f"{r.name}.name = 'worker'"], [w.step()], [f"{r.name}.daemon = True"]))
    return [*w.noise(), create, *between, start, *w.noise(), *w.result()]


@shape("created, not started", needs=started)
def not_started(w):
    r = w.new(started)
    return [r.acquire()[0], *w.noise(), *w.result()]


@shape("alias released")
def alias_released(w):
    r = w.new(named)
    return [*r.acquire(), f"other = {r.name}", *w.uses(r), *r.release("other"), *w.noise()]


@shape("renamed, never released")
def renamed(w):
    r = w.new(named)
    return [*r.acquire(), f"other = {r.name}", *w.uses(r, "other"), *w.result()]


@shape("walrus")
def walrus(w):
    r = w.new(lambda r: value(r) and not r.is_async)
    body = [*w.uses(r), *(r.release() if w.chance(0.5) else [])]
    return [*w.noise(1), (f"if ({r.name} := {r.call}):", body), *w.noise()]


@shape("two, released in order")
def two_in_order(w):
    r = w.new(named)
    other = w.another(r, named)
    body = [*r.acquire(), *w.noise(1), *other.acquire(), *w.uses(r, most=1), *w.uses(other, most=1)]
    return [*body, *other.release(), *r.release(), *w.noise(1)]


@shape("two, one released")
def two_one_released(w):
    r = w.new(named)
    other = w.another(r, named)
    body = [*r.acquire(), *other.acquire(), *w.uses(r, most=1), *w.uses(other, most=1)]
    return [*body, *w.random.choice((r, other)).release(), *w.result()]


@shape("derived used after the release", is_scored=False)
def derived_after(w):
    r = w.new(closes)
    return [*r.acquire(), f"part = {w.derived(r)}", *w.noise(1), *r.release(), "env.show(part)", *w.noise(1)]


@shape("derived returned", is_scored=False)
def derived_returned(w):
    r = w.new(closes)
    return [*w.noise(1), *r.acquire(), f"part = {w.derived(r)}", *w.noise(1), "return part"]


@shape("derived kept", is_scored=False)
def derived_kept(w):
    r = w.new(closes)
    return [*w.noise(1), *r.acquire(), f"env.kept.append({w.derived(r)})", *w.uses(r), *w.noise(1)]


@shape("task dropped")
def task_dropped(w):
    r = w.new(task)
    w.is_async = True
    return [*w.noise(), r.call, *w.noise(), *w.result()]


@shape("task awaited")
def task_awaited(w):
    r = w.new(task)
    w.is_async = True
    return [*w.noise(1), f"{r.name} = {r.call}", *w.noise(), f"await {r.name}", *w.noise(1)]


@shape("task kept")
def task_kept(w):
    r = w.new(task)
    w.is_async = True
    return [*w.noise(1), f"{r.name} = {r.call}", f"env.kept.append({r.name})", *w.noise()]
