"""Compiles each source read from stdin (one JSON string a line) and prints what CPython refuses it for.

Prints ``null`` for an accepted source, otherwise ``[line, message]``.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")
for line in sys.stdin:
    answer = None
    try:
        compile(json.loads(line), "source", "exec", dont_inherit=True)
    except SyntaxError as error:
        answer = [error.lineno or 0, f"{type(error).__name__}: {error.msg}"]
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        answer = [0, f"{type(error).__name__}: {error}"]
    print(json.dumps(answer), flush=False)
