"""Units of measure."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from octome.conformance.rules.structured_report.ucum import (
    meaning_of_others,
    suggestion,
    unknown_part,
)

GROUPS = Path(__file__).parents[4] / "../shared/data/standard/facts/context-group-codes-2026b.tsv"


@pytest.mark.parametrize(
    "unit",
    [
        *("mm", "um", "cm2", "m[H2O]", "mm[Hg]", "B[10.nV]", "[hnsf'U]", "%", "1", "2.5", "Mm"),
        *("10*23/ml", "10*-6.mm2/s", "/min", "/{h}", "{counts}/s", "{0:100}", "g/ml{SUVbw}"),
        *("{X-Ray sources}", "/{heart beat}"),
        *(
            "{SUVbw}g/ml",
            "(kg.m)/s2",
            "dyn.s.cm-5/m2",
            "Gy.m2",
            "ml/[100]ml",
            "10-6.mm2/s",
            "uSv/h",
        ),
    ],
)
def test_units_are_valid(unit: str) -> None:
    assert unknown_part(unit) is None


@pytest.mark.parametrize(
    ("unit", "part"),
    [
        ("MM", "MM"),
        ("mmHg", "mmHg"),
        ("ml/sec", "sec"),
        ("mA.sec", "sec"),
        ("k%", "k%"),
        ("µm", "µm"),
        ("mm hg", "mm hg"),
        ("mm/", "/"),
        ("{frogs", "{frogs"),
        ("mm)", ")"),
        ("(mm", "(mm"),
        ("", ""),
    ],
)
def test_other_units_are_not(unit: str, part: str) -> None:
    assert unknown_part(unit) == part


def test_nothing_is_too_deep() -> None:
    assert unknown_part("(" * 1000 + "m" + ")" * 1000) is not None


@pytest.mark.parametrize(
    ("unit", "meant"), [("KG/M2", ""), ("CM", "cm"), ("Millimeters", "mm"), ("MS", "ms")]
)
def test_the_unit_that_was_meant(unit: str, meant: str) -> None:
    assert suggestion(unit) == meant


def test_a_meaning_may_be_that_of_another_unit() -> None:
    assert meaning_of_others("mm", "centimeter") == ("cm",)
    assert meaning_of_others("mm", "frogs") == meaning_of_others("frogs", "centimeter") == ()


@pytest.mark.shared
@pytest.mark.skipif(not GROUPS.exists(), reason="the facts of 2026b are not at hand")
def test_every_unit_of_a_context_group_is_valid() -> None:
    with GROUPS.open(encoding="utf-8") as lines:
        codes = [row for row in csv.DictReader(lines, delimiter="\t") if row["scheme"] == "UCUM"]
    assert len(codes) > 100
    assert [row["code"] for row in codes if unknown_part(row["code"]) is not None] == []
