"""The store in the user's cache folder: where it is, and making it when it is not there.

It is keyed by the versions of the packages it is compiled from and by the compiler's own code, so
that an upgrade of either compiles it anew.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path

from octome.errors import StoreUnavailable
from octome.files import remove_abandoned
from octome.standard.progress import Progress, no_progress
from octome.standard.sources.catalogue import store_key

TOUCHED_S = 86_400  # a store in use is marked so once a day
UNUSED_S = 30 * TOUCHED_S
Say = Callable[[str], None]


def store_path(key: str) -> Path:
    """Where the store with this key stands."""
    digest = blake2b(key.encode(), digest_size=6).hexdigest()
    return user_cache_path("octome", appauthor=False) / f"standard-{digest}.sqlite"


def open_store(
    path: Path | None = None,
    *,
    progress: Progress = no_progress,
    say: Say = lambda _line: None,
    rebuild: str | None = None,
) -> sqlite3.Connection:
    """The store, read-only; compiled first if it is missing, outdated or damaged.

    Parameters
    ----------
    path : Path, optional
        Another place than the user's cache folder.
    progress : callable
        Told each step of the compilation and the share that is done.
    say : callable
        Told in one line why the store is compiled.
    rebuild : str, optional
        Why the store shall be compiled even if it looks whole.

    Raises
    ------
    StoreUnavailable
        It has to be compiled and cannot be.
    """
    key = store_key()
    path = path or store_path(key)
    try:
        reason = rebuild or what_is_wrong(path, key)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot read the Standard at {path}: {error.strerror}", path=str(path)
        ) from error
    if reason:
        from octome.standard.compile.compiler import compile_store

        say(f"Compiling the DICOM Standard: {reason}.")
        compile_store(path, key, progress)
        remove_unused(path)
    elif time.time() - path.stat().st_mtime > TOUCHED_S:
        with suppress(OSError):  # a store that may only be read is as good
            path.touch()  # in use: `remove_unused` of another version shall leave it
    return connect(path)


def remove_unused(path: Path) -> None:
    """Remove what upgrades and ended processes have left beside a new store.

    Stores of other installations on this machine stay: only what nobody has opened for a month
    goes, and what killed compilations have left half-written.
    """
    remove_abandoned(path.parent)
    for file in path.parent.glob("standard-*.sqlite"):
        if file != path and time.time() - file.stat().st_mtime > UNUSED_S:
            file.unlink(missing_ok=True)


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection to a store that no one will change (it may be replaced whole)."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    # The library answers one question at a time; which thread asks does not matter.
    return sqlite3.connect(uri, uri=True, check_same_thread=False)


def what_is_wrong(path: Path, key: str) -> str | None:
    """Why the store cannot be used as it is, in words; None where it can.

    A store that was cut short has another size than its header says; damage inside shows only
    when it is read, and then the library has it compiled anew.
    """
    if not path.exists():
        others = any(path.parent.glob("standard-*.sqlite")) if path.parent.is_dir() else False
        return "its sources have changed" if others else "this is the first use"
    with path.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if (65536 if page == 1 else page) * pages != path.stat().st_size:
        return f"the store at {path} is damaged"
    db = connect(path)
    try:
        stored = db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()
    except sqlite3.DatabaseError:
        return f"the store at {path} is damaged"
    finally:
        db.close()
    return None if stored == (key,) else f"the store at {path} is outdated"
