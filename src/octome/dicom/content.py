"""The content of a file: a small one is read, a large one is mapped."""

from __future__ import annotations

import errno
import mmap
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from octome.dicom.data_set import Buffer
from octome.errors import InstanceUnreadable, NotAnInstance

# Bytes. If a mapped file is cut, a signal that cannot be caught ends the process. Small files are
# read, so this can happen only with very large ones.
LARGEST_READ = 16 << 20
BEGINNINGS = (1 << 18, 1 << 21)  # bytes; most headers fit into the first
REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "no permission to read it",
}


def content_of(path: Path) -> Buffer:
    """The content of a file.

    Raises
    ------
    InstanceUnreadable
        It is empty, not a regular file, or cannot be opened.
    """
    with _opened(path) as (file, size):
        return _whole(file, size)


def beginnings_of(path: Path) -> Iterator[tuple[Buffer, int]]:
    """More and more of a file's content, each time with the file's size; at last all of it.

    Raises
    ------
    InstanceUnreadable
        It is empty, not a regular file, or cannot be opened.
    """
    with _opened(path) as (file, size):
        for length in BEGINNINGS:
            if length < size:
                file.seek(0)
                yield file.read(length), size
        whole = _whole(file, size)
        yield whole, len(whole)


def reason(error: OSError | ValueError) -> str:
    """The reason of a system error, in plain words."""
    number = getattr(error, "errno", None)
    return REASONS.get(number or 0) or str(getattr(error, "strerror", None) or error)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[FileIO, int]]:
    """A regular file that is not empty, and its size."""
    try:
        with FileIO(path, opener=_without_waiting) as file:
            yield file, _size(path, os.fstat(file.fileno()))
    except InstanceUnreadable:
        raise
    except (OSError, ValueError) as error:
        raise _refused(path, reason(error)) from error


def _size(path: Path, status: os.stat_result) -> int:
    if not stat.S_ISREG(status.st_mode):
        raise _refused(path, "it is not a regular file")
    if not status.st_size:
        raise NotAnInstance(f"{path} is empty", path=str(path))
    return status.st_size


def _whole(file: FileIO, size: int) -> Buffer:
    if size > LARGEST_READ:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    file.seek(0)
    return file.readall()


def _refused(path: Path, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {path}: {why}", path=str(path))


def _without_waiting(path: str, flags: int) -> int:
    # Opening a pipe would wait for a writer.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
