"""The content of files: small ones are read, large ones mapped, others are an error."""

from __future__ import annotations

import os
from mmap import mmap
from pathlib import Path

import pytest

from octome.dicom.content import beginnings_of, content_of, reason
from octome.errors import InstanceUnreadable


def test_a_small_file_is_read_and_a_large_one_is_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "it"
    path.write_bytes(b"0123456789")
    assert content_of(path) == b"0123456789"
    monkeypatch.setattr("octome.dicom.content.LARGEST_READ", 9)
    mapped = content_of(path)
    assert isinstance(mapped, mmap)
    assert mapped[:] == b"0123456789"


@pytest.mark.parametrize(
    ("size", "lengths"),
    [
        (10, [10]),
        (1 << 18, [1 << 18]),
        ((1 << 18) + 1, [1 << 18, (1 << 18) + 1]),
        (3 << 20, [1 << 18, 1 << 21, 3 << 20]),
    ],
)
def test_a_beginning_is_read_before_the_whole(
    tmp_path: Path, size: int, lengths: list[int]
) -> None:
    path = tmp_path / "it"
    path.write_bytes(bytes(size))
    found = list(beginnings_of(path))
    assert [len(content) for content, _ in found] == lengths
    assert {stated for _, stated in found} == {size}


def test_an_empty_file_and_a_non_file_are_errors(tmp_path: Path) -> None:
    empty, pipe = tmp_path / "empty", tmp_path / "pipe"
    empty.touch()
    # Opening a pipe without a writer must not wait for one.
    os.mkfifo(pipe)
    for path, why in (
        (empty, "is empty"),
        (pipe, "it is not a regular file"),
        (tmp_path, "it is a folder"),
        (tmp_path / "nowhere", "there is no such file"),
        (empty / "below", "there is no such file"),
    ):
        with pytest.raises(InstanceUnreadable, match=why) as caught:
            content_of(path)
        assert caught.value.details["path"] == str(path)


def test_a_known_error_has_a_plain_reason() -> None:
    assert reason(PermissionError(13, "Permission denied")) == "no permission to read it"
    assert reason(OSError(5, "Input/output error")) == "Input/output error"
    assert reason(ValueError("embedded null byte")) == "embedded null byte"
