"""The store in the user's cache folder: its path, and compiling it if it is missing.

Its key is the versions of the packages it is compiled from and the compiler's own code, so that an
upgrade of either compiles it again. Each time it is opened its checksum is compared, so that a
damaged store is compiled again too.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISREG

from octome.errors import StoreUnavailable
from octome.standard.checksum import is_whole
from octome.standard.progress import Notify, Progress, no_notice, no_progress
from octome.standard.sources.listed import SOURCES
from octome.standard.sources.source import Source
from octome.standard.store_key import store_key

TOUCHED_S = 86_400  # a store in use gets the current date
UNUSED_S = 30 * TOUCHED_S


def store_path(key: str) -> Path:
    """Where the store with this key is."""
    digest = blake2b(key.encode(), digest_size=6).hexdigest()
    return cache_folder() / f"standard-{digest}.sqlite"


def cache_folder() -> Path:
    """Octome's folder in the user's cache."""
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        # The same as platformdirs, whose import takes longer than building a page.
        given = os.environ.get("XDG_CACHE_HOME", "")
        return Path(given if os.path.isabs(given) else "~/.cache").expanduser() / "octome"
    from platformdirs import user_cache_path

    return user_cache_path("octome", appauthor=False)


def open_store(
    path: Path | None = None,
    *,
    sources: Sequence[Source] = SOURCES,
    title: str = "the DICOM Standard",
    progress: Progress = no_progress,
    notify: Notify = no_notice,
    rebuild: str | None = None,
) -> sqlite3.Connection:
    """The store, read-only; compiled first if it is missing, outdated or damaged.

    Parameters
    ----------
    path : Path, optional
        Instead of the user's cache folder.
    sources : sequence of Source
        What it is compiled from.
    title : str
        Its name for `notify`.
    progress : callable
        Called with each step of the compilation and the share that is done.
    notify : callable
        Called with one line, why the store is compiled.
    rebuild : str, optional
        Why the store must be compiled even if it looks intact.

    Raises
    ------
    StoreUnavailable
        It cannot be read, or cannot be compiled.
    """
    key = store_key(sources)
    path = path or store_path(key)
    try:
        reason = rebuild or what_is_wrong(path, key)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot read the Standard at {path}: {error.strerror}", path=str(path)
        ) from error
    if reason:
        from octome.standard.compile.compiler import compile_store

        notify(f"Compiling {title}: {reason}.")
        compile_store(path, key, progress, sources)
        remove_unused(path)
    else:
        mark_used(path)
    return connect(path)


def ready_store(path: Path | None, sources: Sequence[Source]) -> sqlite3.Connection | None:
    """The store, read-only; None if it must be compiled first.

    Raises
    ------
    StoreUnavailable
        A source is not installed.
    """
    key = store_key(sources)
    path = path or store_path(key)
    try:
        return None if what_is_wrong(path, key) else connect(path)
    except OSError:
        return None


def mark_used(path: Path) -> None:
    """Give a store today's date, so that `remove_unused` of another version keeps it."""
    with suppress(OSError):  # a read-only store works too
        if time.time() - path.stat().st_mtime > TOUCHED_S:
            path.touch()


def remove_unused(path: Path) -> None:
    """Remove leftovers of upgrades and ended processes next to a new store.

    Stores of other installations on this machine stay: only stores unused for a month and partial
    files of killed compilations are removed.
    """
    from octome.files import remove_abandoned

    remove_abandoned(path.parent)
    for file in path.parent.glob("standard-*.sqlite"):
        with suppress(OSError):  # another process removes it too, or may not be disturbed
            if file != path and time.time() - file.stat().st_mtime > UNUSED_S:
                file.unlink()


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection to a store that no one will change (it may be replaced whole)."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    # The library runs one query at a time, from any thread.
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def what_is_wrong(path: Path, key: str) -> str | None:
    """Why the store cannot be used, as text; None if it can.

    Raises
    ------
    OSError
        It cannot be read, or is not a file.
    """
    if not path.exists():
        others = any(path.parent.glob("standard-*.sqlite")) if path.parent.is_dir() else False
        return "it is new here, or its sources have changed" if others else "this is the first use"
    # Opening a FIFO would wait for a writer, and a device may never end.
    if not S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    if not is_whole(path):
        return f"the store at {path} is damaged"
    return None if key_in(path) == key else f"the store at {path} is outdated"


def key_in(path: Path) -> str | None:
    """The key of a complete store; None if it has none."""
    db = connect(path)
    try:
        found = db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()
    except sqlite3.DatabaseError:
        return None
    finally:
        db.close()
    return str(found[0]) if found else None
