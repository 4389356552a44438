"""A small edition of parts 3, 4, 6 and 16 with coded frogs, fetched from a folder; all invented.

Frog Kind has a defined group that may not be extended, Frog Colour a defined one that may, Frog
Food a baseline one, Frog Song none; Frog Home's group is for some frogs only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from made_part import chapter, made_xml, section
from made_tables import ATTRIBUTES, cells, include, table
from synthetic_part16 import synthetic_part16
from synthetic_registers import synthetic_part4, synthetic_part6

from octome.standard.library import Library, open_library
from octome.standard.sources.records import Code, ContextGroupRecord, IncludedGroup, Term
from octome.standard.sync import sync

EDITION = "2099a"
SOP_CLASS = "1.2.3.4"
ROOT = "1.2.840.10008.6.1"
NAMES = ("Frog Kind", "Frog Colour", "Frog Food", "Frog Song", "Frog Home")
SAID = (
    "D{1}",
    "Defined {2}.",
    "Baseline {3}.",
    "No Baseline CID is defined.",
    "Defined {1}, unless it rains.",
)
KIND, COLOUR, FOOD, SONG, HOME = (f"0098000{at}" for at in range(1, 6))
TREE, TOAD, NEWT, GREEN, FLY, NAMELESS = (
    Code("DCM", "199001", "Tree frog"),
    Code("DCM", "199002", "Toad"),
    Code("SCT", "42", "Newt"),
    Code("99POND", "G", "Green"),
    Code("UCUM", "/min", "Flies per minute"),
    Code("99POND", "X", ""),
)
GROUPS = (
    # It includes itself by way of the second one, and a group that is not there.
    ContextGroupRecord(
        cid=1,
        name="Frog Kinds",
        keyword="FrogKinds",
        entries=(TREE, IncludedGroup(4), TOAD),
        uid=f"{ROOT}.1",
        version="20990101",
        is_extensible=False,
    ),
    ContextGroupRecord(
        cid=2,
        name="Frog Colours",
        keyword="FrogColours",
        entries=(GREEN, IncludedGroup(2), IncludedGroup(99)),
        is_extensible=True,
    ),
    ContextGroupRecord(cid=3, name="Food", keyword="Food", entries=(FLY, NAMELESS, TREE)),
    ContextGroupRecord(
        cid=4, name="Newts", keyword="Newts", entries=(NEWT, IncludedGroup(1)), is_extensible=False
    ),
)
TERMS = [
    Term(f"0098000{at}", f"{name.replace(' ', '')}CodeSequence", f"{name} Code Sequence", "SQ",
         "1", False)
    for at, name in enumerate(NAMES, 1)
] + [
    Term("00080100", "CodeValue", "Code Value", "SH", "1", False),
    Term("00080102", "CodingSchemeDesignator", "Coding Scheme Designator", "SH", "1", False),
    Term("00080104", "CodeMeaning", "Code Meaning", "LO", "1", False),
    Term("00080016", "SOPClassUID", "SOP Class UID", "UI", "1", False),
]  # fmt: skip
DEFINITIONS = (
    ("199001", "Tree frog", "A frog in a tree.", "It may rain."),
    ("199003", "Lonely frog", "A frog of no group.", ""),
)


def group(cid: int) -> str:
    """A reference to a context group."""
    return (
        f'<olink targetdoc="PS3.16" targetptr="sect_CID_{cid}" '
        'xrefstyle="select: labelnumber quotedtitle"/>'
    )


def part3() -> str:
    """A CIOD with one module, of five code sequences."""
    links = ["", *map(group, (1, 2, 3))]
    rows = [
        row
        for at, name in enumerate(NAMES)
        for row in (
            cells(f"{name} Code Sequence", f"(0098,000{at + 1})", "3", "The pond has it."),
            include(">", "8.8-1", f"<emphasis>{SAID[at].format(*links)}</emphasis>"),
        )
    ]
    codes = [
        cells("Code Value", "(0008,0100)", "1", "It is short."),
        cells("Coding Scheme Designator", "(0008,0102)", "1", "Who made it."),
        cells("Code Meaning", "(0008,0104)", "1", "Its words."),
    ]
    macro = table("8.8-1", "Code Sequence Macro Attributes", ATTRIBUTES, codes)
    frog = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, rows)
    uses = [cells("Frog", "Frog", "C.1", "M")]
    modules = table("A.2-1", "Frog IOD Modules", ("IE", "Module", "Reference", "Usage"), uses)
    return made_xml(
        chapter(section("8.8", macro, "Code Sequence Macro"), "8")
        + chapter(
            section("A.2", section("A.2.1", modules, "Frog IOD Module Table"), "Frog IOD"), "A"
        )
        + chapter(section("C.1", frog, "Frog Module")),
        3,
        f"DICOM PS3.3 {EDITION} - Frogs",
    )


@contextmanager
def pond_library(folder: Path) -> Iterator[Library]:
    """The library with that edition, fetched and compiled below a folder."""
    (folder / "mirror").mkdir()
    for number, content in (
        (3, part3().encode()),
        (4, synthetic_part4(EDITION, [("Frog Storage", SOP_CLASS, "sect_A.2")])),
        (6, synthetic_part6(EDITION, TERMS)),
        (16, synthetic_part16(EDITION, GROUPS, DEFINITIONS)),
    ):
        (folder / "mirror" / f"part{number:02}.xml").write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        sync(EDITION, origin=str(folder / "mirror"), parts=(3, 4, 6, 16))
        library = open_library()
        library.ciods(EDITION)  # compiled while the folders are the ones above
    with library:
        yield library
