"""The shortened part 3 of 2016c against what `dicom-standard` has of the same tables in 2020b."""

from __future__ import annotations

from pathlib import Path

import pytest

from octome.standard.sources import dicom_standard
from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.functional_groups import functional_groups
from octome.standard.sources.docbook.iods import iods
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.records import EditionRecords, Row

SHARED = Path(__file__).parents[5] / "shared" / "data"
REAL = SHARED / "docbook-excerpt" / "part03.xml"
CUTS = sorted((SHARED / "standard" / "docbook" / "2021b-excerpts").glob("part3*.xml"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REAL.exists(), reason="needs real excerpts of part 3"),
]
# What changed from 2016c to 2020b: the modules and macros of each CIOD, with their usage.
CHANGED = {
    ("ct-image", "general-reference", "U"),
    ("ct-image", "multi-energy-ct-image", "C"),
    ("enhanced-ct-image", "enhanced-multi-energy-ct-acquisition", "C"),
    ("enhanced-ct-image", "real-world-value-mapping", "U"),
    ("enhanced-ct-image", "real-world-value-mapping", "C"),
    ("enhanced-ct-image", "ct-x-ray-details-sequence", "C"),
    ("enhanced-ct-image", "ct-x-ray-details", "C"),
    ("enhanced-ct-image", "multi-energy-ct-processing", "C"),
    ("enhanced-ct-image", "multi-energy-ct-characteristics", "U"),
    ("enhanced-ct-image", "temporal-position", "U"),
}


@pytest.fixture(scope="module")
def real() -> EditionRecords:
    part = parse_part(REAL)
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    found = iods(part, reading, tables)
    return EditionRecords(
        edition="2016c",
        source="DocBook",
        dictionary="2016c",
        ciods=found.ciods,
        module_uses=found.uses,
        macro_uses=list(functional_groups(part, reading, found, tables)),
        modules=tables.modules,
        macros=tables.macros,
    )


@pytest.fixture(scope="module")
def newer() -> EditionRecords:
    return dicom_standard.read(dicom_standard.EDITION)


def uses(records: EditionRecords, ciods: set[str]) -> set[tuple[str, str, str]]:
    return {
        (use.ciod, use.table, use.usage)
        for use in (*records.module_uses, *records.macro_uses)
        if use.ciod in ciods
    }


def test_ids_are_those_of_the_newer_edition(real: EditionRecords, newer: EditionRecords) -> None:
    assert {each.id for each in real.ciods} <= {each.id for each in newer.ciods}
    assert {each.id for each in real.modules} <= {each.id for each in newer.modules}
    # The one was renamed; the other is in another shape there.
    only_here = {each.id for each in real.macros} - {each.id for each in newer.macros}
    assert only_here == {"ct-x-ray-details-sequence", "encrypted-attributes-data-set"}


def test_usages_differ_only_by_what_changed(real: EditionRecords, newer: EditionRecords) -> None:
    # The modules of Enhanced XA are shortened there.
    ciods = {each.id for each in real.ciods} - {"enhanced-xa-image"}
    assert uses(real, ciods) ^ uses(newer, ciods) == CHANGED


def test_nearly_all_rows_have_the_same_level_and_type(
    real: EditionRecords, newer: EditionRecords
) -> None:
    tables = {each.id: each for each in newer.modules}
    same = different = 0
    for module in real.modules:
        theirs = {place(row) for row in tables[module.id].rows if isinstance(row, Row)}
        for row in module.rows:
            if isinstance(row, Row):
                same += place(row) in theirs
                different += place(row) not in theirs
    # 16 new ones or other types; SOP Common of 2016c has no marks on seven rows of two sequences.
    assert (same, different) == (607, 23)


def place(row: Row) -> tuple[str, int, str | None]:
    return row.tag, row.depth, row.type


@pytest.mark.parametrize("file", CUTS, ids=lambda file: file.stem)
def test_a_cut_of_a_part_gives_its_one_table(file: Path) -> None:
    # Their subtitle and label are those of part 6.
    part = parse_part(file)
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    found = iods(part, reading, tables)
    assert len(tables.modules) + len(tables.macros) + len(found.ciods) == 1
