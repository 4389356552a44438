"""A source of a Standard of frogs: every CIOD, module, attribute and sentence is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from octome.standard.compile.compiler import compile_store
from octome.standard.library import Library, open_library
from octome.standard.sources.records import (
    CiodRecord,
    Code,
    ContextGroupRecord,
    EditionRecords,
    Fragment,
    Row,
    Table,
    Term,
    Uid,
    Use,
)
from octome.standard.sources.source import Content, Source
from octome.standard.store_key import store_key

SOP_CLASS = "1.2.3.4"
PAGE = "http://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_Z.1.html"
NAME, LEGS, POND, DEPTH, SHARED, PER_FRAME, SIZE = (
    *("00990001", "00990002", "00990003", "00990004"),
    *("52009229", "52009230", "00990009"),
)
TERMS = (
    Term(NAME, "FrogName", "Frog's Name", "PN", "1", False),
    Term(LEGS, "NumberOfLegs", "Number of Legs", "US", "1", False),
    Term(POND, "PondSequence", "Pond Sequence", "SQ", "1", False),
    Term(DEPTH, "PondDepth", "Pond Depth", "FL", "1", False),
    Term(SHARED, "SharedFunctionalGroupsSequence", "Shared Groups", "SQ", "1", False),
    Term(PER_FRAME, "PerFrameFunctionalGroupsSequence", "Groups per Frame", "SQ", "1", False),
    Term(SIZE, "FrogSizeSequence", "Frog Size Sequence", "SQ", "1", False),
)
GROUPS = "multi-frame-functional-groups"


@dataclass(frozen=True, kw_only=True)
class InventedSource:
    """A source that has the editions it is made with."""

    editions: tuple[EditionRecords, ...]
    name: str = "invented"

    def fingerprint(self) -> str:
        """Never changes."""
        return "1"

    def contents(self) -> Mapping[str, frozenset[Content]]:
        """What the records hold."""
        return {
            records.edition: frozenset(
                content
                for content, has in (
                    ("facts", records.ciods),
                    ("text", records.sections),
                    ("uids", records.uids),
                    ("context_groups", records.context_groups),
                    ("protected_attributes", records.protected_attributes),
                )
                if has
            )
            for records in self.editions
        }

    def read(self, edition: str) -> EditionRecords:
        """The records of that name."""
        return next(records for records in self.editions if records.edition == edition)


def whole_edition(edition: str, ciod: str = "frog-image", legs: str = "2") -> EditionRecords:
    """An edition with text, whose sentences name it; `legs` is the type of an attribute."""

    def text(words: str) -> Fragment:
        return Fragment(f"<p>{words} as of {edition}.</p>")

    return EditionRecords(
        edition=edition,
        source="invented",
        dictionary=edition,
        is_in_standard_order=True,
        ciods=[CiodRecord(ciod, "Frog Image", text("An image of a frog"), f"{PAGE}#sect_Z.9")],
        module_uses=[
            Use(ciod, "frog", "M", "Frog"),
            Use(ciod, "pond", "C", "Frog", f"Required if wet & as of {edition}"),
            Use(ciod, GROUPS, "M", "Image"),
        ],
        macro_uses=[Use(ciod, "frog-size", "C", None, f"Required if big as of {edition}")],
        modules=[
            Table(
                "frog",
                "The Frog's Own",
                [
                    # Not in the order of tags.
                    Row(0, LEGS, legs, text("How many legs")),
                    Row(
                        0,
                        NAME,
                        "1",
                        Fragment('<p>See <a href="">Z</a>.</p>', (f"{PAGE}#sect_Z.1",)),
                    ),
                ],
                text("The frog"),
                f"{PAGE}#table_Z.1-1",
            ),
            Table(
                "pond",
                "Pond",
                [Row(0, POND, "1", text("The pond")), Row(1, DEPTH, "2", text("How deep"))],
            ),
            Table(GROUPS, "Multi-frame Functional Groups", [Row(0, SHARED, "1", text("Shared"))]),
        ],
        macros=[Table("frog-size", "Frog Size", [Row(0, SIZE, "1", text("The size"))])],
        terms=TERMS,
        sop_classes={SOP_CLASS: ciod},
        sections={
            f"{PAGE}#sect_Z.1": f"<div><h2>Z.1 Frogs</h2><p>Frogs, as of {edition}.</p></div>"
        },
    )


def facts_edition(edition: str, ciod: str = "frog-image", legs: str = "2") -> EditionRecords:
    """An edition without text, names and order, whose functional groups are written out."""
    groups = f"{ciod}-{GROUPS}"
    return EditionRecords(
        edition=edition,
        source="invented",
        dictionary=edition,
        note="No text.",
        ciods=[CiodRecord(ciod, None)],
        module_uses=[
            Use(ciod, "frog", "M", "Frog"),
            Use(ciod, "pond", "C", "Frog"),
            Use(ciod, groups, "M", "Image"),
        ],
        modules=[
            Table("frog", None, [Row(0, NAME, "1"), Row(0, LEGS, legs)]),
            Table("pond", None, [Row(0, POND, "1"), Row(1, DEPTH, "2")]),
            Table(groups, None, [Row(0, SHARED, "1"), Row(1, SIZE, "1")]),
        ],
        terms=TERMS,
        sop_classes={SOP_CLASS: ciod},
    )


def registries(edition: str) -> EditionRecords:
    """UIDs and one context group of an edition, and nothing with its own page."""
    return EditionRecords(
        edition=edition,
        source="invented",
        dictionary=f"{edition} of frogs",
        uids=[Uid(SOP_CLASS, f"Frog Storage {edition}", "SOP Class", "", "FrogStorage", False)],
        context_groups=[
            ContextGroupRecord(
                cid=7, name=None, keyword="PondFrogs", entries=(Code("FRG", "1", "Pond frog"),)
            )
        ],
    )


def compiled(path: Path, *sources: Source) -> Library:
    """A library over a store of some sources."""
    # With the key of the packaged ones: the library opens the store as it is.
    compile_store(path, store_key(), sources=sources)
    return open_library(path)
