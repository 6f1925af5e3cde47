"""A shape without a shape: statements at random, some of which make no sense. They must raise alike before and after."""

from .shapes import closes, named, shape


@shape("mixed statements", is_scored=True)
def mixed(w):
    r = w.new(named)
    other = w.another(r, named)
    return _block(w, (r, other), 0, w.random.randint(3, 6))


def _block(w, resources, depth, size):
    nodes = []
    for _ in range(size):
        nodes += _statement(w, resources, depth)
    return nodes or [w.step()]


def _statement(w, resources, depth):
    r = w.random.choice(resources)
    kind = w.random.randrange(15 if depth < 2 else 9)
    if kind < 2:
        return r.acquire()
    if kind < 5:
        return w.use(r)
    if kind == 5:
        return r.release()
    if kind == 6:
        return w.random.choice(([f"alias = {r.name}"], [f"{r.name} = None"], [f"env.kept.append({r.name})"], [f"pair = ({r.name}, 1)"]))
    if kind == 7:
        return [(f"if {w.condition()}:", [w.random.choice((w.leave(), f"return {r.name}", 'raise env.error("x")'))])]
    if kind == 8:
        part = f"part = {w.derived(r)}" if closes(r) else w.step()
        return [part, *w.noise(1)]
    body = _block(w, resources, depth + 1, w.random.randint(1, 3))
    if kind == 9:
        return [(f"if {w.condition()}:", body)]
    if kind == 10:
        return [(f"if {w.condition()}:", body), ("else:", _block(w, resources, depth + 1, 1))]
    if kind == 11:
        return [("for entry in env.items:", body)]
    if kind == 12:
        return [("try:", body), ("finally:", _block(w, resources, depth + 1, 1))]
    if kind == 13:
        return [("try:", body), ("except Exception:", _block(w, resources, depth + 1, 1))]
    return [(r.with_header(), body)] if r.has_with or (r.is_value and r.row["with"] == "transaction") else body
