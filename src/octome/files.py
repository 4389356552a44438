"""The one way to write a file: completely and on the disk, or not at all.

A file is written under a hidden name in its own folder, synced, renamed, and the folder is synced
too. It is locked while it is written, so a file of a killed process can be recognised: no process
holds its lock. The next process that writes into the folder removes it. A folder for temporary
files is locked too, and the next process that needs one removes those of killed processes.
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
except ImportError:  # a system without file locks, such as Windows: nothing is removed there
    fcntl = None  # type: ignore[assignment]

# Errors of file systems without hard links (exFAT, some network shares).
NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700  # patient data: only for its owner
HIDDEN = re.compile(r"\..+\.\d+\.part")
TEMPORARY = "octome-temporary-"
UNFINISHED = ".parts"  # ends the name of a folder that is being filled
CLEANING_SECONDS = 600  # between cleanings of a folder that one process writes into repeatedly
_cleaned: dict[Path, float] = {}


@contextmanager
def new_file(path: Path, *, is_private: bool = True) -> Iterator[BinaryIO]:
    """A new file that appears under its name when it is complete.

    Parameters
    ----------
    path : Path
        In an existing folder; see `new_folder`.
    is_private : bool
        Readable only by its owner, for files that may hold patient data.

    Yields
    ------
    file : binary file
        To write to and read from. Code that needs a path may open `file.name`.

    Raises
    ------
    FileExistsError
        The name is taken, even if only since this file was begun; the other file is unchanged.
    OSError
        The system cannot write it. No partial file is left.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with unnamed_file(path.parent, path.name, is_private=is_private) as unnamed:
        yield unnamed.file
        unnamed.place(path)


@contextmanager
def replaced_file(path: Path, *, is_private: bool = True) -> Iterator[BinaryIO]:
    """A file that replaces an existing one of its name when it is complete.

    Like `new_file`; a reader of `path` finds either the whole old file or the whole new one.

    Raises
    ------
    OSError
        The system cannot write it. The old file stays, and no partial file is left.
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
        """Give the file an unused name; a FileExistsError if it is taken."""
        self.sync()
        try:
            # A link never replaces an existing file, unlike a rename.
            os.link(self.path, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            # Claim the name, which fails if it is taken, then fill it.
            path.open("xb").close()
            self.path.replace(path)
        sync_folder(path.parent)

    def replace(self, path: Path) -> None:
        """Give the file a name, and replace an existing file of that name."""
        self.sync()
        self.path.replace(path)
        sync_folder(path.parent)

    def sync(self) -> None:
        """Make sure that the content is on the disk."""
        self.file.flush()
        os.fsync(self.file.fileno())


@contextmanager
def unnamed_file(
    folder: Path, stem: str = "new", *, is_private: bool = True
) -> Iterator[UnnamedFile]:
    """A file in a folder that has no name yet, and is removed at the end if it got none.

    For a file that is named by its own content. `stem` is part of the hidden name: it shows people
    what the file was meant to be.
    """
    _clean_now_and_then(folder)
    # Room for the number and the suffix within the 255 bytes of a name.
    stem = stem.encode()[:200].decode(errors="ignore")
    path, file = _hidden_file(folder, stem, PRIVATE_FILE if is_private else 0o666)
    with file:
        try:
            yield UnnamedFile(file, path)
        finally:
            # After renaming, the hidden name may belong to another writer.
            if _is_at(file.fileno(), path):
                with suppress(OSError):
                    path.unlink()


def new_folder(path: Path, *, is_private: bool = True) -> None:
    """Create a folder and its missing parents, on the disk; existing ones are not changed.

    Parameters
    ----------
    path : Path
    is_private : bool
        New folders are only for their owner.
    """
    for folder in (*reversed(path.parents), path):
        if folder.is_dir():
            continue
        try:
            folder.mkdir(PRIVATE_FOLDER if is_private else 0o777, exist_ok=True)
        except FileExistsError as error:
            raise NotADirectoryError(errno.ENOTDIR, "it is a file", str(folder)) from error
        sync_folder(folder.parent)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A new private folder that appears under its name when everything in it is complete.

    What a killed process left of an earlier one of its name is removed.

    Yields
    ------
    hidden : Path
        The folder to write into, under a hidden name next to it.

    Raises
    ------
    FileExistsError
        The name is taken, even if only since this folder was begun.
    OSError
        The system cannot write it. Nothing is left.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    new_folder(path.parent)
    stem = path.name.encode()[:200].decode(errors="ignore")
    with _held_folder(path.parent, f".{stem}.", UNFINISHED) as hidden:
        yield hidden
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        hidden.rename(path)
        sync_folder(path.parent)


@contextmanager
def held_folder(folder: Path) -> Iterator[bool]:
    """Hold an existing folder, so that no other process does; a killed process holds nothing.

    Yields
    ------
    is_held : bool
        False if another process holds it. True also where the system has no locks.

    Raises
    ------
    OSError
        The folder cannot be opened.
    """
    if fcntl is None:
        yield True
        return
    descriptor = _locked_folder(folder.resolve(), may_be_unlocked=True)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def remove_abandoned(folder: Path) -> int:
    """Remove partial files of killed processes in a folder.

    A file that is being written is locked, and stays. Without locks, all files stay.

    Returns
    -------
    removed : int
        The number of removed files.
    """
    if not folder.is_dir():
        return 0
    hidden = [Path(entry) for entry in os.scandir(folder) if HIDDEN.fullmatch(entry.name)]
    return sum(_remove_abandoned(path) for path in hidden)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for patient data that is removed at the end, even if the process is killed.

    Those that killed processes of the same user have left are removed first.
    """
    import tempfile  # most commands do not need it

    with _held_folder(Path(tempfile.gettempdir()), TEMPORARY) as folder:
        yield folder


@contextmanager
def _held_folder(parent: Path, prefix: str, suffix: str = "") -> Iterator[Path]:
    """A new locked folder that is removed at the end; abandoned ones of such names are too."""
    # Imported here: most commands need neither.
    import shutil
    import tempfile

    for entry in os.scandir(parent):
        if entry.name.startswith(prefix) and entry.name.endswith(suffix):
            with suppress(OSError):  # another process has removed it, or it is a file
                _remove_abandoned_folder(Path(entry))
    descriptor: int | None = None
    while descriptor is None:  # another process may take it for abandoned before it is locked
        folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=suffix, dir=parent))
        if fcntl is None:
            break
        descriptor = _locked_folder(folder, may_be_unlocked=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if descriptor is not None:
            os.close(descriptor)


def _remove_abandoned_folder(folder: Path) -> None:
    """Remove a temporary folder of this user that no process holds."""
    import shutil

    if fcntl is None or folder.stat(follow_symlinks=False).st_uid != os.getuid():
        return
    descriptor = _locked_folder(folder, may_be_unlocked=False)
    if descriptor is not None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _locked_folder(folder: Path, *, may_be_unlocked: bool) -> int | None:
    """A descriptor that holds the lock of a folder; None if another process has it, or removed it.

    `may_be_unlocked`: also where the file system has no locks.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    is_locked = _lock(descriptor)
    if (is_locked or (is_locked is None and may_be_unlocked)) and _is_at(descriptor, folder):
        return descriptor
    os.close(descriptor)
    return None


def _clean_now_and_then(folder: Path) -> None:
    """Remove abandoned files in a folder that this process has not cleaned recently."""
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
        file.close()  # another process took it for abandoned before it was locked


def _remove_abandoned(path: Path) -> bool:
    """Remove a hidden file that no process is writing; returns whether it is gone."""
    try:
        # Opened for writing: network file systems lock nothing else.
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


def sync_folder(folder: Path) -> None:
    """Make sure that a new name is on the disk, if the system supports it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
