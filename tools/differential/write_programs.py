"""Writes a tree of modules: python write_programs.py SEED FUNCTIONS CATALOGUE.json FOLDER

The same arguments write the same bytes. `programs.json` in the folder says what each function is about.
"""

import json
import os
import sys

from writing.module import Module, Rows

FUNCTIONS_PER_MODULE = 20


def main(seed, functions, catalogue, folder):
    with open(catalogue, encoding="utf-8") as file:
        rows = Rows(json.load(file))
    left, number, programs = int(functions), 0, {}
    while left > 0:
        module = Module(seed, number, min(left, FUNCTIONS_PER_MODULE), rows)
        name = f"m{number:04}.py"
        with open(os.path.join(folder, name), "wb") as file:
            file.write(module.data)
        programs[name] = module.functions
        left -= FUNCTIONS_PER_MODULE
        number += 1
    with open(os.path.join(folder, "programs.json"), "w", encoding="utf-8") as file:
        json.dump(programs, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
