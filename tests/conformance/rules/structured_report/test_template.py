"""Templates as trees of rows."""

from __future__ import annotations

import pytest

from octome.conformance.rules.structured_report.row_condition import RowCondition
from octome.conformance.rules.structured_report.row_source import packaged
from octome.conformance.rules.structured_report.template import template


@pytest.mark.parametrize("tid", ["1500", "2100", "5200", "10001", "10011"])
def test_a_packaged_template_has_one_root(tid: str) -> None:
    found = template(tid, packaged, is_of_edition=False)
    assert found is not None
    assert found.rows[0].value_type == "CONTAINER"
    assert found.rows[0].concepts


def test_included_rows_stand_in_the_place_of_the_inclusion() -> None:
    found = template("1500", packaged, is_of_edition=False)
    assert found is not None
    rows = found.rows[0].rows
    language = rows[0]
    assert (language.tid, language.relationship, language.is_mandatory) == (
        "1204",
        "HAS CONCEPT MOD",
        True,
    )
    [measurements] = [row for row in rows if row.name == "Imaging Measurements"]
    assert measurements.condition == RowCondition(kind="one of", rows=frozenset({"10", "12"}))
    groups = [row for row in measurements.rows if row.name == "Measurement Group"]
    assert {row.tid for row in groups} == {"1410", "1411", "1501"}
    assert all(row.most is None for row in groups)


def test_a_template_that_is_not_known_is_none() -> None:
    assert template("9999", packaged, is_of_edition=False) is None
