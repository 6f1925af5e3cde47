"""A small service that keeps track of agents and their tasks.

The package is an example: it works, it is ordinary, and it leaks in the ways real programs do. Nothing in it is meant
to be imitated. ``examples/README.md`` says which call sites leak and which only look as if they did.
"""

__version__ = "1.4.2"
