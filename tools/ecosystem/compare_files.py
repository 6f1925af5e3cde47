"""Compares Python files before and after a change, with CPython's own eyes.

Reads `{"before": DIR, "after": DIR, "compile": [FILE...], "compare": [FILE...]}` from standard input and prints
`{"version": ..., "broken": {FILE: MESSAGE}, "compared": {FILE: {...}}}`. Files in `compile` are only compiled, as they
were before; files in `compare` are compiled after the change, and what the change must keep is compared.
"""

import collections
import io
import json
import os
import re
import stat
import sys
import tokenize
import warnings

STRINGS = {"STRING", "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END", "TSTRING_START", "TSTRING_MIDDLE", "TSTRING_END"}
BOM = b"\xef\xbb\xbf"


def read(*parts):
    with open(os.path.join(*parts), "rb") as file:
        return file.read()


def compile_error(source, name):
    """What CPython says against the source, or None."""
    try:
        compile(source, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def texts(source):
    """Multisets of the comments and of the string literals; None when the source is no sequence of tokens."""
    comments, strings = collections.Counter(), collections.Counter()
    try:
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type == tokenize.COMMENT:
                comments[token.string] += 1
            elif tokenize.tok_name[token.type] in STRINGS:
                strings[token.string] += 1
    except (tokenize.TokenError, SyntaxError, UnicodeDecodeError):
        return None
    return comments, strings


def line_ends(source):
    """Which ways of ending a line occur."""
    return sorted(end.decode().encode("unicode_escape").decode() for end in set(re.findall(rb"\r\n|\r|\n", source)))


def compare(before, after, name):
    old, new = read(before, name), read(after, name)
    result = {"error": compile_error(new, name), "lostComments": [], "lostStrings": [], "layout": []}
    old_texts, new_texts = texts(old), texts(new)
    if old_texts is not None and new_texts is not None:
        result["lostComments"] = sorted((old_texts[0] - new_texts[0]).elements())
        result["lostStrings"] = sorted((old_texts[1] - new_texts[1]).elements())
    elif old_texts is not None:
        result["layout"].append("no longer a sequence of tokens")
    if old.startswith(BOM) != new.startswith(BOM):
        result["layout"].append("byte-order mark")
    if line_ends(old) != line_ends(new):
        result["layout"].append(f"line ends: {line_ends(old)} became {line_ends(new)}")
    if old.endswith((b"\n", b"\r")) != new.endswith((b"\n", b"\r")):
        result["layout"].append("end of the last line")
    modes = [stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) for folder in (before, after)]
    if modes[0] != modes[1]:
        result["layout"].append(f"mode: {modes[0]:o} became {modes[1]:o}")
    return result


def main():
    warnings.simplefilter("ignore")
    job = json.load(sys.stdin)
    errors = {name: compile_error(read(job["before"], name), name) for name in job["compile"]}
    answer = {
        "version": "{}.{}.{}".format(*sys.version_info[:3]),
        "broken": {name: error for name, error in errors.items() if error is not None},
        "compared": {name: compare(job["before"], job["after"], name) for name in job["compare"]},
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
