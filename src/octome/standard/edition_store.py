"""The store of one fetched edition: opened, its problems, and removed with the edition."""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from octome.standard.edition_folder import EditionFolder
from octome.standard.progress import Notify, Progress, no_notice, no_progress
from octome.standard.sources.docbook.source import source_of
from octome.standard.store import cache_folder, key_in, open_store

if TYPE_CHECKING:
    from octome.standard.sources.records import Problem


def title_of(edition: str) -> str:
    """What is in the store of an edition, in words."""
    return f"edition {edition}"


def open_edition(
    folder: EditionFolder, *, progress: Progress = no_progress, notify: Notify = no_notice
) -> sqlite3.Connection:
    """The store of a fetched edition, compiled first if it has to be. Older ones of it go.

    Raises
    ------
    StoreUnavailable
        It cannot be compiled.
    """
    source = source_of(folder)
    store = open_store(
        sources=[source], title=title_of(folder.edition), progress=progress, notify=notify
    )
    remove_stores(folder.edition, but=f"{source.name}={source.fingerprint()}")
    return store


def stored_problems(store: sqlite3.Connection) -> list[Problem]:
    """What the source of an edition lacks, or its reader did not understand."""
    from octome.standard.sources.records import Problem

    rows = store.execute("SELECT part, anchor, words FROM problem ORDER BY edition, position")
    return [Problem(*row) for row in rows]


def remove_stores(edition: str, but: str = "") -> None:
    """Remove the stores of an edition; `but` begins the keys of those that stay."""
    of_edition = re.compile(rf"(docbook|json|facts)-{re.escape(edition)}=")
    for path in cache_folder().glob("standard-*.sqlite"):
        with suppress(OSError, sqlite3.Error):  # another process removes it, or it is damaged
            key = key_in(path) or ""
            if of_edition.match(key) and not (but and key.startswith(f"{but} ")):
                path.unlink()
