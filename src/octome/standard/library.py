"""The library: the DICOM Standard, ready for queries.

Each kind of page has a method with its own return type; `Library.at` returns the page of a path, as
on the web.

>>> from octome.standard.library import open_library  # doctest: +SKIP
>>> with open_library() as library:  # doctest: +SKIP
...     library.ciod("ct-image").modules[0].name
'Patient'
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from octome.errors import EditionBeingPrepared
from octome.standard.edition_folder import editions_state
from octome.standard.object_definitions import ObjectDefinitions
from octome.standard.progress import Notify, Progress, no_notice, no_progress
from octome.standard.registries import Registries
from octome.standard.route import is_there, page_at, words_of
from octome.standard.session import page as page_of
from octome.standard.stores import Stores, synced_shelves

if TYPE_CHECKING:
    from types import TracebackType

    from octome.standard.model.attribute import AttributeUse
    from octome.standard.model.ciod import CiodOrder
    from octome.standard.model.edition import EditionIndex
    from octome.standard.model.edition_diff import EditionDiff
    from octome.standard.model.page import Child, Page
    from octome.standard.model.search import SearchPage
    from octome.standard.pages.reader import Reader
    from octome.standard.preparation import Background

# The pages of each question are imported when it is needed, as `octome.standard.route` does.


def open_library(
    path: Path | None = None,
    *,
    progress: Progress = no_progress,
    notify: Notify = no_notice,
) -> Library:
    """Open the Standard; it is compiled first if this machine has not done so yet.

    Parameters
    ----------
    path : Path, optional
        Where the store is, if not in the user's cache folder.
    progress : callable
        Called with each step of a compilation and the fraction that is done, 0 to 1.
    notify : callable
        Called with one line that says why the store is compiled.

    Raises
    ------
    StoreUnavailable
        The store has to be compiled and cannot be.
    """
    return Library(path, progress=progress, notify=notify)


class Library(ObjectDefinitions, Registries):
    """The Standard, open for reading. Safe to share among threads that take turns.

    Where a method takes an edition, None is the current one. Each method that answers with a page
    raises `UnknownEdition` where there is no such edition, and `UnknownPath` where the edition has
    no such page; `details["nearest"]` of that holds the pages that may have been meant.
    """

    def __init__(self, path: Path | None, *, progress: Progress, notify: Notify) -> None:
        self._state = editions_state()
        super().__init__(Stores(path, synced_shelves(notify), progress=progress, notify=notify))
        self._background: Background | None = None
        self._notify = notify

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self._stores.close()
        if self._background is not None:
            self._background.close()

    def prepare_in_background(self) -> None:
        """Let another process compile stores from now on, and notice later changes.

        A query of an edition whose store is not ready raises `EditionBeingPrepared`; all others
        work. Editions that are fetched, replaced or removed later are noticed by
        `refresh`. A library of one store stays as it is.
        """
        if self.path is not None:
            return
        from octome.standard.preparation import Background

        _ = self.editions  # each page names them: the store of the packages has to be there
        self._background = self._stores.background = Background()

    def refresh(self) -> bool:
        """Notice what was fetched, replaced or removed since; returns whether anything was.

        Until a new default edition is ready, results stay as before.
        """
        if self._background is None:
            return False
        state = editions_state()
        if state == self._state or self._background.is_busy():
            return False
        try:
            stores = Stores(
                None,
                synced_shelves(self._notify),
                progress=no_progress,
                notify=self._notify,
                background=self._background,
            )
            current = stores.editions[0]
        except EditionBeingPrepared:
            return False
        is_complete = stores.newest in (None, current)
        if not is_complete and current != self._stores.current:
            stores.close()
            return False  # the default edition was replaced: its old content is used meanwhile
        if is_complete:
            self._state = state
        self._stores.close()
        self._stores = stores
        return True

    def is_ready(self, edition: str) -> bool:
        """Whether the store of an edition is compiled already."""
        return self._stores.is_ready(edition)

    @property
    def path(self) -> Path | None:
        """Where the store is, if not in the user's cache folder."""
        return self._stores.path

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions, the newest first; the first is the current one."""
        return self._stores.ask(None, lambda reader, _: reader.editions)

    def edition(self, requested: str | None = None) -> str:
        """The requested edition, if it is available; the current one if none is requested."""
        return self._stores.edition(requested)

    def at(self, path: str, edition: str | None = None, **options: str) -> Page:
        """The page at a path, for faces; other methods have answers of one type each.

        Parameters
        ----------
        path : str
            As on the web, `/ciods/ct-image/image-plane/00280030`; the leading slash may be left
            out, keywords may be used for tags, and old and sloppy spellings are understood.
        edition : str, optional
            The current one by default.
        options
            `order` for `/ciods` (`standard`, `name`, `kind`), `group` for `/attributes`, `q` and
            `kind` for `/search`.
        """
        words = words_of(path)

        def page(reader: Reader, chosen: str) -> Page | None:
            found = page_at(reader, chosen, words, options)
            if found is not None:
                return found
            from octome.standard.respelling import respelled

            meant = respelled(reader, chosen, words)
            return page_at(reader, chosen, meant, options) if meant != words else None

        return page_of(self._stores, path, edition, page)

    def edition_index(self) -> EditionIndex:
        """The editions that are here: where each comes from, and what it holds."""
        from octome.standard.pages.edition import edition_index

        return page_of(self._stores, "/editions", None, edition_index)

    def edition_diff(self, older: str, newer: str, path: str = "") -> EditionDiff:
        """What changed from one edition to another.

        Parameters
        ----------
        path : str
            A list such as `/modules`, or one thing such as `/ciods/<ciod>`,
            `/attributes/<keyword>`, `/context-groups/<cid>`, `/templates/<tid>` or
            `/sections/<number>`, for that alone.
        """
        from octome.standard.pages.comparison.edition_diff import edition_diff

        subject = "".join(f"/{word}" for word in words_of(path))
        return page_of(
            self._stores,
            f"/editions/{older}..{newer}{subject}",
            None,
            lambda r, _: edition_diff(r, older, newer, subject),
        )

    def search(
        self,
        query: str,
        edition: str | None = None,
        limit: int | None = None,
        kind: str | None = None,
    ) -> SearchPage:
        """What a query finds in names, numbers and text; see `octome.standard.search.finding`."""
        from octome.standard.search.finding import MOST_HITS, search

        most = MOST_HITS if limit is None else limit
        return self._stores.ask(edition, lambda r, chosen: search(r, chosen, query, most, kind))

    def children(
        self, path: str, edition: str | None = None, order: CiodOrder = "standard"
    ) -> tuple[Child, ...]:
        """The pages one step below a path, as a tree shows them; none below an unknown path."""
        from octome.standard.pages.children import children

        words = words_of(path)
        return self._stores.ask(edition, lambda r, chosen: children(r, chosen, words, order))

    def counterpart(self, path: str, edition: str) -> str:
        """Where another edition has the same page, or else the nearest one above it.

        A CIOD that the other edition has under another name is found under that name.
        """
        from octome.standard.pages.ciod import renamed_ciod

        def nearest_above(reader: Reader, edition: str) -> str:
            words = words_of(path)
            if words[:1] == ["editions"]:
                return path  # about editions, not of one
            while words and not is_there(reader, edition, words):
                renamed = renamed_ciod(reader, edition, words)
                words = renamed if renamed and renamed != words else words[:-1]
            return "/" + "/".join(words or ["ciods"])

        return self._stores.ask(edition, nearest_above)

    def completions(self, unfinished: str) -> list[str]:
        """The paths that an unfinished one may become, one word further; without edition."""
        above = unfinished.rpartition("/")[0]
        lead = "/" if unfinished.startswith("/") else ""
        paths = [lead + child.path.lstrip("/") for child in self.children(above)]
        return [path for path in paths if path.startswith(unfinished)]

    def walk(self, path: str, edition: str | None = None) -> Iterator[AttributeUse]:
        """Every attribute of a module or macro, each before the items of its sequence.

        Parameters
        ----------
        path : str
            `/modules/<module>`, `/macros/<macro>` or `/ciods/<ciod>/<module>`.

        Raises
        ------
        UnknownPath, UnknownEdition
            As `at`.
        """
        page = self.at(path, edition)

        def attributes(reader: Reader, _: str) -> list[AttributeUse]:
            words = words_of(page.path)
            what = "macros" if words[0] == "macros" else "modules"
            table = reader.table(page.edition, f"/{what}/{words[-1]}")
            return list(reader.walk(page.edition, table.level, page.path)) if table else []

        return iter(self._stores.ask(page.edition, attributes))
