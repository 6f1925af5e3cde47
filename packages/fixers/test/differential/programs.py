"""Writes a module of random functions that open, use, hand on and lose connections and files.

    python programs.py SEED COUNT

The functions need not make sense: a name that is not bound yet or a closed connection raises, and the versions before and
after fixing must raise alike. Files are only read, and each connection has a database of its own: what was written shows
earlier, and a lock is gone earlier, once something is closed earlier.
"""

import random
import sys

HANDLES = ("conn", "db")
FILES = ("f", "g")
VALUES = ("cur", "rows", "item", "text")


class Writer:
    """One function after the other; `self.known` are the names that are probably bound."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = ['import contextlib', 'import csv', 'import sqlite3', '', '', 'def _use(value):', '    return str(value)', '']

    def function(self, number):
        self.known = []
        self.decisions = 0
        self.in_loop = False
        self.is_generator = self.random.random() < 0.06
        self.lines += ["", f"def fixed_{number}(env):"]
        for name in (*HANDLES, *FILES, *VALUES):
            if self.random.random() < 0.12:
                self.lines.append(f"    {name} = None")
        self.block(1, self.random.randint(2, 6))
        self.lines += [""]

    def block(self, depth, size):
        for _ in range(size):
            self.statement(depth)

    def emit(self, depth, text):
        self.lines.append("    " * depth + text)

    def statement(self, depth):
        choices = [self.acquire, self.acquire, self.use, self.use, self.use, self.use, self.release, self.step, self.derive]
        choices += [self.derive, self.chained, self.leave, self.odd]
        if depth < 4:
            choices += [self.branch, self.loop, self.attempt, self.transaction, self.transaction]
        self.random.choice(choices)(depth)

    def pick(self, names):
        known = [name for name in names if name in self.known]
        return self.random.choice(known or list(names))

    def bind(self, name):
        self.known.append(name)
        return name

    def acquire(self, depth):
        if self.random.random() < 0.6:
            self.emit(depth, f"{self.bind(self.random.choice(HANDLES))} = sqlite3.connect(env.fresh())")
        else:
            self.emit(depth, f"{self.bind(self.random.choice(FILES))} = open(env.path)")

    def query(self):
        number = self.random.randint(1, 3)
        return self.random.choice(
            (
                f"\"insert into items (name) values ('{number}')\"",
                '"select name from items"',
                '"select count(*) from items"',
                f'"delete from items where id = {number}"',
            )
        )

    def use(self, depth):
        conn, file, value = self.pick(HANDLES), self.pick(FILES), self.pick(VALUES)
        self.emit(
            depth,
            self.random.choice(
                (
                    f"{conn}.execute({self.query()})",
                    f"{conn}.execute({self.query()})",
                    f"{conn}.commit()",
                    f"{conn}.rollback()",
                    f"env.step(str(list({value}) if {value} else 0))",
                    f"env.step(_use(type({value}).__name__))",
                    f"env.step({file}.readline())",
                    f"for row in {conn}.execute({self.query()}): env.step(str(row))",
                    f"env.step(str({conn}.total_changes))",
                )
            ),
        )

    def derive(self, depth):
        conn, file, value = self.pick(HANDLES), self.pick(FILES), self.random.choice(VALUES)
        self.emit(
            depth,
            self.random.choice(
                (
                    f"{value} = {conn}.execute({self.query()})",
                    f"{value} = {conn}.execute({self.query()}).fetchall()",
                    f"{value} = {conn}.cursor()",
                    f"{value} = {file}.read()",
                    f"{value} = csv.reader({file})",
                    f"{value} = list(csv.reader({file}))",
                    f"{value} = [line.strip() for line in {file}]",
                    f"{value} = (line.strip() for line in {file})",
                    f"{value} = map(str, {conn}.execute({self.query()}))",
                    f"{value} = {conn}",
                    f"{value} = ({file}, 1)",
                    f"{value} = {conn}.execute",
                    f"{value} = {file}.readline() or 'none'",
                    f"{value} = dict(a={file}.readline())",
                    f"{value} = {file} if env.decide({self.decision()}) else None",
                )
            ),
        )
        self.bind(value)

    def decision(self):
        self.decisions += 1
        return self.decisions

    def release(self, depth):
        name = self.pick(HANDLES if self.random.random() < 0.6 else FILES)
        guard = self.random.random()
        if guard < 0.1:
            self.emit(depth, f"if {name} is not None:")
            depth += 1
        self.emit(depth, f"{name}.close()" + ("  # done" if guard > 0.9 else ""))

    def step(self, depth):
        self.emit(depth, f"env.step('{self.random.randint(1, 9)}')")

    def chained(self, depth):
        value = self.random.choice(VALUES)
        self.emit(
            depth,
            self.random.choice(
                (
                    f"{value} = open(env.path).read()",
                    f"{value} = sqlite3.connect(env.fresh()).execute({self.query()}).fetchall()",
                    f"{value} = sqlite3.connect(env.fresh()).execute({self.query()})",
                    f"{value} = [line for line in open(env.path)]",
                    f"env.step(open(env.path).readline())",
                    f"for line in open(env.path): env.step(line)",
                    f"{value} = len(open(env.path).readlines())",
                    f"sqlite3.connect(env.fresh())",
                )
            ),
        )
        self.bind(value)

    def leave(self, depth):
        if self.in_loop and self.random.random() < 0.5:
            self.emit(depth, f"if env.decide({self.decision()}): {self.random.choice(('break', 'continue'))}")
            return
        value = self.pick((*VALUES, *VALUES, *HANDLES, *FILES))
        what = self.random.choice((value, "None", f"_use(type({value}).__name__)", f"list({value} or ())"))
        word = "yield" if self.is_generator and self.random.random() < 0.7 else "return"
        self.emit(depth, f"if env.decide({self.decision()}):")
        self.emit(depth + 1, f"{word} {what}")

    def odd(self, depth):
        conn, file, value = self.pick(HANDLES), self.pick(FILES), self.random.choice(VALUES)
        self.emit(
            depth,
            self.random.choice(
                (
                    f"{value} = lambda: {conn}.execute('select 1').fetchall()",
                    f"env.step(str({value}()) if callable({value}) else 'no')",
                    f"env.kept.append({value})",
                    f"env.step(str(next(iter({value} or ()), 0)))",
                    f"del {self.random.choice((conn, file, value))}",
                    f"{conn} = None",
                    f"{file} = None",
                    f"if ({value} := {file}.readline()): env.step({value})",
                    f"env.last = {value}",
                    f"env.step(type(getattr(env, 'last', None)).__name__)",
                    f"with contextlib.closing({conn}): env.step('closing')",
                    f"with {file}: env.step('with')",
                    f"raise ValueError({value!r})",
                )
            ),
        )

    def branch(self, depth):
        self.emit(depth, f"if env.decide({self.decision()}):")
        self.block(depth + 1, self.random.randint(1, 3))
        if self.random.random() < 0.5:
            self.emit(depth, "else:")
            self.block(depth + 1, self.random.randint(1, 2))

    def loop(self, depth):
        outer, self.in_loop = self.in_loop, True
        self.emit(depth, "for _ in range(2):")
        self.block(depth + 1, self.random.randint(1, 3))
        self.in_loop = outer
        if self.random.random() < 0.2:
            self.emit(depth, "else:")
            self.block(depth + 1, 1)

    def attempt(self, depth):
        self.emit(depth, "try:")
        self.block(depth + 1, self.random.randint(1, 4))
        kind = self.random.choice(("except Exception:", "except ValueError:", "finally:", "except Exception as error:"))
        self.emit(depth, kind)
        self.block(depth + 1, self.random.randint(1, 2))
        if kind != "finally:" and self.random.random() < 0.25:
            self.emit(depth, "finally:")
            self.block(depth + 1, 1)

    def transaction(self, depth):
        name = self.random.choice(HANDLES)
        known = self.random.random()
        if known < 0.25 and name in self.known:
            self.emit(depth, f"with {name}:")
        elif known < 0.35:
            self.emit(depth, f"with open(env.path) as {self.bind('f')}, sqlite3.connect(env.fresh()) as {self.bind(name)}:")
        elif known < 0.45:
            self.emit(depth, "with sqlite3.connect(env.fresh()):")
        else:
            self.emit(depth, f"with sqlite3.connect(env.fresh()) as {self.bind(name)}:")
        self.block(depth + 1, self.random.randint(1, 4))


def main(seed, count):
    writer = Writer(int(seed))
    for number in range(int(count)):
        writer.function(number)
    print("\n".join(writer.lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
