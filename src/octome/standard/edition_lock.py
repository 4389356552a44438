"""The one lock of all editions, and what ended processes have left."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from octome.errors import OctomeError, SyncFailed
from octome.files import new_folder
from octome.standard.edition import NAME
from octome.standard.edition_folder import STAGING, EditionFolder, editions_folder
from octome.standard.edition_manifest import MANIFEST
from octome.standard.progress import Notify, no_notice

try:
    import fcntl
except ImportError:  # a system without file locks, as Windows
    fcntl = None  # type: ignore[assignment]

STAGED_S = 30 * 86_400  # what nobody has gone on with for a month goes


@contextmanager
def locked_editions(notify: Notify = no_notice) -> Iterator[None]:
    """Hold the one lock of all editions; another process that changes them waits.

    What a killed process left behind goes first.

    Parameters
    ----------
    notify : callable
        Called with one line if another process has to finish first, or nothing can be locked.

    Raises
    ------
    SyncFailed
        The folder cannot be written, or the disk is full.
    """
    folder = editions_folder()
    try:
        new_folder(folder, is_private=False)
        with (folder / ".lock").open("a+b") as file:
            _lock(file.fileno(), folder, notify)
            _tidy_all(folder)
            try:
                yield  # closing the file gives the lock back
            finally:
                _tidy_all(folder)
    except OSError as error:
        if isinstance(error, OctomeError) or error.errno is None:
            raise
        raise _refusal(error, folder) from error


def _refusal(error: OSError, folder: Path) -> SyncFailed:
    """What the system refused while editions were changed, in words."""
    at, why = Path(error.filename or folder), error.strerror
    if folder not in (at, *at.parents) and at not in folder.parents:
        return SyncFailed(f"cannot use {at}: {why}", path=str(at))
    may_not = error.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR)
    cure = "; XDG_DATA_HOME can name another folder" if may_not else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        cure = "; octome editions remove makes room"
    place = "" if at == folder else f"{at}: "
    return SyncFailed(f"cannot keep editions in {folder}: {place}{why}{cure}", path=str(at))


def _lock(descriptor: int, folder: Path, notify: Notify) -> None:
    if fcntl is None:
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            notify("waiting for another octome that fetches or adds an edition")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        notify(f"{folder} cannot be locked ({error.strerror}): change editions one at a time")


def _tidy_all(folder: Path) -> None:
    """Remove what ended processes have left of editions that were never whole."""
    for path in folder.iterdir():
        if NAME.fullmatch(path.name) and path.is_dir() and not (path / MANIFEST).exists():
            EditionFolder(path).tidy()
    staging = folder / STAGING
    for inside, _, names in os.walk(staging, topdown=False):
        for name in names:
            path = Path(inside, name)
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > STAGED_S:
                    path.unlink()
        with suppress(OSError):  # an interrupted fetch that can be resumed is in it
            Path(inside).rmdir()
