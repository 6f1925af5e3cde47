"""Shapes with branches, loops, exceptions and early exits."""

from .shapes import closes, named, released, shape, value


@shape("early return")
def early_return(w):
    r = w.new(released)
    leave = (f"if {w.condition()}:", [*w.noise(1), w.leave()])
    return [*r.acquire(), *w.uses(r, most=1), leave, *w.uses(r, most=1), *r.release(), *w.result()]


@shape("early return, released before it")
def early_return_released(w):
    r = w.new(released)
    leave = (f"if {w.condition()}:", [*r.release(), w.leave()])
    return [*r.acquire(), *w.use(r), leave, *w.uses(r, most=1), *r.release(), *w.result()]


@shape("early return before")
def early_return_before(w):
    r = w.new(released)
    return [(f"if {w.condition()}:", [w.leave()]), *r.acquire(), *w.uses(r), *r.release(), *w.result()]


@shape("returns in all branches")
def returns_in_branches(w):
    r = w.new(released)
    first = [*w.use(r), *(r.release() if w.chance(0.6) else []), "return 1"]
    second = [*w.use(r), *(r.release() if w.chance(0.6) else []), "return 2"]
    return [*r.acquire(), (f"if {w.condition()}:", first), ("else:", second)]


@shape("released in one branch")
def released_in_branch(w):
    r = w.new(released)
    branches = [(f"if {w.condition()}:", [*w.uses(r, most=1), *r.release()])]
    if w.chance(0.5):
        branches.append(("else:", [w.step()]))
    return [*w.noise(1), *r.acquire(), *branches, *w.noise(), *w.result()]


@shape("acquired in a branch")
def acquired_in_branch(w):
    r = w.new(released)
    body = [*r.acquire(), *w.uses(r), *(r.release() if w.chance(0.5) else [])]
    return [*w.noise(1), (f"if {w.condition()}:", body), *w.noise(), *w.result()]


@shape("acquired in both branches")
def acquired_in_both(w):
    r = w.new(value)
    other = r.call
    branches = [(f"if {w.condition()}:", [f"{r.name} = {r.call}"]), ("else:", [f"{r.name} = {other}"])]
    return [*branches, *w.uses(r), *(r.release() if w.chance(0.6) else []), *w.noise(1)]


@shape("None, then acquired, guarded release")
def guarded(w):
    r = w.new(named)
    guard = w.random.choice((f"if {r.name}:", f"if {r.name} is not None:"))
    acquire = (f"if {w.condition()}:", [*r.acquire(), *w.noise(1)])
    if w.chance(0.5):
        return [f"{r.name} = None", acquire, w.step(), (guard, r.release()), *w.result()]
    return [f"{r.name} = None", ("try:", [*r.acquire(), *w.uses(r)]), ("finally:", [(guard, r.release())]), *w.noise(1)]


@shape("conditional expression")
def conditional_expression(w):
    r = w.new(lambda r: value(r) and r.row["release"])
    return [f"{r.name} = {r.call} if {w.condition()} else None", w.step(), (f"if {r.name}:", [*w.uses(r), *r.release()])]


@shape("try/finally")
def try_finally(w):
    r = w.new(released)
    return [*w.noise(1), *r.acquire(), ("try:", w.uses(r)), ("finally:", r.release()), *w.noise(1), *w.result()]


@shape("try/finally with a step before")
def step_before_try(w):
    r = w.new(released)
    return [*r.acquire(), w.step(), ("try:", w.uses(r)), ("finally:", r.release()), *w.result()]


@shape("try/finally, return inside")
def try_finally_return(w):
    r = w.new(released)
    body = [*w.uses(r), (f"if {w.condition()}:", [w.leave()]), *w.noise(1), "return 5"]
    return [*r.acquire(), ("try:", body), ("finally:", [*w.noise(1), *r.release()])]


@shape("released in try only")
def released_in_try(w):
    r = w.new(released)
    handler = w.random.choice(("except OSError:", "except Exception as error:", "except (OSError, ValueError):", "except:"))
    handled = [w.random.choice(("return None", "pass", 'env.step("failed")', "raise"))]
    return [("try:", [*r.acquire(), *w.uses(r), *r.release()]), (handler, handled), *w.noise(1), *w.result()]


@shape("never released in try")
def never_in_try(w):
    r = w.new(released)
    handler = w.random.choice(("except OSError:", "except Exception as error:", "except KeyError:"))
    nodes = [("try:", [*r.acquire(), *w.uses(r), *w.noise(1)]), (handler, ['env.step("failed")'])]
    if w.chance(0.3):
        nodes.append(("else:", [w.step()]))
    if w.chance(0.3):
        nodes.append(("finally:", [w.step()]))
    return [*nodes, *w.result()]


@shape("released in handler and at the end")
def released_in_handler(w):
    r = w.new(released)
    handler = w.random.choice(("except Exception:", "except BaseException:", "except OSError:"))
    handled = [*r.release(), w.random.choice(("raise", "return None"))]
    return [*r.acquire(), ("try:", w.uses(r)), (handler, handled), *r.release(), *w.noise(1)]


@shape("released in else")
def released_in_else(w):
    r = w.new(released)
    nodes = [("try:", w.uses(r)), ("except OSError:", ['env.step("failed")']), ("else:", r.release())]
    return [*r.acquire(), *nodes, *w.noise(1)]


@shape("acquired in try, released in finally")
def acquired_in_try(w):
    r = w.new(named)
    return [("try:", [*r.acquire(), *w.uses(r)]), ("finally:", [*r.release()]), *w.noise(1)]


@shape("nested try")
def nested_try(w):
    r = w.new(released)
    inner = [("try:", w.uses(r)), ("except KeyError:", [w.step()])]
    outer = [("try:", [*r.acquire(), *inner, *w.noise(1), *(r.release() if w.chance(0.6) else [])])]
    return [*outer, (w.random.choice(("except OSError:", "finally:")), [w.step()]), *w.result()]


@shape("explicit raise")
def explicit_raise(w):
    r = w.new(released)
    check = (f"if {w.condition()}:", ['raise env.error("bad")'])
    return [*r.acquire(), *w.use(r), check, *w.uses(r, most=1), *r.release(), *w.result()]


@shape("loop, released in each turn")
def loop_released(w):
    r = w.new(released)
    return [("for entry in env.items:", [*r.acquire(), *w.uses(r, most=2), *r.release(), *w.noise(1)]), *w.result()]


@shape("loop, never released")
def loop_never(w):
    r = w.new(released)
    return [("for entry in env.items:", [*r.acquire(), *w.uses(r, most=2)]), *w.noise(1), *w.result()]


@shape("loop, released after the loop")
def loop_released_after(w):
    r = w.new(named)
    return [f"{r.name} = None", ("for entry in env.items:", [*r.acquire(), *w.use(r)]), (f"if {r.name}:", r.release())]


@shape("loop with break or continue")
def loop_break(w):
    r = w.new(released)
    leave = w.random.choice(("break", "continue"))
    if w.chance(0.4):
        exit_ = (f"if {w.condition()}:", [*r.release(), leave])
    else:
        exit_ = (f"if {w.condition()}:", [*w.noise(1), leave])
    return [("for entry in env.items:", [*r.acquire(), exit_, *w.uses(r, most=1), *r.release()]), *w.result()]


@shape("acquired before a loop")
def before_loop(w):
    r = w.new(released)
    leave = w.random.choice(("break", "continue", "return 1"))
    body = [*w.use(r), (f"if {w.condition()}:", [leave])]
    nodes = [*r.acquire(), ("for entry in env.items:", body)]
    if w.chance(0.3):
        nodes.append(("else:", [w.step()]))
    return [*nodes, *(r.release() if w.chance(0.7) else []), *w.noise(1)]


@shape("retry loop")
def retry(w):
    r = w.new(named)
    attempt = [("try:", [*r.acquire(), *w.use(r), "break"]), ("except OSError:", ["continue"])]
    return [f"{r.name} = None", ("for attempt in range(2):", attempt), (f"if {r.name} is not None:", r.release())]


@shape("while loop")
def while_loop(w):
    r = w.new(lambda r: closes(r) and not r.is_async)
    read = (f"while {r.name}.readline():", [w.step(), (f"if {w.condition()}:", ["break"])])
    return [*r.acquire(), read, *(r.release() if w.chance(0.5) else []), *w.result()]


@shape("replaced")
def replaced(w):
    r = w.new(named)
    return [*r.acquire(), *w.use(r), *(r.release() if w.chance(0.4) else []), *r.acquire(), *w.use(r), *r.release()]


@shape("deleted")
def deleted(w):
    r = w.new(named)
    return [*r.acquire(), *w.uses(r), f"del {r.name}", *w.noise(1), *w.result()]


@shape("released twice")
def released_twice(w):
    r = w.new(closes)
    return [*r.acquire(), *w.uses(r, most=1), f"{r.name}.close()", *w.noise(1), f"{r.name}.close()", *w.result()]


@shape("suppress")
def suppressed(w):
    r = w.new(released)
    suppress = w.imports.spell("contextlib", "suppress")
    header = f"with {suppress}({w.random.choice(('OSError', 'KeyError', 'Exception'))}):"
    if w.chance(0.5):
        return [*r.acquire(), (header, w.uses(r)), *r.release(), *w.noise(1)]
    return [(header, [*r.acquire(), *w.uses(r), *r.release()]), *w.noise(1)]


@shape("match")
def match_statement(w):
    r = w.new(released)
    cases = [("case 'read':", [*w.uses(r, most=1), *r.release()]), ("case _:", r.release() if w.chance(0.5) else [w.step()])]
    return [*r.acquire(), (f"match env.choose():", cases), *w.result()]
