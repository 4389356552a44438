"""From the sources to the store: one SQLite file that holds every edition.

The file is written under a temporary name and renamed when it is whole, so that whoever opens it
finds all of it or nothing, however many compile at once.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from octome.errors import StoreUnavailable
from octome.standard.address import Addresses
from octome.standard.findable import index_for_search
from octome.standard.forest import Forest, Line
from octome.standard.functional_group import PER_FRAME, SHARED, placement
from octome.standard.kind import kind_of
from octome.standard.lending import Lender
from octome.standard.markup import markup
from octome.standard.names import FUNCTIONAL_GROUPS
from octome.standard.occurrences import count_occurrences
from octome.standard.official import natural_key, official_url, section_number
from octome.standard.progress import Progress, no_progress
from octome.standard.sources import dicom_standard, highdicom, pydicom
from octome.standard.sources.records import EditionRecords, Fragment, Table, Use

# The heading that a section begins with, inside its wrappers; else a caption or a label.
HEADING = re.compile(r"\s*(?:<div>\s*)*<h\d>\s*(.*?)\s*</h\d>", re.DOTALL)
LABEL = re.compile(r"<strong>((?:Figure|Table)[^<]*)</strong>|\[<abbr>(.*?)</abbr>\]", re.DOTALL)
CONTEXT_GROUP_NAME = re.compile(r"CID\s(\d+)\s“([^”]+)”")


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
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise StoreUnavailable(
            f"cannot write the Standard to {path.parent}: {error.strerror}", path=str(path)
        ) from error
    try:
        db = sqlite3.connect(name)
        try:
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            Compilation(db, progress).run(key)
            db.commit()
        finally:
            db.close()
        Path(name).replace(path)
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreUnavailable(
            f"cannot compile the Standard to {path}: {error}", path=str(path)
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)


class Compilation:
    """One run of the compiler over an open, empty database."""

    def __init__(self, db: sqlite3.Connection, progress: Progress) -> None:
        self.db = db
        self.progress = progress
        self.forest = Forest()
        self.levels: dict[str, dict[str, int]] = {}  # edition -> table path -> root level
        self.words: dict[int, str] = {}  # text -> its words, for the search
        self.links: dict[int, tuple[str, ...]] = {}  # text -> sections and context groups
        self.context_group_names: dict[int, str] = {}
        self._texts: dict[tuple[str, Fragment], int] = {}
        self._text_rows: list[tuple[int, str, str]] = []

    def run(self, key: str) -> None:
        """Read, join and write everything."""
        self.db.executescript((files("octome.standard") / "schema.sql").read_text("utf-8"))
        self.progress("reading the 2020 edition", 0.0)
        older = dicom_standard.read_edition()
        self.progress("reading the current edition", 0.15)
        newer = highdicom.read_edition(
            {thing.id: thing.name for thing in (*older.modules, *older.ciods)}
        )
        groups = pydicom.read_context_groups()
        self.progress("making the text safe and linked", 0.3)
        self.write_edition(0, older, Addresses(older, (group.cid for group in groups)))
        self.progress("lending text to the current edition", 0.6)
        self.write_borrower(1, newer, older)
        self.progress("writing", 0.7)
        self.write_terms(older, newer)
        self.write_context_groups(groups)
        self.write_uids(pydicom.read_uids())
        self.insert("text", self._text_rows)
        self.insert(
            "link",
            ((text, i, path) for text, paths in self.links.items() for i, path in enumerate(paths)),
        )
        self.insert(
            "line",
            (
                (number, position, *line)
                for number, level in enumerate(self.forest.levels)
                for position, line in enumerate(level)
            ),
        )
        self.progress("counting where each attribute is used", 0.75)
        count_occurrences(self.db, self.forest, self.levels, self.links)
        self.progress("indexing for the search", 0.85)
        index_for_search(self.db, self.words, [older.id, newer.id])
        # The last line written: a store without it is not whole.
        self.insert("meta", [("key", key)])
        self.progress("done", 1.0)

    def insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Add rows, all columns given, to a table of the schema."""
        width = len(self.db.execute(f"PRAGMA table_info({table})").fetchall())  # table: ours
        places = ", ".join("?" * width)
        self.db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608

    # Text

    def text(self, edition: EditionRecords, fragment: Fragment, addresses: Addresses) -> int:
        """The number of a text, made safe and linked the first time."""
        number = self._texts.setdefault((edition.id, fragment), len(self._texts) + 1)
        if number == len(self._text_rows) + 1:
            made = markup(fragment, addresses)
            self._text_rows.append((number, edition.id, made.html))
            self.words[number] = made.words
            targets = (link.partition("#")[0] for link in made.links)
            self.links[number] = tuple(
                dict.fromkeys(t for t in targets if t.startswith(("/sections/", "/context-groups/")))
            )
            for cid, name in CONTEXT_GROUP_NAME.findall(made.words):
                self.context_group_names.setdefault(int(cid), name)
        return number

    # Editions

    def write_edition(self, position: int, edition: EditionRecords, addresses: Addresses) -> None:
        """Write an edition that has its own text."""

        def text(fragment: Fragment | None) -> int | None:
            return self.text(edition, fragment, addresses) if fragment else None

        def plain(words: str | None) -> int | None:
            return text(Fragment(words.replace("&", "&amp;").replace("<", "&lt;"))) if words else None

        self.insert_edition(position, edition)
        levels = self.levels.setdefault(edition.id, {})
        for path, table in tables_of(edition):
            levels[path] = self.forest.plant(table.rows, lambda f: text(f) or 0)
        self.insert_tables(
            edition, {path: (text(table.description), table.url) for path, table in tables_of(edition)}
        )
        self.insert_ciods(edition, {c.id: (text(c.description), c.url, c.id) for c in edition.ciods})
        self.insert("use", module_uses(edition, {use: plain(use.condition) for use in edition.module_uses}))
        first_use = len(edition.module_uses)
        self.insert(
            "use",
            (
                (
                    edition.id, use.ciod, first_use + i, f"/macros/{use.table}", use.usage, None, None,
                    plain(use.condition), group, placement(group),
                )
                for i, use in enumerate(edition.macro_uses)
                for group in [self.forest.levels[levels[f"/macros/{use.table}"]][0].tag]
            ),
        )  # fmt: skip
        sections = [
            (section_number(url), *titled_section(html), url)
            for url, html in edition.sections.items()
            if addresses(url).startswith("/sections/")
        ]
        self.insert(
            "section",
            (
                (number, edition.id, i, title, text(Fragment(html)), official_url(url, edition.id))
                for i, (number, title, html, url) in enumerate(sorted(sections, key=lambda s: natural_key(s[0])))
            ),
        )

    def write_borrower(self, position: int, edition: EditionRecords, lender: EditionRecords) -> None:
        """Write an edition that has only facts, with text and order lent by another."""
        self.insert_edition(position, edition)
        same_ciod = same_ciods(edition, lender)
        own = self.levels.setdefault(edition.id, {})
        lent = self.levels[lender.id]
        library = Lender(self.forest, lent)
        tables = dict(tables_of(edition))
        for path, table in tables.items():
            facts = self.forest.plant(table.rows, lambda _: 0)
            own[path] = library.lend(facts, self.lending_level(path, lent, same_ciod, lender))
        lent_of = {t.id: t for t in lender.modules}
        text_of = {
            path: text for path, text in self.db.execute(
                "SELECT path, text FROM attribute_table WHERE edition = ?", [lender.id]
            )
        }  # fmt: skip
        base = {path: f"/modules/{base_module(table.id)}" for path, table in tables.items()}
        self.insert_tables(
            edition,
            {
                path: (
                    text_of.get(base[path]),
                    lent_of[base_module(table.id)].url if base_module(table.id) in lent_of else None,
                )
                for path, table in tables.items()
            },
        )
        texts = dict(self.db.execute("SELECT id, text FROM ciod WHERE edition = ?", [lender.id]))
        urls = {c.id: c.url for c in lender.ciods}
        self.insert_ciods(
            edition,
            {
                c.id: (texts.get(same_ciod.get(c.id)), urls.get(same_ciod.get(c.id, "")), same_ciod.get(c.id, c.id))
                for c in edition.ciods
            },
        )
        conditions = {
            (ciod, path): text
            for ciod, path, text in self.db.execute(
                "SELECT ciod, path, condition FROM use WHERE edition = ? AND group_tag IS NULL", [lender.id]
            )
        }
        self.insert(
            "use",
            module_uses(
                edition,
                {
                    use: conditions.get((same_ciod.get(use.ciod, ""), f"/modules/{base_module(use.table)}"))
                    if use.usage == "C" else None
                    for use in edition.module_uses
                },
            ),
        )  # fmt: skip
        self.insert("use", self.groups_of_borrower(edition, lender, same_ciod))

    def lending_level(
        self, path: str, lent: dict[str, int], same_ciod: dict[str, str], lender: EditionRecords
    ) -> int | None:
        """The lender's level for a borrower's table.

        The borrower's functional groups are written out in one table for each CIOD; the lender
        has one module, and the macros that each CIOD uses: they are put together here.
        """
        if path in lent:
            return lent[path]
        id_ = path.removeprefix("/modules/")
        base = base_module(id_)
        if base == id_:
            return None
        ciod = same_ciod.get(id_.removesuffix(f"-{base}"))
        used = {u.table: None for u in lender.macro_uses if u.ciod == ciod}
        every = {u.table: None for u in lender.macro_uses}
        macros: list[Line] = []
        for macro in used | every:
            taken = {line.tag for line in macros}
            level = self.forest.levels[lent[f"/macros/{macro}"]]
            macros += [line for line in level if line.tag not in taken]
        groups = self.forest.add(macros)
        return self.forest.add(
            line._replace(items=groups) if line.tag in (SHARED, PER_FRAME) else line
            for line in self.forest.levels[lent[f"/modules/{base}"]]
        )

    def groups_of_borrower(
        self, edition: EditionRecords, lender: EditionRecords, same_ciod: dict[str, str]
    ) -> Iterable[tuple[object, ...]]:
        """The functional groups of each CIOD, with the lender's usage where it has one."""
        macro_of_group: dict[str, str] = {}
        known: dict[tuple[str, str], tuple[str, str, int | None]] = {}
        for ciod, path, usage, condition, group in self.db.execute(
            "SELECT ciod, path, usage, condition, group_tag FROM use "
            "WHERE edition = ? AND group_tag IS NOT NULL", [lender.id]
        ):  # fmt: skip
            macro_of_group.setdefault(group, path)
            known[ciod, group] = (path, usage, condition)
        for use in edition.module_uses:
            root = self.forest.levels[self.levels[edition.id][f"/modules/{use.table}"]]
            holders = [line for line in root if line.tag in (SHARED, PER_FRAME) and line.items is not None]
            groups = dict.fromkeys(
                line.tag for holder in holders for line in self.forest.levels[holder.items or 0]
            )
            for i, group in enumerate(groups):
                path, usage, condition = known.get(
                    (same_ciod.get(use.ciod, ""), group), (macro_of_group.get(group, ""), None, None)
                )
                yield (
                    edition.id, use.ciod, 1000 + i, path, usage, lender.id if usage else None, None,
                    condition, group, placement(group),
                )  # fmt: skip

    # Rows

    def insert_edition(self, position: int, edition: EditionRecords) -> None:
        self.insert(
            "edition",
            [
                (
                    edition.id, position, edition.title, edition.source, edition.dictionary, edition.note,
                    bool(edition.sections), edition.is_in_standard_order,
                )
            ],
        )  # fmt: skip
        self.insert("sop_class", ((edition.id, uid, ciod) for uid, ciod in edition.sop_classes.items()))

    def insert_tables(
        self, edition: EditionRecords, text_and_url: dict[str, tuple[int | None, str | None]]
    ) -> None:
        levels = self.levels[edition.id]
        self.insert(
            "attribute_table",
            (
                (
                    edition.id, path, i, table.id, table.name, levels[path],
                    self.forest.digest(levels[path]), *text_and_url[path],
                )
                for i, (path, table) in enumerate(tables_of(edition))
            ),
        )  # fmt: skip

    def insert_ciods(
        self, edition: EditionRecords, rest: dict[str, tuple[int | None, str | None, str]]
    ) -> None:
        entities: dict[str, dict[str, None]] = {}
        modules: dict[str, list[str]] = {}
        for use in edition.module_uses:
            entities.setdefault(use.ciod, {})[use.information_entity or ""] = None
            modules.setdefault(use.ciod, []).append(use.table)
        self.insert(
            "ciod",
            (
                (
                    edition.id, ciod.id, i, ciod.name,
                    kind_of(ciod.id, entities.get(ciod.id, ()), modules.get(ciod.id, ())),
                    *rest[ciod.id],
                )
                for i, ciod in enumerate(edition.ciods)
            ),
        )  # fmt: skip

    def write_terms(self, *editions: EditionRecords) -> None:
        """Write each edition's dictionary."""
        for edition in editions:
            self.insert("term", ((edition.id, *term) for term in edition.terms))

    def write_context_groups(self, groups: list[pydicom.ContextGroupRecord]) -> None:
        """Write the context groups, by the names that the text calls them where it does."""
        self.insert(
            "context_group",
            ((g.cid, self.context_group_names.get(g.cid, spaced(g.name))) for g in groups),
        )
        self.insert("code", ((g.cid, i, *code) for g in groups for i, code in enumerate(g.codes)))

    def write_uids(self, uids: list[pydicom.Uid]) -> None:
        """Write the registry of UIDs."""
        self.insert(
            "uid",
            ((u.uid, i, u.name, u.type, u.info, u.keyword, u.is_retired) for i, u in enumerate(uids)),
        )


def tables_of(edition: EditionRecords) -> Iterable[tuple[str, Table]]:
    """Every module and macro with its path."""
    yield from ((f"/modules/{module.id}", module) for module in edition.modules)
    yield from ((f"/macros/{macro.id}", macro) for macro in edition.macros)


def module_uses(
    edition: EditionRecords, condition: dict[Use, int | None]
) -> Iterable[tuple[object, ...]]:
    """The rows that say which modules each CIOD uses."""
    for i, use in enumerate(edition.module_uses):
        yield (
            edition.id, use.ciod, i, f"/modules/{use.table}", use.usage, None, use.information_entity,
            condition[use], None, None,
        )  # fmt: skip


def base_module(id_: str) -> str:
    """The module of the Standard that a table of the maps is: itself, or functional groups."""
    return next((base for base in FUNCTIONAL_GROUPS if id_.endswith(f"-{base}")), id_)


def same_ciods(edition: EditionRecords, other: EditionRecords) -> dict[str, str]:
    """The other edition's CIOD for each of this one's: the same id, or else a shared SOP Class."""
    others = {ciod.id for ciod in other.ciods}
    same = {
        ciod: other.sop_classes[uid]
        for uid, ciod in edition.sop_classes.items()
        if uid in other.sop_classes
    }
    return same | {ciod.id: ciod.id for ciod in edition.ciods if ciod.id in others}


def titled_section(html: str) -> tuple[str, str]:
    """A section's title without its number, and the rest of it.

    A figure, a table or an entry of the bibliography that is cited by itself has no heading: its
    caption or its label is its title.
    """
    heading = HEADING.match(html)
    if heading is None:
        label = LABEL.search(html)
        return (_words(label[1] or label[2]) if label else "Note"), html
    number, _, name = _words(heading[1]).partition(" ")
    return (name if re.search(r"\d", number) else f"{number} {name}"), html.replace(heading[0], "", 1)


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def spaced(keyword: str) -> str:
    """A context group's keyword as words.

    The keywords are titles without their spaces, and small words are not capitalised in them; the
    ones that no other word ends in are found again.

    Examples
    --------
    >>> spaced("EnFaceImageType"), spaced("MedicationTypeforAnesthesia")
    ('En Face Image Type', 'Medication Type for Anesthesia')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z\d])|(?<=[A-Z\d])(?=[A-Z][a-z])", " ", keyword)
    return re.sub(r"(?<=[a-z])(for|from|with|(?<!o)of|(?<=ion)and|(?<=ion)or)(?= )", r" \1", words)
