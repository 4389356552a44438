"""Text of fetched editions: notes in an attribute's description, and each edition's formulas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_part import chapter, made_xml, section
from made_tables import ATTRIBUTES, cells, reference, table, text_cell
from synthetic_registers import synthetic_part4, synthetic_part6

from octome.standard.block import words_of
from octome.standard.library import Library, open_library
from octome.standard.sources.records import Term
from octome.standard.sync import sync

NOTE = (
    "<note><orderedlist><listitem><para>A frog of paper is a drawing.</para></listitem>"
    "<listitem><para>A frog of tea is a mistake.</para></listitem></orderedlist></note>"
)
SYMBOLS = {"2098a": "a", "2099a": "b"}
TERMS = [
    Term("00980001", "FrogKind", "Frog Kind", "CS", "1", False),
    Term("00620001", "SegmentationType", "Segmentation Type", "CS", "1", False),
]


def part3(edition: str) -> str:
    described = (
        '<td colspan="1" rowspan="1"><para>Where the frog is from. See '
        f"{reference('C.1.1')}.</para>{NOTE}</td>"
    )
    row = "".join(map(text_cell, ("Frog Kind", "(0098,0001)", "1"))) + described
    values = "".join(
        f"<varlistentry><term>{word}</term><listitem><para/></listitem></varlistentry>"
        for word in ("BINARY", "LABELMAP")
    )
    listed = f"<variablelist><title>Enumerated Values:</title>{values}</variablelist>"
    kinds = "".join(map(text_cell, ("Segmentation Type", "(0062,0001)", "1")))
    kinds += f'<td colspan="1" rowspan="1"><para>Of a pond.</para>{listed}</td>'
    frog = table("C.1-1", "Frog Module Attributes", ATTRIBUTES, [row, kinds])
    formula = (
        '<equation label="C.1-1" xml:id="equation_C.1-1"><m:math xmlns:m="http://www.w3.org/1998/'
        f'Math/MathML"><m:mi>{SYMBOLS[edition]}</m:mi></m:math></equation>'
    )
    uses = [cells("Frog", "Frog", "C.1", "M")]
    modules = table("A.2-1", "Frog IOD Modules", ("IE", "Module", "Reference", "Usage"), uses)
    return made_xml(
        chapter(section("A.2", section("A.2.1", modules, "Frog IOD Module Table"), "Frog IOD"), "A")
        + chapter(section("C.1", frog + section("C.1.1", formula, "Leap"), "Frog Module")),
        3,
        f"DICOM PS3.3 {edition} - Frogs",
    )


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("text")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for edition in SYMBOLS:
            mirror = folder / edition
            write_parts(mirror, edition)
            sync(edition, origin=str(mirror), parts=(3, 4, 6))
        with open_library() as library:
            yield library


def write_parts(mirror: Path, edition: str) -> None:
    mirror.mkdir()
    (mirror / "part03.xml").write_text(part3(edition), "utf-8")
    classes = [("Frog Storage", "1.2.3.4", "sect_A.2")]
    (mirror / "part04.xml").write_bytes(synthetic_part4(edition, classes))
    (mirror / "part06.xml").write_bytes(synthetic_part6(edition, TERMS))


@pytest.mark.parametrize("edition", SYMBOLS)
def test_notes_of_a_description_are_kept(fetched: Library, edition: str) -> None:
    page = fetched.attribute_at("/ciods/frog/frog/FrogKind", edition)
    assert page.description is not None
    words = words_of(page.description.blocks)
    assert "Where the frog is from." in words
    assert "A frog of paper is a drawing." in words
    assert "A frog of tea is a mistake." in words
    assert "note" in [block.kind for block in page.description.blocks]


@pytest.mark.parametrize(("edition", "symbol"), SYMBOLS.items())
def test_formula_is_that_of_the_edition(fetched: Library, edition: str, symbol: str) -> None:
    other = next(one for one in SYMBOLS.values() if one != symbol)
    (shown,) = fetched.attribute_at("/ciods/frog/frog/FrogKind", edition).sections
    for text in (shown.text, fetched.section("C.1.1", edition).section.text):
        assert text.edition == edition
        assert f">{symbol}<" in text.html
        assert f">{other}<" not in text.html
    assert f"/{edition}/" in shown.standard_url


def test_every_listed_value_is_shown(fetched: Library) -> None:
    page = fetched.attribute_at("/modules/frog/SegmentationType")
    assert page.description is not None
    words = words_of(page.description.blocks)
    assert "BINARY" in words
    assert "LABELMAP" in words
    assert page.description.edition == "2099a"


def test_title_of_a_table_is_not_a_description(fetched: Library) -> None:
    page = fetched.module("frog")
    words = words_of(page.description.blocks) if page.description else ""
    assert "Module Attributes" not in words
    assert (page.standard_url or "").endswith("#table_C.1-1")
