"""Starts the recorder before the program: ``python -m pylint_leaks_runtime run`` puts this folder first on the path.

Python imports a module of this name when it starts, in every process that inherits the environment. A module of the
same name that was meant to be imported is imported next.
"""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _start() -> None:
    # The program sees the path that it would see without this.
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder or ".") != _HERE]
    package_parent = os.path.dirname(os.path.dirname(_HERE))
    sys.path.insert(0, package_parent)
    try:
        from pylint_leaks_runtime._recorder import recorder_from_environment

        recorder_from_environment()
    finally:
        sys.path.remove(package_parent)
    this = sys.modules.pop("sitecustomize")
    try:
        __import__("sitecustomize")
    except ImportError:
        # The import that runs this expects to find a module of this name.
        sys.modules["sitecustomize"] = this


_start()
