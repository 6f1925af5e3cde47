"""Inserts the wrappers into a program the way the fixes do: around the constructor's expression, and nothing else."""

from __future__ import annotations

import ast
from typing import Dict, List, Tuple

WRAPPERS: Dict[str, str] = {
    "threading.Thread": "pylint_leaks_runtime.thread_manager.track",
    "threading.Timer": "pylint_leaks_runtime.thread_manager.track",
    "Thread": "pylint_leaks_runtime.thread_manager.track",
    "Worker": "pylint_leaks_runtime.track_thread",
    "asyncio.ensure_future": "pylint_leaks_runtime.track_task",
    "loop.create_task": "pylint_leaks_runtime.track_task",
    "open": "pylint_leaks_runtime.track",
    "socket.socket": "pylint_leaks_runtime.track",
    "subprocess.Popen": "pylint_leaks_runtime.track",
    "ThreadPoolExecutor": "pylint_leaks_runtime.track",
}
"""What is called in a program, and what is put around the call."""

REPLACEMENTS: Dict[str, str] = {"sqlite3.connect": "pylint_leaks_runtime.connect"}
BLOCKS: Dict[str, str] = {"sqlite3.connect": "pylint_leaks_runtime.connection"}
"""What is called in a program, and what is called instead: anywhere, and at the head of a ``with`` block."""

OBSERVE = "import observer; "
"""What the first line of every program begins with."""

Edit = Tuple[int, int, str]


def insert_wrappers(source: str, package: str = "pylint_leaks_runtime") -> Tuple[str, int]:
    """Wrap every acquisition in a program. Line numbers stay as they are.

    Args:
        source: The program, in ASCII, with an import at the top level.
        package: What to call instead of the real package.

    Returns:
        The program with wrappers, and how many there are.
    """
    tree = ast.parse(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def span(node: ast.AST) -> Tuple[int, int]:
        first = starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return first, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    heads = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    edits: List[Edit] = []
    count = 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        replacement = BLOCKS.get(called) if id(node) in heads else REPLACEMENTS.get(called)
        if replacement is not None:
            edits.append((*span(node.func), replacement))
            count += 1
        elif called in WRAPPERS:
            first, last = span(node)
            edits += [(first, first, WRAPPERS[called] + "("), (last, last, ")")]
            count += 1
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    end = span(imports[-1])[1]
    edits.append((end, end, f"; import {package} as pylint_leaks_runtime"))
    for first, last, text in sorted(edits, reverse=True):
        source = source[:first] + text + source[last:]
    return source, count
