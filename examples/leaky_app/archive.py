"""Backups: compressed copies, bundles and scratch files."""

import gzip as gz
import os
import shutil
import tarfile
import tempfile
import zipfile
from tempfile import NamedTemporaryFile as ScratchFile


def compress(source, target):
    """Write a gzip copy."""
    src = open(source, "rb")
    dst = gz.open(target, "wb")
    shutil.copyfileobj(src, dst)
    dst.close()
    src.close()


def decompress(path):
    """The text of a gzip file."""
    with gz.open(path, "rt", encoding="utf-8") as handle:
        return handle.read()


def peek(path):
    """The first line of a gzip file."""
    return gz.open(path, "rt", encoding="utf-8").readline().strip()


def bundle(folder, names, target):
    """Put files of a folder into a tar archive. Raises FileNotFoundError for a missing one."""
    archive = tarfile.open(target, "w")
    for name in names:
        archive.add(os.path.join(folder, name), arcname=name)
    archive.close()
    return len(names)


def bundled(path):
    """Names in a tar archive."""
    with tarfile.open(path) as archive:
        return sorted(archive.getnames())


def pack(folder, names, target):
    with zipfile.ZipFile(target, "w") as package:
        for name in names:
            package.write(os.path.join(folder, name), arcname=name)


def packed(path):
    """Names in a zip archive."""
    return zipfile.ZipFile(path).namelist()


def unpack_one(path, name):
    """One file of a zip archive as text, or None."""
    package = zipfile.ZipFile(path)
    if name not in package.namelist():
        return None
    text = package.read(name).decode("utf-8")
    package.close()
    return text


def replace_text(path, text):
    """Replace a file through a scratch file in the same folder."""
    scratch = ScratchFile("w", dir=os.path.dirname(path), delete=False, encoding="utf-8")
    scratch.write(text)
    scratch.close()
    os.replace(scratch.name, path)


def checksum_of_copy(path):
    """Copy a file to a scratch file and add up its bytes there."""
    with tempfile.NamedTemporaryFile() as scratch:
        with open(path, "rb") as source:
            shutil.copyfileobj(source, scratch)
        scratch.seek(0)
        return sum(scratch.read()) % 65536


def sorted_copy(path):
    """The lines of a file, sorted by way of a spool file."""
    spool = tempfile.TemporaryFile("w+", encoding="utf-8")
    with open(path, encoding="utf-8") as source:
        spool.writelines(sorted(source))
    spool.seek(0)
    return spool.read().split()


def in_scratch_folder(text):
    """Write a file in a folder that is gone afterwards; returns whether it was there and whether it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "note.txt")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write(text)
        there = os.path.exists(path)
    return there, os.path.exists(path)


def create_exclusive(path, text):
    """Create a file that must not exist yet. Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)
