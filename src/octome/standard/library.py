"""The library: opens the store and answers for a path, in Python as the pages do on the web.

>>> from octome.standard.library import open_library  # doctest: +SKIP
>>> with open_library() as library:  # doctest: +SKIP
...     library.at("/ciods/ct-image").modules[0].name
'Patient'
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from octome.errors import UnknownPath
from octome.standard.model import (
    AttributeUse,
    Child,
    CiodSummary,
    Page,
    SearchPage,
    Term,
    Text,
)
from octome.standard.pages.attribute import attribute_page
from octome.standard.pages.children import children
from octome.standard.pages.ciod import ciod_index, ciod_page, ciods, renamed_ciod
from octome.standard.pages.context_group import context_group_index, context_group_page
from octome.standard.pages.dictionary import attribute_entry, attribute_index, terms_of
from octome.standard.pages.edition import edition_diff, edition_index
from octome.standard.pages.reader import Reader, StoredLine, StoredTable
from octome.standard.pages.section import (
    StoredSection,
    section_index,
    section_page,
    stored_section,
)
from octome.standard.pages.table import crumbs_of, table_index, table_page
from octome.standard.pages.uid import uid_index, uid_page
from octome.standard.progress import Progress, no_progress
from octome.standard.search import MOST_HITS, search
from octome.standard.stated import Stated
from octome.standard.store import Say, open_store

Answer = TypeVar("Answer")


def open_library(
    path: Path | None = None,
    *,
    progress: Progress = no_progress,
    say: Say = lambda _line: None,
) -> Library:
    """Open the Standard, compiling it first if this machine has not yet.

    Parameters
    ----------
    path : Path, optional
        A store elsewhere than in the user's cache folder.
    progress : callable
        Told each step of a compilation and the share that is done, 0 to 1.
    say : callable
        Told in one line why the store is compiled, if it is.

    Raises
    ------
    StoreUnavailable
        The store has to be compiled and cannot be.
    """
    return Library(path, progress=progress, say=say)


class Library:
    """The Standard, open for reading. Safe to share among threads that take turns."""

    def __init__(self, path: Path | None, *, progress: Progress, say: Say) -> None:
        self._path, self._progress, self._say = path, progress, say
        self._reader = Reader(open_store(path, progress=progress, say=say))

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
        self._reader.db.close()

    @property
    def path(self) -> Path | None:
        """Where the store is, if not in the user's cache folder."""
        return self._path

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions, the newest first; the first is the current one."""
        return self._ask(lambda reader: reader.editions)

    def at(self, path: str, edition: str | None = None, **options: str) -> Page:
        """The page at a path.

        Parameters
        ----------
        path : str
            As on the web, `/ciods/ct-image/image-plane/00280030`; the leading slash may be left
            out, and keywords may stand for tags.
        edition : str, optional
            The current one if left out.
        options
            `order` for `/ciods` (`standard`, `name`, `kind`), `group` for `/attributes`, `q` for
            `/search`.

        Raises
        ------
        UnknownPath
            The edition has no such page; `details["nearest"]` holds those that may have been meant.
        UnknownEdition
            There is no such edition.
        """

        def page(reader: Reader) -> Page:
            chosen = reader.edition(edition)
            words = [word for word in path.split("/") if word]
            found = _page(reader, chosen, words, options)
            if found is None:
                wanted = "/" + "/".join(words)
                from octome.standard.nearest import nearest_pages

                near = nearest_pages(reader, chosen, words)
                raise UnknownPath(
                    f"there is no {wanted} in edition {chosen}",
                    path=wanted,
                    edition=chosen,
                    nearest=[
                        {"path": hit.path, "title": hit.title, "editions": list(hit.editions)}
                        for hit in near
                    ],
                )
            return found

        return self._ask(page)

    def search(self, query: str, edition: str | None = None, limit: int = MOST_HITS) -> SearchPage:
        """What a query finds in names, numbers and text; see `octome.standard.search`."""
        return self._ask(lambda reader: search(reader, reader.edition(edition), query, limit))

    def children(
        self, path: str, edition: str | None = None, order: str = "standard"
    ) -> tuple[Child, ...]:
        """The pages one step below a path, as a tree shows them; none below a path unknown."""
        words = [word for word in path.split("/") if word]
        return self._ask(lambda reader: children(reader, reader.edition(edition), words, order))

    def counterpart(self, path: str, edition: str) -> str:
        """Where another edition has the same page, or else the nearest one above it.

        A CIOD that the other edition calls otherwise is found by what it calls it.
        """

        def nearest_above(reader: Reader) -> str:
            words = [word for word in path.split("/") if word]
            if words[:1] == ["editions"]:
                return path  # about editions, not of one
            while words and not _is_there(reader, edition, words):
                renamed = renamed_ciod(reader, edition, words)
                words = renamed if renamed and renamed != words else words[:-1]
            return "/" + "/".join(words or ["ciods"])

        return self._ask(nearest_above)

    def completions(self, unfinished: str) -> list[str]:
        """The paths that an unfinished one may become, one word further; without edition."""
        above = unfinished.rpartition("/")[0]
        lead = "/" if unfinished.startswith("/") else ""
        paths = [lead + child.path.lstrip("/") for child in self.children(above)]
        return [path for path in paths if path.startswith(unfinished)]

    def ciods(self, edition: str | None = None, order: str = "standard") -> tuple[CiodSummary, ...]:
        """Every CIOD of an edition; `order` is `standard`, `name` or `kind`."""
        return self._ask(lambda reader: ciods(reader, reader.edition(edition), order))

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

        def attributes(reader: Reader) -> list[AttributeUse]:
            words = [word for word in page.path.split("/") if word]
            kind = "macros" if words[0] == "macros" else "modules"
            table = reader.table(page.edition, f"/{kind}/{words[-1]}")
            return list(reader.walk(page.edition, table.level, page.path)) if table else []

        return iter(self._ask(attributes))

    def table(self, path: str, edition: str | None = None) -> StoredTable | None:
        """A module or macro as it is stored, by its path; None where the edition has no such."""
        return self._ask(lambda reader: reader.table(reader.edition(edition), path))

    def level(self, number: int, edition: str | None = None) -> tuple[StoredLine, ...]:
        """The attributes of one level: a table's root, or the items of a sequence.

        For those who walk many tables as fast as they can; pages are for everybody else.
        """
        return self._ask(lambda reader: tuple(reader.lines(reader.edition(edition), number)))

    def text(self, number: int) -> Text | None:
        """A text by its number in a stored line."""
        return self._ask(lambda reader: reader.text(number))

    def stated(self, number: int) -> Stated:
        """What a text states of an attribute's values: lists, context groups, numbers of items."""
        return self._ask(lambda reader: reader.stated(number))

    def section(self, number: str, edition: str | None = None) -> StoredSection | None:
        """A section by its number, without its text; None where no edition has it."""
        return self._ask(lambda reader: stored_section(reader, reader.edition(edition), number))

    def dictionary(self, edition: str | None = None) -> tuple[Term, ...]:
        """The whole data dictionary of an edition, by tag."""
        return self._ask(lambda reader: terms_of(reader, reader.edition(edition)))

    def ciod_of(self, sop_class_uid: str, edition: str | None = None) -> str | None:
        """The id of the CIOD that a SOP Class stores; None where the edition knows none."""

        def ciod(reader: Reader) -> str | None:
            found = reader.row(
                "SELECT ciod FROM sop_class WHERE edition = ? AND uid = ?",
                reader.edition(edition),
                sop_class_uid,
            )
            return str(found[0]) if found else None

        return self._ask(ciod)

    def _ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """Ask the store; if it turns out to be damaged, have it compiled anew and ask again."""
        try:
            return question(self._reader)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError):
                raise
            self._reader.db.close()
            self._reader = Reader(
                open_store(
                    self._path,
                    progress=self._progress,
                    say=self._say,
                    rebuild=f"the store is damaged ({error})",
                )
            )
            return question(self._reader)


def _page(reader: Reader, edition: str, words: list[str], options: dict[str, str]) -> Page | None:  # noqa: C901 (one case for each kind of path)
    """The page for the words of a path, or None."""
    match words:
        case [] | ["ciods"]:
            return ciod_index(reader, edition, options.get("order", "standard"))
        case ["ciods", ciod]:
            return ciod_page(reader, edition, ciod)
        case ["ciods", ciod, module, *tags]:
            table = reader.table(edition, f"/modules/{module}")
            return _in_table(reader, edition, table, tags, ciod) if table else None
        case ["modules" | "macros" as what]:
            return table_index(reader, edition, what)
        case ["modules" | "macros" as what, id_, *tags]:
            table = reader.table(edition, f"/{what}/{id_}")
            return _in_table(reader, edition, table, tags) if table else None
        case ["attributes"]:
            return attribute_index(reader, edition, options.get("group", ""))
        case ["attributes", word]:
            return attribute_entry(reader, edition, word)
        case ["sections"]:
            return section_index(reader, edition)
        case ["sections", number]:
            return section_page(reader, edition, number)
        case ["uids" | "sop-classes" | "transfer-syntaxes" as which]:
            return uid_index(reader, edition, which)
        case ["uids" | "sop-classes" | "transfer-syntaxes", uid]:
            return uid_page(reader, edition, uid)
        case ["context-groups"]:
            return context_group_index(reader, edition)
        case ["context-groups", cid]:
            return context_group_page(reader, edition, cid)
        case ["search"]:
            return search(reader, edition, options.get("q", ""))
        case ["editions"]:
            return edition_index(reader, edition)
        case ["editions", pair, *rest] if ".." in pair:
            older, _, newer = pair.partition("..")
            subject = "".join(f"/{word}" for word in rest)
            return edition_diff(reader, reader.edition(older), reader.edition(newer), subject)
    return None


def _is_there(reader: Reader, edition: str, words: list[str]) -> bool:
    """Whether an edition has a page; told without making it where that takes long."""
    match words:
        case ["ciods", ciod, module, *tags]:
            place, used = f"/modules/{module}", "SELECT 1 FROM use WHERE edition = ? AND ciod = ?"
            if reader.row(f"{used} AND path = ?", edition, ciod, place) is None:
                return False
        case ["modules" | "macros" as what, id_, *tags]:
            place = f"/{what}/{id_}"
        case _:
            return _page(reader, edition, words, {}) is not None
    table = reader.table(edition, place)
    return table is not None and (not tags or bool(reader.lines_at(edition, table.level, tags)))


def _in_table(
    reader: Reader, edition: str, table: StoredTable, words: list[str], ciod: str | None = None
) -> Page | None:
    """The module or macro itself, or the attribute in it that tags or keywords lead to."""
    if not words:
        return table_page(reader, edition, table, ciod)
    crumbs = crumbs_of(reader, edition, table, ciod)
    tags = [reader.tag(edition, word) for word in words]
    if crumbs is None or None in tags:
        return None
    return attribute_page(reader, edition, table, crumbs, [tag for tag in tags if tag], ciod)
