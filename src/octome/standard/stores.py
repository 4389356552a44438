"""The stores of all available editions, each opened when it is first needed.

The editions of the packages share one store, as they borrow text from each other. Each fetched
edition has its own store, which is added, removed and recompiled without the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from octome.errors import EditionBeingPrepared, StoreUnavailable, UnknownEdition
from octome.standard.edition import UNNAMED, edition_key, usual_name
from octome.standard.edition_folder import edition_folders
from octome.standard.edition_store import title_of
from octome.standard.pages.reader import Reader
from octome.standard.progress import Notify, Progress
from octome.standard.sources.docbook.source import source_of
from octome.standard.sources.listed import SOURCES
from octome.standard.sources.source import Source
from octome.standard.store import open_store, ready_store

if TYPE_CHECKING:
    from octome.standard.preparation import Background

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What one store is compiled from; `edition` is None for all editions of the sources.

    An edition without attributes or dictionary is never the default: its pages would say that
    nothing exists, where it was only not fetched.
    """

    edition: str | None
    sources: Sequence[Source]
    is_usable: bool = True
    about: str = ""
    """Of a fetched edition: where it came from, when, and its parts."""


PACKAGED = Shelf(edition=None, sources=SOURCES)


def synced_shelves(notify: Notify) -> list[Shelf]:
    """The shelves of all fetched editions; one with a damaged manifest is reported and left out."""
    shelves = []
    for folder in edition_folders():
        try:
            manifest = folder.manifest
        except StoreUnavailable as error:
            notify(f"Left out: {error}.")
            continue
        sources = (source_of(folder),)
        shelf = Shelf(
            edition=folder.edition,
            sources=sources,
            is_usable=manifest.is_usable,
            about=f"{manifest.origin}, {manifest.date[:10]}: {manifest.spelled_parts}",
        )
        shelves.append(shelf)
    return shelves


class Stores:
    """The stores, by edition.

    Parameters
    ----------
    path : Path, optional
        One store with all editions, instead of those in the user's folders.
    synced : sequence of Shelf
        The fetched editions.
    progress, notify : callable
        As for `octome.standard.library.open_library`.
    background : Background, optional
        Compiles stores while others are read. Without it they are compiled when they are needed.
    """

    def __init__(
        self,
        path: Path | None,
        synced: Sequence[Shelf] = (),
        *,
        progress: Progress,
        notify: Notify,
        background: Background | None = None,
    ) -> None:
        self.path, self._progress, self._notify = path, progress, notify
        self.background = background
        self._synced = {} if path else {str(shelf.edition): shelf for shelf in synced}
        self._readers: dict[str | None, Reader] = {}
        # The newest fetched edition is the default.
        whole = [name for name, shelf in self._synced.items() if shelf.is_usable]
        self._default: str | None = None
        self.newest: str | None = None
        """The fetched edition that is the default, or will be when its store is ready."""
        for name in sorted(whole, key=edition_key, reverse=True):
            try:
                self._open(name)
            except EditionBeingPrepared:
                self.newest = self.newest or name
                continue
            except StoreUnavailable as error:
                notify(f"Left out: edition {name} cannot be read: {error}.")
                del self._synced[name]
                continue
            self._default, self.newest = name, self.newest or name
            return
        self._open(None)

    def close(self) -> None:
        """Close all that are open."""
        for reader in self._readers.values():
            reader.db.close()

    @property
    def editions(self) -> tuple[str, ...]:
        """All editions: the default one, then the others, the newest first."""
        packaged = self._reader(None).own_editions
        names = sorted({*self._synced, *packaged}, key=edition_key, reverse=True)
        return (self.current, *(name for name in names if name != self.current))

    @property
    def current(self) -> str:
        """The default edition."""
        return self._default or self._reader(None).own_editions[0]

    def edition(self, requested: str | None) -> str:
        """The requested edition, in any case; the current one for `current` and if none is.

        Raises
        ------
        UnknownEdition
            It is not available.
        """
        if requested is None:
            return self.current
        name = usual_name(requested)
        if name in self._synced or name in self.editions:
            return name
        if name == UNNAMED:
            return self.current
        known = ", ".join(self.editions)
        raise UnknownEdition(
            f"there is no edition {requested!r} here; there is {known}",
            edition=requested,
            known=list(self.editions),
        )

    def reader(self, edition: str) -> Reader:
        """The reader of the store of an edition, which is compiled first if necessary."""
        return self._reader(edition if edition in self._synced else None)

    def is_ready(self, edition: str) -> bool:
        """Whether the store of an edition is compiled already."""
        return self._ready(edition if edition in self._synced else None) is not None

    def ready(self) -> Iterator[Reader]:
        """Readers of all stores that are compiled already."""
        return filter(None, map(self._ready, (*self._synced, None)))

    @property
    def unread(self) -> dict[str, str]:
        """The fetched editions that have to be compiled first, each with its origin and parts."""
        unread = [shelf for name, shelf in self._synced.items() if self._ready(name) is None]
        return {str(shelf.edition): shelf.about for shelf in unread}

    def _ready(self, key: str | None) -> Reader | None:
        """A reader of a store, if it is compiled already."""
        if key not in self._readers:
            db = ready_store(self.path, self._shelf(key).sources)
            if db is None:
                return None
            self._readers[key] = Reader(db, self)
        return self._readers[key]

    def ask(self, edition: str | None, question: Callable[[Reader, str], Answer]) -> Answer:
        """The answer to a question about an edition; the current one if it is None.

        A store that turns out to be damaged is compiled again.

        Raises
        ------
        UnknownEdition
            It is not available.
        StoreUnavailable
            The store cannot be read, not even when it is new.
        """
        try:
            chosen = self.edition(edition)
            return question(self.reader(chosen), chosen)
        except sqlite3.ProgrammingError:
            raise  # it has been closed
        except sqlite3.DatabaseError as error:
            reason = f"the store is damaged ({error})"
        name = usual_name(edition or UNNAMED)
        key = name if name in self._synced else self._default if name == UNNAMED else None
        self._reader(key).db.close()
        self._open(key, reason)
        try:
            chosen = self.edition(edition)
            return question(self.reader(chosen), chosen)
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(f"cannot read the Standard: {error}") from error

    def _shelf(self, key: str | None) -> Shelf:
        return PACKAGED if key is None else self._synced[key]

    def _reader(self, key: str | None) -> Reader:
        return self._readers[key] if key in self._readers else self._open(key)

    def _open(self, key: str | None, rebuild: str | None = None) -> Reader:
        sources = self._shelf(key).sources
        if self.background is not None:
            db = self.background.store(key, sources)
        else:
            db = open_store(
                self.path,
                sources=sources,
                title=title_of(key) if key else "the DICOM Standard",
                progress=self._progress,
                notify=self._notify,
                rebuild=rebuild,
            )
        self._readers[key] = Reader(db, self)
        return self._readers[key]
