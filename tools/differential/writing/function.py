"""What a shape is written with: random choices that stay inside of one function.

A body is a list of nodes. A node is a simple statement, a string, or a compound one, `(header, body)`. In strings stand
for layout: \\x01 a line break and one level more, \\x02 a line break, \\x03 the place for a comment.
"""

from . import uses
from .resource import Resource

NAMES = ("conn", "handle", "f", "db", "res", "source", "client", "item", "stream")
STEPS = ("load", "check", "validate", "send", "parse", "count", "save")


def parse(text):
    """Nodes of a few lines that are indented by four; a text with a triple-quoted string is one statement."""
    if '"""' in text:
        return [text]
    nodes, stack = [], []
    stack.append((0, nodes))
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip())
        while stack[-1][0] > depth:
            stack.pop()
        line = line.strip()
        if line.endswith(":"):
            body = []
            stack[-1][1].append((line, body))
            stack.append((depth + 4, body))
        else:
            stack[-1][1].append(line)
    return nodes


class Function:
    """One function that is being written."""

    def __init__(self, name, random, imports, rows, other_rows=()):
        self.name = name
        self.random = random
        self.imports = imports
        self.rows = rows
        self.other_rows = other_rows
        self.before = []
        self.parameters = []
        self.decorators = []
        self.is_async = False
        # A class that holds the resource of the function.
        self.owner = None
        self.resources = []
        self._names = list(NAMES)
        random.shuffle(self._names)
        self._numbers = 0

    def new(self, needs=None, row=None):
        """A resource of a row that fits."""
        if row is None:
            row = self.random.choice(self._fitting(self.rows, needs))
        resource = Resource(row, self._names.pop(), self.random, self.imports)
        if resource.parameter:
            self.parameters.append(resource.parameter)
        self.is_async = self.is_async or resource.is_async
        self.resources.append(resource)
        return resource

    def another(self, resource, needs=None):
        """A second resource that may stand in the same function."""
        def fits(probe):
            return (needs is None or needs(probe)) and (self.is_async or not probe.is_async)
        others = self._fitting(self.other_rows, fits) if self.chance(0.4) else []
        return self.new(row=self.random.choice(others) if others else resource.row)

    def _fitting(self, rows, needs):
        return [row for row in rows if needs is None or needs(self._probe(row))]

    def _probe(self, row):
        return Resource(row, "probe", self.random, Unwritten(), arguments="")

    def chance(self, probability):
        return self.random.random() < probability

    def number(self):
        self._numbers += 1
        return self._numbers

    def condition(self):
        """A condition that goes both ways."""
        number = self.number()
        return self.random.choice((f'env.flag("{number}")', f'not env.flag("{number}")', f"env.flag({number}) is True"))

    def step(self):
        """A statement that does something observable and may raise."""
        what = self.random.choice(STEPS)
        awaited = self.is_async and self.chance(0.3)
        return f'await env.pause("{what}")' if awaited else f'env.step("{what}")'

    def quiet(self):
        """A statement that neither is observable nor raises."""
        return self.random.choice(("count = 0", 'label = "x"', "pass", "found = None", "size = 3 + 4", 'flags = {"a": 1}'))

    def noise(self, most=2):
        """A few statements, or none, that have nothing to do with a resource."""
        nodes = []
        for _ in range(self.random.randint(0, most)):
            kind = self.random.random()
            if kind < 0.45:
                nodes.append(self.step())
            elif kind < 0.75:
                nodes.append(self.quiet())
            elif kind < 0.82:
                nodes.append('text = """\n  kept: as it is\n\ttab, # no comment\n"""')
            elif kind < 0.88:
                nodes.append('print("note", 1)')
            elif kind < 0.94:
                nodes.append((f"if {self.condition()}:", [self.step()]))
            else:
                nodes.append(("for _ in range(2):", [self.step()]))
        return nodes

    def use(self, resource, name=None):
        """Nodes of one use; a value that is left is looked at."""
        text, kind = uses.use(resource, self.random, name)
        nodes = parse(text)
        if kind == "data" and self.chance(0.6):
            nodes.append("env.step(value)")
        return nodes

    def uses(self, resource, name=None, most=3):
        """One use or more, with noise between."""
        nodes = []
        for _ in range(self.random.randint(1, most)):
            nodes += self.use(resource, name) + self.noise(1)
        return nodes

    def derived(self, resource, name=None):
        return uses.derived(resource, self.random, name)

    def leave(self):
        """A way to leave the function."""
        return self.random.choice(("return", "return None", 'return env.step("early")', "return 1"))

    def result(self):
        """The last statement: often what was computed."""
        return self.random.choice((["return 1"], ['return "done"'], [], [self.step()]))


class Unwritten:
    """Takes the imports of resources that are only asked what they are like."""

    oddness = 0

    def plain(self, module):
        pass

    def spell(self, module, name):
        return name
