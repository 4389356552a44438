"""What the cells of the table of rules mean, and that each row names what exists."""

from __future__ import annotations

from importlib.resources import files

import pytest
from pydicom.datadict import keyword_for_tag
from small_instance import dataset, encoded

from octome.conformance.check.consistency.item_row import described, is_allowed, rows
from octome.conformance.check.consistency.item_rules import RULES
from octome.dicom.part10 import read_encoded

TABLE = files("octome.conformance.check.consistency").joinpath("item_rules.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize(
    ("allowed", "right", "wrong"),
    [
        ("YES|NO", ["YES", "NO"], ["yes", "", "YES|NO"]),
        ("0", ["0", "0.0"], ["1", "x"]),
        (">0", ["0.1"], ["0", "-1", "x"]),
        (">=2", ["2", "3"], ["1.9"]),
        ("<=0", ["0", "-3"], ["1"]),
        ("0..255", ["0", "255"], ["-1", "256"]),
        ("1.2.840.10008", ["1.2.840.10008"], ["1.2.840"]),
    ],
)
def test_a_cell_says_which_values_are_allowed(
    allowed: str, right: list[str], wrong: list[str]
) -> None:
    assert [each for each in right + wrong if is_allowed(allowed, each)] == right


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        ("A|B", "A or B"),
        (">0", "greater than 0"),
        (">=2", "at least 2"),
        ("<=0", "at most 0"),
        ("0..9", "from 0 to 9"),
    ],
)
def test_a_cell_is_read_out(allowed: str, words: str) -> None:
    assert described(allowed) == words


@pytest.mark.parametrize(
    ("interpretation", "applies"), [("RGB", True), ("MONOCHROME2", False), ("", False)]
)
def test_a_row_may_be_about_every_value_but_some(interpretation: str, applies: bool) -> None:
    [row] = [one for one in rows()[0x00280004] if one.value.startswith("!")]
    ds = read_encoded(encoded(dataset(PhotometricInterpretation=interpretation))).data_set
    assert row.applies(ds) == applies
    if applies:
        assert row.condition(ds) == "PhotometricInterpretation is RGB"


def test_every_row_names_its_attributes_and_a_rule() -> None:
    assert len(ROWS) > 250
    for rule, tag, keyword, other, other_keyword, _, _, _, within, *_ in ROWS:
        assert rule in RULES
        assert keyword_for_tag(int(tag, 16)) == keyword
        assert (keyword_for_tag(int(other, 16)) if other else "") == other_keyword
        number, _, sequence = within.partition(" ")
        assert (keyword_for_tag(int(number, 16)) if number else "") == sequence


def test_a_row_may_be_about_every_class_but_some() -> None:
    # The en face image needs a window, whatever its colours.
    enface = "1.2.840.10008.5.1.4.1.1.77.1.5.7"
    [row] = [one for one in rows()[0x00280004] if one.value.startswith("!")]
    assert not row.is_about(enface)
    assert row.is_about("1.2.840.10008.5.1.4.1.1.7")
