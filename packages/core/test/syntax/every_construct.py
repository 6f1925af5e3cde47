"""One of every construct that Python 3.11 reads; it only has to parse, and is compared with CPython's own tree."""
from __future__ import annotations
match x:
    case (y): pass
match x:
    case (y,): pass
match x:
    case y,: pass
match x:
    case {"a": Color.RED, b.c: [d, *e], **rest} | Point(x=0, y=Q.z) if y > 3: pass
    case -1+2j | "s" as t: pass
    case ((_)): pass
del (a, b), c
del (a, b)
del ()
del a, (b,)
x = (*a.b(), *c[0],)
f(*a or b, *c if d else e, **f)
print >>f, "x"
print
with (a as b): pass
with (a, b): pass
with (a, b) as c: pass
with (a), b: pass

with (a as b, c as d,): pass
with (open(x)) as f, g: pass
async def f():
    async with a as b, c: await x
    async for i in x: yield i
    return [i async for i in y if await z]
@a.b(c)
@d
class X(A, metaclass=M, *b, **c): x: int; y: "s" = 3;
def f(a, /, b: int = 3, *args: *Ts, c, d=4, **kw) -> None: ...
def g(a, *, b=1): global q, r; nonlocal_ = 1
lambda: (yield)
lambda x, *y, z=1, **k: x
a = b, = c = *d, e
x[a:b, ::c, ...]
x[1:2]
x[*a]
x[a,]
if (n := f()) and (m := 3): pass
f(a := 1, b=2)
not a in b
not (a in b)
a < b <= c is not d not in e
-x ** -y
a if b else c if d else e
(a if b else c) if d else e
"a" 'b' f"{x!r:>{w}} {y=}"
f"{x:{y}}" f'{a["b"]}'
raise
raise A from B
assert a, b
from . import a
from .. import (a as b, c,)
from ...x.y import *
import a.b.c as d, e
try: pass
except (A, B) as e: pass
except C: pass
except: pass
else: pass
finally: pass
try: pass
except* A as e: pass
while a: break
else: pass
for a, *b in c, *d: continue
else: pass
for (a) in b: pass
for x[0], y.z in w: pass
if a: b
elif c: d
elif e: f; g
else: h
{**a, 'b': c}
{*a, b}
{a: b for a, b in c if d if e for f in g}
(a for b in c)
f(a for b in c)
f((a for b in c))
()
(a,)
[a, *b]
{}
1_000.5e-3j + 0xFF
x = lambda: 1,
match = case = type = print = exec = _ = 1
match(x)
match[x] = 1
match.y = 2
type(x).y = 1
type(a, *b)[0].z = 1
type_ = 3
exec("x")
exec
print(x, file=y)
await_ = 1
del x[0], y.z
a = b if c else lambda: d
return_ = (yield_ := 3)
def gen():
    x = yield
    x = yield a, b
    x = yield from a
    a += yield
    x: (yield) = 1
    with (yield): pass
    with (yield) as x, (y): pass
    await_((yield))
    yield
    yield *a, b
    return *a, b
a ^ b & c
a & b ^ c
a & b ^ c & d
a ^ b & c ^ d & e
(a ^ b) & c
a & (b ^ c)
(a ^ b) & (c ^ d)
a | b ^ c & d | e
b&c&d ^ (e|a)
(a) & (b)
((a) ^ b & (c))
a ^ b ^ c & d & e ^ f
x[a, (b), (c|d)]
x[(a), b]
print >>f, "x"
a = "b" if c else r'\\'
x[a:b, (c), (d | e)]
f"{x:=5}" f"{x=!r:>{w}}" "z"
def f(): x; y;
async def g():
    async with a as (b, c), d: pass
    return {k: v async for k, v in w}
