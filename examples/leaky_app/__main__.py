"""`python -m leaky_app FILE`: counts the lines of a file, as a quick check that the service is installed."""

import sys

from leaky_app import __version__

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m leaky_app FILE")
    # lives as long as the program, which is not long
    table = open(sys.argv[1], encoding="utf-8")
    print(f"leaky_app {__version__}: {sum(1 for _ in table)} lines")
