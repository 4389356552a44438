from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part, section
from made_tables import ATTRIBUTES, cells, reference, table

from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.functional_groups import functional_groups
from octome.standard.sources.docbook.iods import iods
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.text import Reading

REAL = Path(__file__).parents[5] / "shared" / "data" / "docbook-excerpt" / "part03.xml"


def uses_of(part: Part) -> list[tuple[str, str, str]]:
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    found = functional_groups(part, reading, iods(part, reading, tables), tables)
    return [(use.ciod, use.table, use.usage) for use in found]


def frog(label: str, name: str, groups: str) -> str:
    modules = table(f"{label}-1", f"{name} IOD Modules", ("IE", "Module", "Reference", "Usage"), [])
    inside = section(f"{label}.1", modules) + section(
        f"{label}.2", groups, f"{name} Functional Group Macros"
    )
    return section(label, inside)


def test_groups_belong_to_the_ciod_of_their_section_and_can_be_reused(tmp_path: Path) -> None:
    rows = [cells("Leaf", reference("C.1"), "M - May not be shared.")]
    head = ("Functional Group Macro", "Section", "Usage")
    own = table("A.1-2", "Frogs Functional Group Macros", head, rows)
    leaf = table("C.1-1", "Leaf Macro Attributes", ATTRIBUTES, [])
    body = frog("A.1", "Green Frog", own) + frog(
        "A.2", "Brown Frog", '<para><xref linkend="table_A.1-2"/> is used.</para>'
    )
    part = made_part(tmp_path, chapter(body, "A") + chapter(section("C.1", leaf)))
    assert uses_of(part) == [("green-frog", "leaf", "M"), ("brown-frog", "leaf", "M")]


@pytest.mark.shared
@pytest.mark.skipif(not REAL.exists(), reason="needs the shortened part 3 of 2016c")
def test_each_macro_of_two_real_ciods_is_there() -> None:
    part = parse_part(REAL)
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    uses = list(functional_groups(part, reading, iods(part, reading, tables), tables))
    # 25 and 28 lines of the two tables, less a head each.
    assert {use.ciod for use in uses} == {"enhanced-ct-image", "enhanced-xa-image"}
    assert len(uses) == 24 + 27


@pytest.mark.parametrize(
    "caption", ["Frog Functional Groups Macros", "Frog Functional Group Macro.", ""]
)
def test_a_caption_in_other_words_is_understood(tmp_path: Path, caption: str) -> None:
    rows = [cells("Leaf", reference("C.1"), "M")]
    own = table("A.1-2", caption, ("Functional Group Macro", "Section", "Usage"), rows)
    leaf = table("C.1-1", "Leaf Macro Attributes", ATTRIBUTES, [])
    body = chapter(frog("A.1", "Green Frog", own), "A") + chapter(section("C.1", leaf))
    assert uses_of(made_part(tmp_path, body)) == [("green-frog", "leaf", "M")]


def test_a_table_of_functional_groups_that_is_not_read_is_a_problem(tmp_path: Path) -> None:
    rows = [cells("Leaf", reference("C.1"), "M")]
    own = table("A.1-2", "Frogs", ("Functional Group Macro", "Section", "Usage"), rows)
    part = made_part(tmp_path, chapter(section("A.1", own), "A"))
    assert uses_of(part) == []
    assert [problem.words for problem in part.problems] == [
        "a table of functional groups that is not read: Frogs, 1 row"
    ]
