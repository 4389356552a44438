"""Specific Character Set."""

from __future__ import annotations

import pytest
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.character_sets import character_sets, escape_sequences


@pytest.mark.parametrize(
    "names", ["ISO_IR 100", "ISO_IR 192", "GB18030", ["", "ISO 2022 IR 87"], ["ISO 2022 IR 100"]]
)
def test_sets_that_may_be_used(names: object) -> None:
    assert found_by(character_sets, dataset(SpecificCharacterSet=names)) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("names", "wrong"),
    [
        ("ISO_IR 999", "warning defined-term"),
        ("ISO-IR 100", "warning defined-term"),
        (["ISO_IR 100", "ISO_IR 144"], "violation character-set"),
        (["ISO 2022 IR 6", "ISO_IR 100"], "violation character-set"),
        (["ISO_IR 192", "ISO 2022 IR 87"], "violation character-set"),
        (["", "GB18030"], "violation character-set"),
    ],
)
def test_sets_that_may_not(names: object, wrong: str) -> None:
    ds = dataset(SpecificCharacterSet=names)
    assert found_by(character_sets, ds) == [f"{wrong} SpecificCharacterSet"]


def test_the_first_set_is_of_one_byte() -> None:
    wrong = ["violation character-set SpecificCharacterSet"]
    assert found_by(character_sets, dataset(SpecificCharacterSet="ISO 2022 IR 87")) == wrong
    after = dataset(SpecificCharacterSet=["", "ISO 2022 IR 87"])
    assert found_by(character_sets, after) == []


@pytest.mark.parametrize(
    ("terms", "is_wrong"), [("ISO_IR 100", True), (["", "ISO 2022 IR 87"], False)]
)
def test_a_name_changes_its_set_only_where_that_is_allowed(
    terms: str | list[str], is_wrong: bool
) -> None:
    content = encoded(dataset(SpecificCharacterSet=terms, PatientName="Frog^Tea "))
    content = content.replace(b"Frog^Tea", b"\x1b$B;3^A")
    found = found_by(escape_sequences, content)
    assert found == ["violation character PatientName"] * is_wrong
