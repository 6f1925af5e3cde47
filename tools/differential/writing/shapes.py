"""The registry of shapes: each writes the body of a function around one resource or two."""

SHAPES = []


class Shape:
    """How a resource is held and let go; its name is what accuracy is counted by."""

    def __init__(self, name, needs, write, is_scored):
        self.name = name
        self.needs = needs
        self.write = write
        self.is_scored = is_scored


def any_resource(resource):
    return True


def value(resource):
    return resource.is_value


def has_with(resource):
    return resource.has_with


def transaction(resource):
    return resource.row["with"] == "transaction" and resource.is_value


def closes(resource):
    return resource.is_value and resource.row["release"][:1] == ["close"] and resource.row["with"] != "async"


def named(resource):
    """One name holds it: no pair, no lock, no task."""
    return not (resource.is_lock or resource.is_kept or resource.elements)


def started(resource):
    return bool(resource.acquired_by)


def task(resource):
    return resource.is_kept


def released(resource):
    """It has a release, by a method or by a function."""
    return not resource.is_kept


def shape(name, needs=released, is_scored=True):
    """Registers a function that writes the body of a `Function`."""

    def register(write):
        SHAPES.append(Shape(name, needs, write, is_scored))
        return write

    return register
