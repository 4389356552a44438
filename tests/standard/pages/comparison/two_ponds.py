"""Two editions of frogs, fetched one after the other; all invented.

From the first to the second, the module Frog became Toad, a Type, a VM, a version, codes, and rows
of a template changed, and names got another spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pond_edition import GROUPS, NEWT, TERMS, TREE, part3
from synthetic_part16 import synthetic_part16
from synthetic_part16_templates import Part16
from synthetic_registers import synthetic_part6

from octome.standard.library import Library, open_library
from octome.standard.sources.records import ContextGroupRecord, Term, Uid
from octome.standard.sync import sync

OLDER, NEWER = "2098e", "2099a"
ROWS = [
    {"row": "1", "nesting": "", "relationship": "", "value_type": "CONTAINER",
     "concept": 'EV (199001, DCM, "Tree frog")', "vm": "1", "requirement": "M",
     "condition": "", "value_set": "Root node"},
    {"row": "2", "nesting": ">", "relationship": "CONTAINS", "value_type": "TEXT",
     "concept": 'EV (199002, DCM, "Toad")', "vm": "1", "requirement": "U",
     "condition": "", "value_set": ""},
]  # fmt: skip
NEW_ROWS = [
    ROWS[0],
    {**ROWS[1], "value_type": "CODE", "concept": 'EV (42, SCT, "Newt")'},
    {**ROWS[1], "row": "3", "vm": "1-n", "requirement": "MC", "condition": "IFF it is wet"},
]
FROGS = ContextGroupRecord(cid=5, name="Frog Ponds", keyword="FrogPonds", entries=(NEWT,))


def part16(edition: str, groups: list[ContextGroupRecord], rows: list[dict[str, str]]) -> bytes:
    """Context groups, and one template."""
    templates = Part16({"10": rows}).xml(edition).decode()
    chapter = re.search(r"<chapter .*</chapter>", templates, re.DOTALL)
    assert chapter is not None
    return synthetic_part16(edition, groups, annexes=chapter[0])


def older() -> dict[int, bytes]:
    """The files of the older edition, by part."""
    return {
        3: part3().replace(NEWER, OLDER).encode(),
        6: synthetic_part6(
            OLDER,
            TERMS,
            [
                Uid("1.2.3", "Pond", "SOP Class", "", "Pond", False),
                Uid("1.2.4", "Reed", "SOP Class", "", "Reed", False),
            ],
        ),
        16: part16(OLDER, list(GROUPS), ROWS),
    }


def newer() -> dict[int, bytes]:
    """Those of the newer one."""
    terms = [
        term._replace(vm="1-n") if term.name.startswith("Frog Song") else term for term in TERMS
    ]
    terms = [
        term._replace(name="Frog-colour Code Sequence")
        if term.name.startswith("Frog Colour")
        else term
        for term in terms
    ]
    one, two, _, four = GROUPS
    groups = [
        replace(one, entries=(TREE, NEWT, one.entries[1]), version="20990601"),
        replace(two, name="Frog-Colours"),
        four,
        FROGS,
    ]
    cell = '</para></td><td colspan="1" rowspan="1"><para>'
    text = part3()
    for old, new in (
        ("Frog Module", "Toad Module"),
        (f"Frog{cell}C.1", f"Toad{cell}C.1"),
        ("Who made it.", "Who wrote it."),
        (f"(0098,0004){cell}3", f"(0098,0004){cell}1"),
    ):
        assert old in text
        text = text.replace(old, new)
    return {
        3: text.encode(),
        6: synthetic_part6(
            NEWER,
            [*terms, Term("00980009", "Croak", "Croak", "LO", "1", False)],
            [Uid("1.2.4", "Tall Reed", "SOP Class", "", "TallReed", False)],
        ),
        16: part16(NEWER, groups, NEW_ROWS),
    }


@contextmanager
def two_ponds(folder: Path) -> Iterator[Library]:
    """The library with both editions, fetched below a folder; one is compiled when it is needed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for edition, files in ((OLDER, older()), (NEWER, newer())):
            mirror = folder / edition
            mirror.mkdir()
            for part, content in files.items():
                (mirror / f"part{part:02}.xml").write_bytes(content)
            sync(edition, origin=str(mirror), parts=tuple(files))
        with open_library() as library:
            yield library
