"""The content of a file: a small one read, a large one mapped."""

from __future__ import annotations

import mmap
import os
import stat
from io import FileIO
from pathlib import Path

from octome.dicom.data_set import Buffer
from octome.errors import InstanceUnreadable

# Bytes. A file that is cut while it is mapped ends the process by a signal which cannot be caught:
# what is small enough is read, so that only very large files are left with that.
LARGEST_READ = 16 << 20


def content_of(path: Path) -> Buffer:
    """The content of a file.

    Raises
    ------
    InstanceUnreadable
        It is empty, no regular file, or cannot be opened.
    """
    try:
        with FileIO(path, opener=_opened) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _refused(path, "it is no regular file")
            if status.st_size > LARGEST_READ:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            content = file.readall()
    except IsADirectoryError as error:
        raise _refused(path, "it is a folder") from error
    except (OSError, ValueError) as error:
        raise _refused(path, str(getattr(error, "strerror", None) or error)) from error
    if not content:
        raise InstanceUnreadable(f"{path} is empty", path=str(path))
    return content


def _refused(path: Path, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {path}: {why}", path=str(path))


def _opened(path: str, flags: int) -> int:
    # To open a pipe would wait for somebody to write.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
