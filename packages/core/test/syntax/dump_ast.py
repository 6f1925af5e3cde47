"""Prints CPython's syntax trees in the notation of ``notation.ts``, one JSON line for each path read from stdin.

Spans inside f-strings are left out: before Python 3.12 CPython reports them wrongly.
"""

import ast
import json
import sys
import warnings

OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "BitOr": "|", "BitAnd": "&", "BitXor": "^", "LShift": "<<", "RShift": ">>",
    "Not": "not", "USub": "-", "UAdd": "+", "Invert": "~", "And": "and", "Or": "or",
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
    "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}  # fmt: skip


def operator(node):
    return OPERATORS[type(node).__name__]


class Dumper:
    """Writes one file's tree; ``values`` maps the start of each plain string to its value."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.out = []
        self.values = {}
        self.in_string = 0

    def column(self, line, byte_column):
        text = self.lines[line - 1]
        if text.isascii():
            return byte_column
        return len(text.encode("utf-8")[:byte_column].decode("utf-8", "replace"))

    def at(self, node):
        if self.in_string:
            return ""
        start = self.column(node.lineno, node.col_offset)
        end = self.column(node.end_lineno, node.end_col_offset)
        return f"@{node.lineno}:{start}-{node.end_lineno}:{end}"

    def many(self, nodes):
        return " ".join(self.expression(node) for node in nodes)

    def optional(self, node):
        return "-" if node is None else self.expression(node)

    def expression(self, node):
        return getattr(self, "e_" + type(node).__name__)(node)

    def form(self, kind, node, *parts):
        return f"({kind}{self.at(node)} {' '.join(parts)})"

    def e_Name(self, node):
        return self.form("Name", node, node.id)

    def e_Attribute(self, node):
        return self.form("Attribute", node, self.expression(node.value), node.attr)

    def arguments(self, positional, keywords):
        def place(item):
            return (item.lineno, item.col_offset)

        parts = []
        for item in sorted([*positional, *keywords], key=place):
            if isinstance(item, ast.keyword):
                parts.append(f"({item.arg or '**'}= {self.expression(item.value)})")
            else:
                parts.append(self.expression(item))
        return f"[{' '.join(parts)}]"

    def e_Call(self, node):
        return self.form("Call", node, self.expression(node.func), self.arguments(node.args, node.keywords))

    def e_Subscript(self, node):
        return self.form("Subscript", node, self.expression(node.value), self.expression(node.slice))

    def e_Slice(self, node):
        return self.form("Slice", node, self.many(part for part in (node.lower, node.upper, node.step) if part))

    def e_Constant(self, node):
        if node.value is None or node.value is True or node.value is False:
            return self.form("Constant", node, str(node.value))
        if node.value is Ellipsis:
            return self.form("Constant", node, "Ellipsis")
        if isinstance(node.value, (str, bytes)):
            if not self.in_string:
                value = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                self.values[f"{node.lineno}:{self.column(node.lineno, node.col_offset)}"] = value
            return self.form("String", node)
        return self.form("Number", node)

    def interpolations(self, node):
        for part in node.values:
            if hasattr(part, "format_spec"):
                yield self.expression(part.value)
                if part.format_spec is not None:
                    yield from self.interpolations(part.format_spec)

    def e_JoinedStr(self, node):
        at = self.at(node)
        self.in_string += 1
        inner = " ".join(self.interpolations(node))
        self.in_string -= 1
        return f"(String{at} {inner})"

    e_TemplateStr = e_JoinedStr

    def sequence(self, node):
        return self.form(type(node).__name__, node, self.many(node.elts))

    e_Tuple = e_List = e_Set = sequence

    def e_Dict(self, node):
        pairs = (
            f"(** {self.expression(value)})" if key is None else f"({self.expression(key)}: {self.expression(value)})"
            for key, value in zip(node.keys, node.values)
        )
        return self.form("Dict", node, *pairs)

    def comprehension(self, node):
        form = {"ListComp": "list", "SetComp": "set", "DictComp": "dict", "GeneratorExp": "generator"}
        element = node.key if isinstance(node, ast.DictComp) else node.elt
        value = node.value if isinstance(node, ast.DictComp) else None
        clauses = (
            f"({'async ' if clause.is_async else ''}for {self.expression(clause.target)}"
            f" {self.expression(clause.iter)} [{self.many(clause.ifs)}])"
            for clause in node.generators
        )
        return self.form(
            "Comprehension", node, form[type(node).__name__], self.expression(element), self.optional(value), *clauses
        )

    e_ListComp = e_SetComp = e_DictComp = e_GeneratorExp = comprehension

    def parameters(self, arguments):
        parts = []
        positional = [*arguments.posonlyargs, *arguments.args]
        first_default = len(positional) - len(arguments.defaults)
        for index, parameter in enumerate(positional):
            default = arguments.defaults[index - first_default] if index >= first_default else None
            parts.append(self.parameter("positional", parameter, default))
            if index + 1 == len(arguments.posonlyargs):
                parts.append("/")
        if arguments.vararg:
            parts.append(self.parameter("var-positional", arguments.vararg, None))
        elif arguments.kwonlyargs:
            parts.append("*")
        for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
            parts.append(self.parameter("keyword-only", parameter, default))
        if arguments.kwarg:
            parts.append(self.parameter("var-keyword", arguments.kwarg, None))
        return f"[{' '.join(parts)}]"

    def parameter(self, kind, parameter, default):
        annotation = self.optional(parameter.annotation)
        return f"({kind} {parameter.arg} {annotation} {self.optional(default)})"

    def e_Lambda(self, node):
        return self.form("Lambda", node, self.parameters(node.args), self.expression(node.body))

    def e_IfExp(self, node):
        return self.form(
            "Conditional", node, self.expression(node.test), self.expression(node.body), self.expression(node.orelse)
        )

    def flat(self, node, kind):
        for value in node.values:
            if isinstance(value, ast.BoolOp) and isinstance(value.op, kind):
                yield from self.flat(value, kind)
            else:
                yield self.expression(value)

    def e_BoolOp(self, node):
        return self.form("BooleanOperation", node, operator(node.op), *self.flat(node, type(node.op)))

    def e_UnaryOp(self, node):
        return self.form("UnaryOperation", node, operator(node.op), self.expression(node.operand))

    def e_BinOp(self, node):
        return self.form(
            "BinaryOperation", node, operator(node.op), self.expression(node.left), self.expression(node.right)
        )

    def e_Compare(self, node):
        rest = (f"{operator(op)} {self.expression(value)}" for op, value in zip(node.ops, node.comparators))
        return self.form("Comparison", node, self.expression(node.left), *rest)

    def e_NamedExpr(self, node):
        return self.form("NamedExpression", node, self.expression(node.target), self.expression(node.value))

    def e_Await(self, node):
        return self.form("Await", node, self.expression(node.value))

    def e_Yield(self, node):
        return self.form("Yield", node, self.optional(node.value))

    def e_YieldFrom(self, node):
        return self.form("Yield", node, "from", self.expression(node.value))

    def e_Starred(self, node):
        return self.form("Starred", node, self.expression(node.value))

    def line(self, node, *parts, kind=None):
        self.out.append(f"{kind or type(node).__name__}{self.at(node)} {' '.join(parts)}".rstrip())

    def block(self, name, statements):
        if not statements:
            return
        self.out.append(f"{name}{{")
        for statement in statements:
            getattr(self, "s_" + type(statement).__name__)(statement)
        self.out.append("}")

    def s_Expr(self, node):
        self.line(node, self.expression(node.value), kind="ExpressionStatement")

    def s_Assign(self, node):
        self.line(node, self.many(node.targets), "=", self.expression(node.value))

    def s_AugAssign(self, node):
        parts = (self.expression(node.target), operator(node.op) + "=", self.expression(node.value))
        self.line(node, *parts, kind="AugmentedAssign")

    def s_AnnAssign(self, node):
        parts = (self.expression(node.target), ":", self.expression(node.annotation), "=", self.optional(node.value))
        self.line(node, *parts, kind="AnnotatedAssign")

    def s_Return(self, node):
        self.line(node, self.optional(node.value))

    def s_Raise(self, node):
        self.line(node, self.optional(node.exc), self.optional(node.cause))

    def s_Delete(self, node):
        self.line(node, self.many(node.targets))

    def s_Assert(self, node):
        self.line(node, self.expression(node.test), self.optional(node.msg))

    def plain(self, node):
        self.line(node)

    s_Pass = s_Break = s_Continue = plain

    def scope_declaration(self, node):
        self.line(node, *node.names)

    s_Global = s_Nonlocal = scope_declaration

    def imported(self, names):
        return " ".join(f"{name.name}>{name.asname or '-'}" for name in names)

    def s_Import(self, node):
        self.line(node, self.imported(node.names))

    def s_ImportFrom(self, node):
        self.line(node, str(node.level), node.module or "", self.imported(node.names))

    def s_If(self, node):
        self.line(node, self.expression(node.test))
        self.block("body", node.body)
        self.block("orelse", node.orelse)

    s_While = s_If

    def s_For(self, node):
        prefix = ["async"] if isinstance(node, ast.AsyncFor) else []
        self.line(node, *prefix, self.expression(node.target), self.expression(node.iter), kind="For")
        self.block("body", node.body)
        self.block("orelse", node.orelse)

    s_AsyncFor = s_For

    def s_Try(self, node):
        self.line(node, kind="Try")
        self.block("body", node.body)
        for handler in node.handlers:
            star = "*" if type(node).__name__ == "TryStar" else ""
            self.out.append(f"except{star} {self.optional(handler.type)} {handler.name or '-'}")
            self.block("body", handler.body)
        self.block("orelse", node.orelse)
        self.block("finally", node.finalbody)

    s_TryStar = s_Try

    def s_With(self, node):
        prefix = ["async"] if isinstance(node, ast.AsyncWith) else []
        items = (f"({self.expression(item.context_expr)} as {self.optional(item.optional_vars)})" for item in node.items)
        self.line(node, *prefix, *items, kind="With")
        self.block("body", node.body)

    s_AsyncWith = s_With

    def pattern(self, node, captures, values):
        """Collects in source order what a pattern binds and the dotted names it evaluates."""
        kind = type(node).__name__
        if kind == "MatchValue":
            if isinstance(node.value, ast.Attribute):
                values.append(self.expression(node.value))
        elif kind == "MatchMapping":
            for key, value in zip(node.keys, node.patterns):
                if isinstance(key, ast.Attribute):
                    values.append(self.expression(key))
                self.pattern(value, captures, values)
            if node.rest:
                captures.append(node.rest)
        elif kind == "MatchClass":
            values.append(self.expression(node.cls))
            for part in [*node.patterns, *node.kwd_patterns]:
                self.pattern(part, captures, values)
        elif kind == "MatchStar":
            if node.name:
                captures.append(node.name)
        elif kind == "MatchAs":
            if node.pattern is not None:
                self.pattern(node.pattern, captures, values)
            if node.name:
                captures.append(node.name)
        elif kind in ("MatchOr", "MatchSequence"):
            for part in node.patterns:
                self.pattern(part, captures, values)

    def is_irrefutable(self, pattern):
        return isinstance(pattern, ast.MatchAs) and pattern.pattern is None

    def s_Match(self, node):
        self.line(node, self.expression(node.subject))
        for case in node.cases:
            captures, values = [], []
            self.pattern(case.pattern, captures, values)
            always = "always " if self.is_irrefutable(case.pattern) else ""
            guard = self.optional(case.guard)
            self.out.append(f"case {always}[{' '.join(captures)}] [{' '.join(values)}] {guard}")
            self.block("body", case.body)

    def s_FunctionDef(self, node):
        prefix = ["async"] if isinstance(node, ast.AsyncFunctionDef) else []
        decorators = f"[{self.many(node.decorator_list)}]"
        returns = self.optional(node.returns)
        self.line(
            node, *prefix, node.name, decorators, self.parameters(node.args), returns, kind="FunctionDefinition"
        )
        self.block("body", node.body)

    s_AsyncFunctionDef = s_FunctionDef

    def s_ClassDef(self, node):
        decorators = f"[{self.many(node.decorator_list)}]"
        bases = self.arguments(node.bases, node.keywords)
        self.line(node, node.name, decorators, bases, kind="ClassDefinition")
        self.block("body", node.body)

    def s_TypeAlias(self, node):
        self.line(node, self.expression(node.name), self.expression(node.value))


def dump(path):
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        tree = ast.parse(text)
        dumper = Dumper(text)
        dumper.block("module", tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"path": path, "error": str(error)}
    return {"path": path, "lines": dumper.out, "values": dumper.values}


warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)
for name in sys.stdin.read().splitlines():
    print(json.dumps(dump(name)), flush=True)
