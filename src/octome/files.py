"""The one way to write a file: whole or not at all, on the disk, and never half of it left behind.

A file is written under a hidden name in its own folder, synced, given its name, and the folder is
synced too. While it is written it is locked. So what a killed process left can be recognised: no
process holds its lock. The next process that writes into the folder removes it.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # a system without file locks, as Windows: nothing is removed there
    fcntl = None  # type: ignore[assignment]

# What a file system says that has no hard links (exFAT, some network shares).
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700  # patient data: for its owner alone
HIDDEN = re.compile(r"\..+\.\d+\.part")
CLEANING_SECONDS = 600  # how often a folder is cleaned that a process keeps writing into
_cleaned: dict[Path, float] = {}


@contextmanager
def new_file(path: Path, *, is_private: bool = True) -> Iterator[BinaryIO]:
    """A file that appears under a name which nothing has yet, once it is whole.

    Parameters
    ----------
    path : Path
        In a folder that is there; see `new_folder`.
    is_private : bool
        Readable by its owner alone, for all that may hold patient data.

    Yields
    ------
    file : binary file
        To write to and read from. What needs a path may open `file.name`.

    Raises
    ------
    FileExistsError
        Something has that name, even if it came while this file was written; it stays as it is.
    OSError
        The system refuses. Nothing is left behind.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with unnamed_file(path.parent, path.name, is_private=is_private) as unnamed:
        yield unnamed.file
        unnamed.place(path)


@contextmanager
def replaced_file(path: Path, *, is_private: bool = True) -> Iterator[BinaryIO]:
    """A file that takes the place of the one of its name, if there is one, once it is whole.

    As `new_file`; a reader of `path` finds the whole old file or the whole new one.

    Raises
    ------
    OSError
        The system refuses. The old file stays, nothing else is left behind.
    """
    with unnamed_file(path.parent, path.name, is_private=is_private) as unnamed:
        yield unnamed.file
        unnamed.replace(path)


@dataclass(frozen=True)
class UnnamedFile:
    """A file that is being written, under a hidden name until it gets its own."""

    file: BinaryIO
    path: Path
    """The hidden name."""

    def place(self, path: Path) -> None:
        """Give the file a name that nothing has; a FileExistsError if something has it."""
        self.sync()
        try:
            # A link refuses to replace what is there, unlike a renaming.
            os.link(self.path, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            # Claim the name, which fails if it is taken, then fill it.
            path.open("xb").close()
            self.path.replace(path)
        _sync_folder(path.parent)

    def replace(self, path: Path) -> None:
        """Give the file a name, in the place of what has it."""
        self.sync()
        self.path.replace(path)
        _sync_folder(path.parent)

    def sync(self) -> None:
        """See that the content is on the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())


@contextmanager
def unnamed_file(
    folder: Path, stem: str = "new", *, is_private: bool = True
) -> Iterator[UnnamedFile]:
    """A file in a folder that has no name yet, and is gone at the end if it was given none.

    For a file that is named by its own content. `stem` is part of the hidden name: it shows a
    person what the file was to become.
    """
    _clean_now_and_then(folder)
    # Room for the number and the suffix within the 255 bytes of a name.
    stem = stem.encode()[:200].decode(errors="ignore")
    path, file = _hidden_file(folder, stem, PRIVATE_FILE if is_private else 0o666)
    with file:
        try:
            yield UnnamedFile(file, path)
        finally:
            # Once renamed, the hidden name may be another writer's.
            if _is_at(file.fileno(), path):
                with suppress(OSError):
                    path.unlink()


def new_folder(path: Path, *, is_private: bool = True) -> None:
    """Create a folder and those above it that are missing; existing ones stay as they are.

    Parameters
    ----------
    path : Path
    is_private : bool
        New ones are for their owner alone.
    """
    for folder in (*reversed(path.parents), path):
        if folder.is_dir():
            continue
        try:
            folder.mkdir(PRIVATE_FOLDER if is_private else 0o777, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, "it is a file", str(folder)) from error


def remove_abandoned(folder: Path) -> int:
    """Remove what killed processes left half-written in a folder.

    A file that is being written is locked, and stays. Where there are no locks, all stays.

    Returns
    -------
    removed : int
        How many files that were.
    """
    if not folder.is_dir():
        return 0
    hidden = [Path(entry) for entry in os.scandir(folder) if HIDDEN.fullmatch(entry.name)]
    return sum(_remove_abandoned(path) for path in hidden)


def _clean_now_and_then(folder: Path) -> None:
    """Remove what is abandoned in a folder that this process has not cleaned of late."""
    now = time.monotonic()
    if now - _cleaned.get(folder, -CLEANING_SECONDS) >= CLEANING_SECONDS:
        _cleaned[folder] = now
        remove_abandoned(folder)


def _hidden_file(folder: Path, stem: str, mode: int) -> tuple[Path, BinaryIO]:
    """A new locked file, under the first hidden name that no other process writes to."""
    number = 0
    while True:
        path = folder / f".{stem}.{number}.part"
        try:
            file = open(path, "x+b", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115
        except FileExistsError:
            number += not _remove_abandoned(path)
            continue
        if _lock(file.fileno()) is not False and _is_at(file.fileno(), path):
            return path, file
        file.close()  # taken for abandoned in the moment before it was locked


def _remove_abandoned(path: Path) -> bool:
    """Remove a hidden file that no process is writing; whether it is gone."""
    try:
        # To be written to: network file systems lock nothing else.
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return True
    except OSError:
        return False  # not ours to remove
    try:
        if not _lock(descriptor) or not _is_at(descriptor, path):
            return False
        path.unlink()
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _lock(descriptor: int) -> bool | None:
    """Lock an open file; False if another process holds its lock, None without locks here."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None  # a file system without locks
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    """See that a new name is on the disk, where the system can be asked to."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
