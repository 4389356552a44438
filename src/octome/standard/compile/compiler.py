"""From the sources to the store: one SQLite file that holds every edition.

The file is written under a temporary name and renamed when it is whole: a reader finds all of it
or nothing, however many processes compile at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from octome.errors import StoreUnavailable
from octome.files import new_folder, replaced_file
from octome.garbage import no_garbage_collection
from octome.standard.block import compared_words, walk
from octome.standard.checksum import write_checksum
from octome.standard.compile.address import Addresses
from octome.standard.compile.context_groups import write_context_groups
from octome.standard.compile.edition_text import EditionText, OwnText
from octome.standard.compile.edition_writer import EditionWriter
from octome.standard.compile.fallback_text import FallbackText
from octome.standard.compile.findable import index_for_search
from octome.standard.compile.forest import Forest
from octome.standard.compile.lost_inclusion import write_lost_inclusions
from octome.standard.compile.occurrences import count_occurrences
from octome.standard.compile.rows import insert, pages_of
from octome.standard.compile.same_ciod import SameCiods
from octome.standard.compile.sections import EditionSection, sections_of
from octome.standard.compile.templates import TemplateWriter
from octome.standard.compile.text_rows import insert_texts, insert_values
from octome.standard.compile.texts import Texts
from octome.standard.progress import Progress, no_progress
from octome.standard.same_words import folded
from octome.standard.sources.catalogue import Catalogue
from octome.standard.sources.listed import SOURCES
from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Source

# What compiling fails with where records refer to what is not among them.
UNFIT = (LookupError, TypeError, ValueError, AttributeError, sqlite3.IntegrityError)


def compile_store(
    path: Path,
    key: str,
    progress: Progress = no_progress,
    sources: Sequence[Source] = SOURCES,
) -> None:
    """Compile every edition that the sources have into one file.

    Parameters
    ----------
    path : Path
        Of the store; an existing file is replaced.
    key : str
        Identifies its sources; stored inside and checked when the store is opened.
    progress : callable
        Called with the current step and the share that is done, 0 to 1.
    sources : sequence of Source
        In order of preference.

    Raises
    ------
    StoreUnavailable
        The folder cannot be written, the disk is full, or a source cannot be read.
    """
    catalogue = Catalogue(sources)
    try:
        new_folder(path.parent, is_private=False)
        with replaced_file(path, is_private=False) as file:
            _compile_into(file.name, key, catalogue, progress)
            write_checksum(file)
    except StoreUnavailable:
        raise
    except (sqlite3.OperationalError, OSError) as error:
        why = getattr(error, "strerror", None) or error
        raise StoreUnavailable(
            f"cannot write the Standard to {path}: {why}", path=str(path)
        ) from error
    except UNFIT as error:
        names = ", ".join(source.name for source in sources)
        raise StoreUnavailable(
            f"what {names} states does not fit together ({type(error).__name__}: {error})"
        ) from error


def _compile_into(name: str, key: str, catalogue: Catalogue, progress: Progress) -> None:
    """Compile into an empty file."""
    db = sqlite3.connect(name)
    try:
        db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"
        )
        with no_garbage_collection():
            Compilation(db, catalogue, progress).run(key)
        db.commit()
        db.execute("VACUUM")  # a tenth smaller: rows of each table lie together, pages are full
    finally:
        db.close()


class Compilation:
    """One run of the compiler over an open, empty database."""

    def __init__(self, db: sqlite3.Connection, catalogue: Catalogue, progress: Progress) -> None:
        self.db = db
        self.catalogue = catalogue
        self.progress = progress
        self.forest = Forest()
        self.texts = Texts()
        self.same_ciods = SameCiods()
        self.levels: dict[str, Mapping[str, int]] = {}  # edition -> table path -> root level

    def run(self, key: str) -> None:
        """Read, join and write everything."""
        self.db.executescript((files("octome.standard.compile") / "schema.sql").read_text("utf-8"))
        editions = self.catalogue.editions
        self.progress(f"reading edition {self.catalogue.current}", 0.0)
        groups = self.catalogue.read_newest("context_groups")
        cids = [group.cid for group in groups.context_groups] if groups else []
        current = self.catalogue.read(self.catalogue.current)
        kept = {path for path, _ in pages_of(current)}
        for position, edition in enumerate(editions):
            self.progress(f"writing edition {edition}", 0.15 + 0.55 * position / len(editions))
            is_current = edition == self.catalogue.current
            records = current if is_current else self.catalogue.read(edition)
            sections = sections_of(records)
            addresses = Addresses(records, kept, cids, sections)
            if is_current:
                current_addresses = addresses
            self.write_edition(position, records, addresses)
            self.write_sections(edition, sections, addresses)
            if records.sections:
                write_lost_inclusions(self.db, edition, sections, self.texts, addresses)
            TemplateWriter(self.db, self.texts, addresses).write(records)
            if self.catalogue.has(edition, "protected_attributes"):
                self.write_protected(edition)
        self.progress("writing texts and registries", 0.7)
        if groups:
            titles = [term.name for term in current.terms]
            write_context_groups(self.db, groups, self.texts, current_addresses, titles)
        self.write_uids()
        self.write_texts_and_lines()
        self.progress("counting where each attribute is used", 0.75)
        count_occurrences(self.db, self.forest, self.levels, self.texts.links)
        self.progress("indexing for the search", 0.85)
        index_for_search(self.db, self.texts.words, editions)
        # Written last: a store without it is incomplete.
        insert(self.db, "meta", [("key", key)])
        self.progress("done", 1.0)

    def write_edition(self, position: int, records: EditionRecords, addresses: Addresses) -> None:
        """Write an edition with its own text, or else with that of its fallback edition."""
        edition = records.edition
        fallback = self.catalogue.fallback(edition)
        has_text = self.catalogue.has(edition, "text")
        about = (edition, records.source, records.dictionary, records.note)
        flags = (has_text, records.is_in_standard_order)
        parts = sorted({section.part for section in records.section_records})
        whole = (records.is_partial, " ".join(map(str, parts)))
        insert(self.db, "edition", [(edition, position, *about, *flags, fallback, *whole)])
        insert(self.db, "not_covered", ((edition, path) for path in records.not_covered))
        insert(self.db, "problem", ((edition, at, *p) for at, p in enumerate(records.problems)))
        same_as = self.same_ciods.add(records)
        macros = {macro.id: macro.rows for macro in records.macros}
        own = OwnText(edition, self.forest, self.texts, addresses, macros)
        text: EditionText = self.fallback_text(fallback, same_as) if fallback else own
        writer = EditionWriter(self.db, self.forest, records, text, same_as)
        self.levels[edition] = writer.write()

    def fallback_text(self, fallback: str, same_as: Mapping[str, str]) -> FallbackText:
        """The text of a fallback edition, for an edition with this column `same_as`."""
        ids = dict(
            self.db.execute("SELECT same_as, id FROM ciod WHERE edition = ?", [fallback]).fetchall()
        )
        counterparts = {id_: ids[same] for id_, same in same_as.items() if same in ids}
        return FallbackText(self.db, self.forest, fallback, self.levels[fallback], counterparts)

    def write_sections(
        self, edition: str, sections: Sequence[EditionSection], addresses: Addresses
    ) -> None:
        """Write the sections of an edition that have no other page."""
        rows = []
        for position, section in enumerate(sections):
            if addresses.at(section.place) == section.path:
                text = self.texts.add(edition, section.blocks, addresses)
                words = "\n".join(map(compared_words, walk(self.texts.blocks[text])))
                stated = folded(f"{section.title}\n{words}")
                digest = blake2b(stated.encode(), digest_size=8).digest()
                named = (section.number, edition, position, section.title)
                rows.append((*named, text, section.url, digest))
        insert(self.db, "section", rows)

    def write_texts_and_lines(self) -> None:
        """Write every text with its links, and every level line by line."""
        insert_texts(self.db, self.texts)
        insert_values(self.db, self.texts)
        insert(
            self.db,
            "line",
            (
                (number, position, *line)
                for number, level in enumerate(self.forest.levels)
                for position, line in enumerate(level)
            ),
        )
        insert(
            self.db,
            "inclusion",
            (
                (number, position, *inclusion)
                for number, inclusions in self.forest.inclusions.items()
                for position, inclusion in enumerate(inclusions)
            ),
        )

    def write_protected(self, edition: str) -> None:
        """Write PS3.15 Table E.1-1 of an edition."""
        records = self.catalogue.read(edition, "protected_attributes")
        insert(
            self.db,
            "protected_attribute",
            (
                (edition, position, *row[:4], json.dumps(dict(row.actions)))
                for position, row in enumerate(records.protected_attributes)
            ),
        )

    def write_uids(self) -> None:
        """Write the newest registry of UIDs."""
        records = self.catalogue.read_newest("uids")
        uids = records.uids if records else ()
        if records:
            insert(self.db, "meta", [("uids", records.dictionary)])
        insert(self.db, "uid", ((uid.uid, at, *uid[1:]) for at, uid in enumerate(uids)))
