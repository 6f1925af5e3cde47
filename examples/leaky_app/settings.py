"""Settings of the service – read from JSON, written back atomically."""
import json
import os
import sqlite3
from pathlib import Path

DEFAULTS = {"agents": 4, "greeting": "grüß dich", "verbose": False}


def load(path):
    """Settings from a JSON file, with defaults for what it leaves out."""
    settings = dict(DEFAULTS)
    settings.update(json.load(open(path, encoding="utf-8")))
    return settings


def load_or_default(path):
    try:
        with open(path, encoding="utf-8") as handle:
            return {**DEFAULTS, **json.load(handle)}
    except FileNotFoundError:
        return dict(DEFAULTS)


def save(path, settings):
    """Write settings next to `path` first, so that a crash leaves the old file."""
    draft = path + ".new"
    with open(draft, "w", encoding="utf-8") as handle:
        json.dump(settings, handle, ensure_ascii=False, indent=1, sort_keys=True)
        handle.write("\n")
    os.replace(draft, path)


def banner(path):
    """The text shown at start-up."""
    return open(path, encoding="utf-8").read().strip()


def merge(path, changes):
    """Settings from `path` with `changes` on top. Raises KeyError for a name that is no setting."""
    handle = open(path, encoding="utf-8")
    settings = json.load(handle)
    for name, value in changes.items():
        if name not in DEFAULTS:
            raise KeyError(name)
        settings[name] = value
    handle.close()
    return settings


def can_connect(path, read_only=False):
    """Whether a database can be opened at all."""
    try:
        if read_only:
            connection = sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True)
        else:
            connection = sqlite3.connect(path)
        connection.close()
    except sqlite3.OperationalError:
        return False
    return True
