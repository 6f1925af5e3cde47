"""FileResourceGuard: every mode of open(), and no error that gets lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pylint_leaks_runtime import FileResourceGuard, ResourceRegistry


def test_text_and_binary(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with FileResourceGuard(path, "w", encoding="utf-16", newline="\r\n") as file:
        file.write("é\n")
    assert file.closed
    with FileResourceGuard(path, "rb") as file:
        assert file.read().decode("utf-16") == "é\r\n"
    with FileResourceGuard(str(path), "rb", 0) as file:
        assert type(file).__name__ == "FileIO"


def test_the_default_encoding_is_the_one_of_open(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with FileResourceGuard(path) as ours, open(path) as plain:
        assert (ours.mode, ours.encoding) == (plain.mode, plain.encoding)  # type: ignore[attr-defined]


def test_opener_and_closefd(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with FileResourceGuard(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write("x")
    number = os.open(path, os.O_RDONLY)
    with FileResourceGuard(number, closefd=False) as file:
        assert file.read() == "x"
    os.close(number)


def test_open_errors_propagate(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        with FileResourceGuard(tmp_path / "missing"):
            raise AssertionError("not reached")
    with pytest.raises(ValueError, match="binary mode"):
        with FileResourceGuard(tmp_path / "file", "rb", encoding="utf-8"):
            raise AssertionError("not reached")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_an_error_of_close_is_not_swallowed() -> None:
    with pytest.raises(OSError, match="No space left"):
        with FileResourceGuard("/dev/full", "w") as file:
            file.write("lost")
    assert file.closed


def test_the_exception_of_the_block_propagates_and_the_file_is_closed(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        with FileResourceGuard(tmp_path / "file", "w") as file:
            raise KeyError
    assert file.closed


def test_a_guard_can_be_entered_again_even_inside_itself(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("one\ntwo\n")
    guard = FileResourceGuard(path)
    with guard as outer:
        assert outer.readline() == "one\n"
        with guard as inner:
            assert inner.readline() == "one\n"
        assert inner.closed
        assert outer.readline() == "two\n"
    assert outer.closed
    with guard as again:
        assert again.readline() == "one\n"


def test_the_open_file_is_registered(tmp_path: Path) -> None:
    registry = ResourceRegistry()
    path = tmp_path / "file"
    with FileResourceGuard(path, "w", registry=registry) as file:
        (record,) = registry.live("file")
        assert record.resource is file
        assert record.name == str(path)
        assert record.site.startswith(__file__)
    assert registry.live() == []
