"""Turns nodes into text: indentation, comments, blank lines, one-liners, continuations. Text and nodes mean the same."""

import re

UNITS = ("    ",) * 6 + ("  ", "\t", "        ")
COMMENTS = ("why this is here", "TODO: look again", "see conn.close()", "no\ttabs", "type: ignore", "if x: y", "'quoted", '"""')
ASSIGNMENT = re.compile(r"^(\w+) = (?!\()(.+)$", re.DOTALL)
ENDS = ("return", "raise", "break", "continue", "@", "pass")
PLACEHOLDERS = re.compile("[\x01\x02\x03\n]")


class Layout:
    """How one function is laid out; `oddness` from 0, as everybody writes, to 1."""

    def __init__(self, random, unit, oddness, letters):
        self.random = random
        self.unit = unit
        self.oddness = oddness
        self._letters = letters
        self._comments = 0

    def _odd(self, probability):
        return self.random.random() < probability * self.oddness

    def comment(self):
        self._comments += 1
        text = self.random.choice(COMMENTS)
        return f"# {text} {self._letters}{self._comments}"

    def block(self, nodes, depth):
        """The lines of a block."""
        indent = self.unit * depth
        lines = []
        index = 0
        while index < len(nodes):
            node = nodes[index]
            lines += self._before(indent)
            if isinstance(node, str):
                following = nodes[index + 1] if index + 1 < len(nodes) else None
                if self._joins(node, following):
                    lines.append(f"{indent}{node}; {following}{self._trailing()}")
                    index += 2
                    continue
                lines.append(self._simple(node, depth))
            else:
                lines += self._compound(*node, depth)
            index += 1
        if self._odd(0.12):
            lines.append(indent + self.comment())
        return lines

    def _before(self, indent):
        lines = []
        if self.random.random() < 0.04 + 0.1 * self.oddness:
            lines.append("")
        if self.random.random() < 0.03 + 0.12 * self.oddness:
            shift = self.random.choice(("", "", self.unit, " ")) if self._odd(1) else ""
            lines.append(indent + shift + self.comment())
        return lines

    def _joins(self, node, following):
        if not isinstance(following, str) or node.startswith(ENDS) or following.startswith("@"):
            return False
        return self._odd(0.1) and not PLACEHOLDERS.search(node + following)

    def _trailing(self):
        return "  " + self.comment() if self.random.random() < 0.03 + 0.1 * self.oddness else ""

    def _simple(self, text, depth):
        match = ASSIGNMENT.match(text)
        if match and not PLACEHOLDERS.search(text) and self._odd(0.15):
            name, value = match.groups()
            text = self.random.choice((f"{name} = \\\x01{value}", f"{name} = (\x01{value}\x02)", f"{name} = ({value})", f"{name}={value}"))
        if '"""' in text:
            return self._fill(text, depth)
        return self._fill(text, depth) + self._trailing()

    def _fill(self, text, depth):
        text = text.replace("\x01", "\n" + self.unit * (depth + 1)).replace("\x02", "\n" + self.unit * depth)
        while "\x03" in text:
            text = text.replace("\x03", "  " + self.comment() if self._odd(0.7) else "", 1)
        return self.unit * depth + text

    def _compound(self, header, body, depth):
        is_simple = len(body) == 1 and isinstance(body[0], str) and not PLACEHOLDERS.search(body[0])
        if is_simple and not header.startswith(("class", "def", "async def", "match")) and self._odd(0.3):
            return [f"{self._fill(header, depth)} {body[0]}{self._trailing()}"]
        return [self._fill(header, depth) + self._trailing(), *self.block(body, depth + 1)]
