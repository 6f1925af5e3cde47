import { loadTestParser } from '@pylint-leaks/testkit';
import type { Parser } from '../../src/syntax/parser';
import { modelOf } from './find-marked';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** What the last expression with this text in the code refers to. */
const NAMES: readonly (readonly [string, string, string, string | undefined])[] = [
  ['builtins', 'open(p)', 'open', 'builtins.open'],
  ['no builtin', 'frobnicate(p)', 'frobnicate', undefined],
  ['import', 'import sqlite3\nsqlite3.connect(p)', 'sqlite3.connect', 'sqlite3.connect'],
  ['import as', 'import sqlite3 as db\ndb.connect(p)', 'db.connect', 'sqlite3.connect'],
  ['import of a submodule', 'import os.path\nos.path.join(p)', 'os.path.join', 'os.path.join'],
  ['import of a submodule as', 'import os.path as p\np.join(x)', 'p.join', 'os.path.join'],
  ['from import', 'from sqlite3 import connect\nconnect(p)', 'connect', 'sqlite3.connect'],
  ['from import as', 'from sqlite3 import connect as c\nc(p)', 'c', 'sqlite3.connect'],
  ['from a package', 'from a.b import c\nc.d()', 'c.d', 'a.b.c.d'],
  ['relative import', 'from .db import connect\nconnect(p)', 'connect', '.db.connect'],
  ['relative import of a module', 'from . import db\ndb.connect(p)', 'db.connect', '.db.connect'],
  ['import inside a function', 'def f():\n    import gzip\n    gzip.open(p)', 'gzip.open', 'gzip.open'],
  ['import in another function', 'def f():\n    import gzip\ndef g():\n    gzip.open(p)', 'gzip.open', undefined],
  ['alias', 'import sqlite3\nc = sqlite3.connect\nc(p)', 'c', 'sqlite3.connect'],
  ['alias of an alias', 'a = open\nb = a\nc = b\nc(p)', 'c', 'builtins.open'],
  ['aliases in a circle', 'a = b\nb = a\na(p)', 'a', undefined],
  ['alias of itself', 'open = open\nopen(p)', 'open', undefined],
  ['rebound to something else', 'import sqlite3\nsqlite3 = load()\nsqlite3.connect(p)', 'sqlite3.connect', undefined],
  [
    'optional import',
    'try:\n    import gzip\nexcept ImportError:\n    gzip = None\ngzip.open(p)',
    'gzip.open',
    'gzip.open',
  ],
  [
    'two imports that mean the same',
    'try:\n    import cStringIO as io\nexcept ImportError:\n    import mine.cStringIO as io\nio.open(p)',
    'io.open',
    'cStringIO.open',
  ],
  [
    'two imports that differ',
    'if a:\n    import gzip as z\nelse:\n    import bz2 as z\nz.open(p)',
    'z.open',
    undefined,
  ],
  ['parameter', 'def f(open):\n    open(p)', 'open', undefined],
  ['parameter of a lambda', 'f = lambda open: open(p)', 'open', undefined],
  ['loop target', 'for open in xs:\n    open(p)', 'open', undefined],
  ['loop target over a display', 'for f in (open,):\n    f(p)', 'f', 'builtins.open'],
  ['except target', 'try:\n    pass\nexcept E as open:\n    open(p)', 'open', undefined],
  ['match capture', 'match x:\n    case open:\n        open(p)', 'open', undefined],
  ['with target', 'with x as open:\n    open(p)', 'open', undefined],
  ['walrus', 'if (open := x()):\n    open(p)', 'open', undefined],
  ['del leaves the binding', 'import gzip\ndel gzip\ngzip.open(p)', 'gzip.open', 'gzip.open'],
  ['own function', 'def open(p):\n    pass\nopen(p)', 'open', '<local>.open'],
  ['own class', 'class Thread:\n    pass\nThread(p)', 'Thread', '<local>.Thread'],
  ['nested function', 'def f():\n    def g():\n        pass\n    g()', 'g', '<local>.f.g'],
  [
    'method of its own',
    'class A:\n    def m(self):\n        self.n()\n    def n(self):\n        pass',
    'self.n',
    '<local>.A.n',
  ],
  ['method on the class', 'class A:\n    def m(self):\n        pass\nA.m(x)', 'A.m', '<local>.A.m'],
  ['method on an instance', 'class A:\n    def m(self):\n        pass\na = A()\na.m()', 'a.m', '<local>.A.m'],
  ['method on a call', 'class A:\n    def m(self):\n        pass\nA().m()', 'A().m', '<local>.A.m'],
  [
    'first parameter of a class method',
    'class A:\n    @classmethod\n    def m(cls):\n        cls.n()',
    'cls.n',
    '<local>.A.n',
  ],
  ['first parameter of a static method', 'class A:\n    @staticmethod\n    def m(x):\n        x.n()', 'x.n', undefined],
  ['first parameter of a function', 'def m(self):\n    self.n()', 'self.n', undefined],
  // A class scope does not enclose the functions in it (Python reference, "Resolution of names").
  [
    'class attribute is no variable of a method',
    'class A:\n    open = 1\n    def m(self):\n        open(p)',
    'open',
    'builtins.open',
  ],
  ['class attribute in the class body', 'class A:\n    open = x()\n    y = open(p)', 'open', undefined],
  ['a function body sees the module', 'import gzip\ndef f():\n    gzip.open(p)', 'gzip.open', 'gzip.open'],
  [
    'a function body sees the outer function',
    'def f():\n    import gzip\n    def g():\n        gzip.open(p)',
    'gzip.open',
    'gzip.open',
  ],
  [
    'a local hides a global everywhere in its function',
    'import gzip\ndef f():\n    gzip.open(p)\n    gzip = x()',
    'gzip.open',
    undefined,
  ],
  ['global', 'def f():\n    global c\n    c = open\ndef g():\n    c(p)', 'c', 'builtins.open'],
  [
    'global in a nested block',
    'import gzip\ndef f():\n    if x:\n        global gzip\n    gzip = y()\ngzip.open(p)',
    'gzip.open',
    undefined,
  ],
  ['nonlocal', 'def f():\n    c = open\n    def g():\n        nonlocal c\n        c = x()\n    c(p)', 'c', undefined],
  ['comprehension target', '[open(p) for open in xs]', 'open', undefined],
  ['comprehension target is local', '[x for open in xs]\nopen(p)', 'open', 'builtins.open'],
  ['first iterable is evaluated outside', 'import gzip\n[gzip for gzip in gzip.open(p)]', 'gzip.open', 'gzip.open'],
  ['walrus in a comprehension binds outside', '[(open := x) for x in xs]\nopen(p)', 'open', undefined],
  ['default of a parameter is evaluated outside', 'def f(open=open(p)):\n    pass', 'open', 'builtins.open'],
  ['pairwise assignment', 'a, b = open, len\na(p)', 'a', 'builtins.open'],
  ['unpacking', 'a, b = x\na(p)', 'a', undefined],
  ['starred', '*a, b = open, len\nb(p)', 'b', undefined],
  ['subscript', 'import a\na.b[0].c()', 'a.b[0].c', undefined],
  [
    'wide characters are compared in normal form',
    'import sqlite3\nｓqlite3.connect(p)',
    'ｓqlite3.connect',
    'sqlite3.connect',
  ],
];

it.each(NAMES)('%s', (_, code, text, name) => {
  const { model, expression } = modelOf(parser, `${code}\n`);
  expect(model.qualifiedName(expression(text))).toBe(name);
});

/** What the last expression with this text is an instance of. */
const TYPES: readonly (readonly [string, string, string, string | undefined])[] = [
  ['constructor', 'from pathlib import Path\np = Path(x)\nuse(p)', 'p', 'pathlib.Path'],
  ['library factory', 'import sqlite3\nc = sqlite3.connect(x)\nuse(c)', 'c', 'sqlite3.Connection'],
  ['operator', 'from pathlib import Path\np = Path(x) / "y" / "z"\nuse(p)', 'p', 'pathlib.Path'],
  ['method result', 'from pathlib import Path\np = Path(x).parent.joinpath("y")\nuse(p)', 'p', 'pathlib.Path'],
  ['annotated parameter', 'from pathlib import Path\ndef f(p: Path):\n    use(p)', 'p', 'pathlib.Path'],
  [
    'Optional',
    'from pathlib import Path\nfrom typing import Optional\ndef f(p: Optional[Path]):\n    use(p)',
    'p',
    'pathlib.Path',
  ],
  ['or None', 'from pathlib import Path\ndef f(p: Path | None):\n    use(p)', 'p', 'pathlib.Path'],
  ['a union of two', 'from pathlib import Path\ndef f(p: Path | str):\n    use(p)', 'p', undefined],
  ['a list of them', 'from pathlib import Path\ndef f(p: list[Path]):\n    use(p)', 'p', undefined],
  ['annotated variable', 'from pathlib import Path\np: Path = x()\nuse(p)', 'p', 'pathlib.Path'],
  ['with target', 'from zipfile import ZipFile\nwith ZipFile(x) as z:\n    use(z)', 'z', 'zipfile.ZipFile'],
  [
    'assigned twice alike',
    'from pathlib import Path\nif a:\n    p = Path(x)\nelse:\n    p = Path(y)\nuse(p)',
    'p',
    'pathlib.Path',
  ],
  [
    'assigned twice differently',
    'from pathlib import Path\nif a:\n    p = Path(x)\nelse:\n    p = Other(y)\nuse(p)',
    'p',
    undefined,
  ],
  ['None first', 'from pathlib import Path\np = None\np = Path(x)\nuse(p)', 'p', 'pathlib.Path'],
  [
    'both branches of a conditional',
    'from pathlib import Path\np = Path(x) if x else Path(y)\nuse(p)',
    'p',
    'pathlib.Path',
  ],
  [
    'attribute set in __init__',
    'from pathlib import Path\nclass A:\n    def __init__(self):\n        self.p = Path(x)\n    def m(self):\n        use(self.p)',
    'self.p',
    'pathlib.Path',
  ],
  [
    'attribute set to two types',
    'from pathlib import Path\nclass A:\n    def __init__(self):\n        self.p = Path(x)\n    def m(self):\n        self.p = 1\n        use(self.p)',
    'self.p',
    undefined,
  ],
  [
    'attribute set to None and a value',
    'from pathlib import Path\nclass A:\n    p = None\n    def __init__(self):\n        self.p = None\n    def m(self):\n        self.p = Path(x)\n        use(self.p)',
    'self.p',
    'pathlib.Path',
  ],
  ['the instance itself', 'class A:\n    def m(self):\n        use(self)', 'self', '<local>.A'],
  ['a function result is not known', 'p = make()\nuse(p)', 'p', undefined],
  ['loop target', 'from pathlib import Path\nfor p in Path(x).glob("*"):\n    use(p)', 'p', undefined],
  [
    'loop target over a display',
    'from threading import Thread\na = Thread()\nb = Thread()\nfor t in (a, b):\n    use(t)',
    't',
    'threading.Thread',
  ],
];

it.each(TYPES)('type: %s', (_, code, text, type) => {
  const { model, expression } = modelOf(parser, `${code}\n`);
  expect(model.typeOf(expression(text))).toBe(type);
});

it('ends when names depend on each other many times over', () => {
  // Without memory every swap multiplies the work; this never came to an end.
  const swaps = '    if a.x:\n        a, b = b, a\n        b = b.c()\n        a = a.c()\n'.repeat(40);
  const { model, expression } = modelOf(parser, `def unify(a, b):\n${swaps}    return a.z(b)\n`);
  expect(model.typeOf(expression('a'))).toBeUndefined();
  expect(model.qualifiedName(expression('a.z'))).toBeUndefined();
});
