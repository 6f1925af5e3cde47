"""Writes one module: a head, imports, and functions of random shapes over random rows."""

import random

from . import flows, handover, mixed, straight  # noqa: F401 - they register their shapes
from .function import Function
from .layout import UNITS, Layout
from .resource import Imports
from .shapes import SHAPES

DECORATOR = ("def _same(function):", ["return function"])


class Module:
    """The bytes of a module, and what is known about its functions."""

    def __init__(self, seed, number, count, rows):
        self.random = random.Random(f"{seed}/{number}")
        self.rows = rows
        self.functions = {}
        self._unit = self.random.choice(UNITS)
        self._encoding, head = self._head()
        imports = Imports(self.random, 0)
        bodies = [self._function(f"f{index}", imports) for index in range(count)]
        layout = Layout(self.random, self._unit, 0.3, f"m{number}x")
        lines = [*head, *self._import_lines(imports, layout), "", "", *layout.block([DECORATOR], 0)]
        for body in bodies:
            lines += ["", "", *body] if self.random.random() < 0.95 else ["\f", *body]
        self.data = self._finish(lines)

    def _head(self):
        kind = self.random.random()
        if kind < 0.08:
            return "utf-8-sig", ["# -*- coding: utf-8 -*-", "# \N{EURO SIGN} \N{SNOWMAN}"]
        if kind < 0.14:
            return "utf-8-sig", ['"""A module."""', ""]
        if kind < 0.22:
            return "latin-1", ["#!/usr/bin/env python3", "# coding: latin-1", "# caf\xe9", ""]
        if kind < 0.5:
            return "utf-8", ['"""A module.\n\nWith "quotes", and \N{SNOWMAN} \U0001f600.\n"""', "", "from __future__ import annotations", ""]
        if kind < 0.7:
            return "utf-8", ["# A licence could stand here.", ""]
        return "utf-8", []

    def _import_lines(self, imports, layout):
        lines = list(imports.lines)
        self.random.shuffle(lines)
        if self.random.random() < 0.1:
            return [*lines, "", layout.comment()]
        return lines

    def _finish(self, lines):
        text = "\n".join(lines) + ("\n" if self.random.random() < 0.9 else "")
        if self.random.random() < 0.12:
            text = text.replace("\n", "\r\n")
        return text.encode(self._encoding)

    def _function(self, name, imports):
        shape = self.random.choice(SHAPES)
        imports.oddness = self.random.choice((0, 0, 0.3, 1))
        function = Function(name, self.random, imports, self.rows.fitting(shape, self.random), self.rows.sample(self.random))
        body = shape.write(function)
        layout = Layout(self.random, self._unit, imports.oddness, name)
        annotated = [f"{parameter}: {kind}" for parameter, kind in function.parameters]
        word = "async def" if function.is_async else "def"
        parameters = ", ".join(["env", *annotated])
        nodes = [*function.before, *function.decorators, (f"{word} {name}({parameters}):", body or ["pass"])]
        self.functions[name] = {
            "shape": shape.name,
            "scored": shape.is_scored,
            "rows": [resource.row["acquire"] for resource in function.resources],
            "owner": function.owner,
            "parameters": [kind for _, kind in function.parameters],
        }
        return layout.block(nodes, 0)


class Rows:
    """The catalogue, such that every family comes up often and every row comes up."""

    # What fixes exist for is worth more functions than a fair share.
    WEIGHTS = {"sqlite": 6, "file": 6, "thread": 3, "database": 4, "socket": 4, "executor": 2, "http": 3, "process": 2}

    def __init__(self, rows):
        self._all = rows
        self._by_family = {}
        for row in rows:
            self._by_family.setdefault(row["family"], []).append(row)
        self._fitting = {}

    def sample(self, random):
        """A few rows of any family."""
        return random.sample(self._all, min(12, len(self._all)))

    def fitting(self, shape, random):
        """Rows of one family that the shape can be written about."""
        families = self._fitting.get(shape.name)
        if families is None:
            families = self._fitting[shape.name] = self._ask(shape)
        if not families:
            raise LookupError(f"no row fits the shape {shape.name}")
        names = list(families)
        return families[random.choices(names, [self.WEIGHTS.get(name, 1) for name in names])[0]]

    def _ask(self, shape):
        families = {}
        for family, rows in self._by_family.items():
            fitting = [row for row in rows if self._fits(shape, row)]
            if fitting:
                families[family] = fitting
        return families

    def _fits(self, shape, row):
        """The shape itself says what it needs: it is written once, for this row alone."""
        try:
            shape.write(Function("probe", random.Random(0), Imports(random.Random(0), 0), [row]))
        except IndexError:
            return False
        return True
