"""The content of a file: a small one read, a large one mapped."""

from __future__ import annotations

import mmap
import os
import stat
from pathlib import Path

from octome.conformance.data_set import Buffer
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
        content = _content(path)
    except InstanceUnreadable:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InstanceUnreadable(f"cannot read {path}: {reason}", path=str(path)) from error
    if not len(content):
        raise InstanceUnreadable(f"{path} is empty", path=str(path))
    return content


def _content(path: Path) -> Buffer:
    # Looked at before it is opened: to open a pipe waits for somebody to write.
    if not stat.S_ISREG(path.stat().st_mode):
        what = "a folder" if path.is_dir() else "no regular file"
        raise InstanceUnreadable(f"cannot read {path}: it is {what}", path=str(path))
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > LARGEST_READ:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return file.read(LARGEST_READ)
