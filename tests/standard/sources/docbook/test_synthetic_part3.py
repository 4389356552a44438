"""A part 3 made of the oracles: the readers give back every row and every use."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from synthetic_part3 import DATA, Iod, Used, iods_2024a, iods_2025e, oracle_tables, synthetic_part3

from octome.standard.block import words_of
from octome.standard.code_binding import context_groups
from octome.standard.sources.docbook.attribute_tables import AttributeTables, attribute_tables
from octome.standard.sources.docbook.functional_groups import functional_groups
from octome.standard.sources.docbook.iods import Iods, iods
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import Include, Passage, Row, Use

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="needs the oracles of 2024a and 2025e"),
]
# It has no table in the oracle, and so there is no module to be used.
WITHOUT_TABLE = {"Image Histogram"}


class Whole(NamedTuple):
    """All that is read of a part 3."""

    part: Part
    tables: AttributeTables
    iods: Iods
    groups: list[Use]


def read(file: Path, content: bytes) -> Whole:
    file.write_bytes(content)
    part = parse_part(file)
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    found = iods(part, reading, tables)
    return Whole(part, tables, found, list(functional_groups(part, reading, found, tables)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return read(tmp_path_factory.mktemp("part") / "part03.xml", synthetic_part3("2026c"))


def short(row: Row | Include) -> tuple[object, ...]:
    return (
        (row.depth, row.tag, row.type)
        if isinstance(row, Row)
        else (row.depth, "include", row.macro)
    )


def test_every_row_has_its_place_tag_and_type(whole: Whole) -> None:
    found = {
        table.url.rpartition("#table_")[2]: table
        for table in (*whole.tables.modules, *whole.tables.macros)
        if table.url
    }
    # PS3.3 5.4 has examples of tables, with nine rows.
    examples = oracle_tables().keys() - found.keys()
    assert examples == {"5.4-1", "5.4-2", "5.4-3"}
    rows = not_attributes = 0
    for number in found:
        each = oracle_tables()[number]
        expected: list[tuple[object, ...]] = []
        before = -1
        for line in each["table_lines"]:
            rows += 1
            name = line.get("name") or line["prefix"]
            tag = line.get("address", "").removeprefix("0x").lower()
            macro = found.get(line.get("linked_resource", "").removeprefix("table_"))
            if not tag and macro is None:
                not_attributes += 1
                continue
            marks = re.match("[> ]*", name)
            before = min(marks[0].count(">") if marks else 0, before + 1)
            if macro is not None:
                expected.append((before, "include", macro.id))
            else:
                expected.append((before, tag, line["required"] or None))
        assert [short(row) for row in found[number].rows] == expected, number
    assert (rows, not_attributes) == (10_020 - 9, 17)


def stated(iod: Iod, used: list[Used]) -> list[tuple[str, str, str]]:
    return [
        (iod.name, used.usage[0], re.sub(r"^[MUC]\b[\s.:-]*", "", " ".join(used.usage.split())))
        for used in used
        if used.name not in WITHOUT_TABLE
    ]


def read_back(whole: Whole, uses: list[Use]) -> list[tuple[str, str, str]]:
    names = {ciod.id: ciod.name or "" for ciod in whole.iods.ciods}
    return [
        (
            names[use.ciod],
            use.usage,
            words_of(use.condition.blocks) if isinstance(use.condition, Passage) else "",
        )
        for use in uses
    ]


@pytest.mark.parametrize("edition", ["2025e", "2024a"])
def test_every_iod_has_its_modules_and_functional_groups(tmp_path: Path, edition: str) -> None:
    is_new = edition == "2025e"
    content = synthetic_part3("2026c", iods_from="2025e" if is_new else "2024a")
    whole = read(tmp_path / "part03.xml", content)
    made = list(iods_2025e() if is_new else iods_2024a())
    assert sorted(each.name for each in made) == sorted(
        ciod.name or "" for ciod in whole.iods.ciods
    )
    expected = [each for iod in made for each in stated(iod, iod.modules)]
    assert sorted(read_back(whole, whole.iods.uses)) == sorted(expected)
    groups = [each for iod in made for each in stated(iod, iod.groups)]
    assert sorted(read_back(whole, whole.groups)) == sorted(groups)


def test_every_entity_is_that_of_the_oracle(whole: Whole) -> None:
    expected = [
        used.entity.replace(" Of ", " of ")
        for iod in iods_2025e()
        for used in iod.modules
        if used.name not in WITHOUT_TABLE
    ]
    assert sorted(use.information_entity or "" for use in whole.iods.uses) == sorted(expected)


def test_every_code_sequence_is_bound_as_in_the_oracle(whole: Whole) -> None:
    found: Counter[str] = Counter()
    alone = 0
    for table in (*whole.tables.modules, *whole.tables.macros):
        for row in table.rows:
            if isinstance(row, Include) and row.macro == "code-sequence":
                groups = context_groups(row.text.blocks) if isinstance(row.text, Passage) else ()
                found.update(group.binding for group in groups)
                alone += len(groups) == 1 and groups[0].is_always and groups[0].is_defined
    expected: Counter[str] = Counter()
    for each in oracle_tables().values():
        for line in each["table_lines"]:
            if line.get("linked_resource") == "table_8.8-1":
                usage = str(line["usage"])
                # Made with one group for each of both: of several only one is seen.
                expected["defined"] += bool(re.search(r"\bD(?:\n|$)", usage))
                expected["baseline"] += bool(re.search(r"\bB(?:\n|$)", usage))
                expected["none"] += bool(re.search(r"^No ", usage, re.MULTILINE))
    assert found == expected
    assert min(found.values()) > 90
    assert alone >= 180
