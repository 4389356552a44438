"""Codes of the Standard's own scheme, DCM, of SNOMED CT and LOINC, and units of UCUM."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.standard_codes import MOST_CODES


def code(value: str, meaning: str, scheme: str = "DCM") -> Dataset:
    return dataset(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


@pytest.mark.parametrize(
    ("item", "wrong"),
    [
        (code("121071", "Finding"), []),
        (code("121071", "FINDING"), []),
        (code("121071", "Découverte"), []),
        (code("121071", "Frog"), ["warning code-meaning"]),
        (code("999", "x"), ["warning code-unknown"]),
        (code("109054", "Patient State"), []),  # of Annex D alone
        (code("199999", "x"), ["warning code-unknown"]),
        (code("128999", "x"), ["undecided code-unknown"]),
        (code("999", "x", "99TEST"), []),
        (code("mm", "millimeter", "UCUM"), []),
        (code("MM", "millimeter", "UCUM"), ["violation unit"]),
        (code("millimetre", "millimetre", "UCUM"), ["violation unit"]),
        (code("ml/sec", "milliliter per second", "UCUM"), ["violation unit"]),
        (code("cm", "millimeter", "UCUM"), ["warning unit"]),
        (code("frogs", "frogs", "99TEST"), []),
        (code("410668003", "Length", "SCT"), []),
        (code("410668004", "Length", "SCT"), ["warning code-unknown"]),
        (code("T-A0100", "Brain", "SCT"), ["warning code-unknown"]),
        (code("18785-7", "Indications", "LN"), ["warning code-unknown"]),
        (code("11524-0", "ECG Report", "LN"), []),  # a context group has it
    ],
)
def test_a_code_exists_and_has_its_meaning(
    ct: Dataset, checker: Checker, item: Dataset, wrong: list[str]
) -> None:
    ct.SpecificCharacterSet = "ISO_IR 192"
    ct.ConceptNameCodeSequence = [item, item]
    found = [
        f
        for f in checker.check(encoded(ct)).findings
        if f.code in ("code-meaning", "code-unknown", "unit")
    ]
    assert [f"{f.outcome} {f.code}" for f in found] == wrong
    assert all("'Finding'" in f.message for f in found if f.code == "code-meaning")
    assert all(f.path == "ConceptNameCodeSequence[0]" for f in found)


def test_a_code_that_no_list_of_a_later_edition_has_does_not_exist(
    ct: Dataset, checker_2020: Checker
) -> None:
    ct.ConceptNameCodeSequence = [code("128999", "x")]
    [found] = [f for f in checker_2020.check(encoded(ct)).findings if f.code == "code-unknown"]
    assert found.outcome == "warning"
    assert found.message.startswith("128999 is not a code of scheme DCM in edition 20")


def test_more_codes_than_any_instance_has_are_counted(ct: Dataset, checker: Checker) -> None:
    ct.ConceptNameCodeSequence = [code(f"{at:06d}", "x") for at in range(MOST_CODES + 7)]
    [found] = [f for f in checker.check(encoded(ct)).findings if f.code == "not-checked"]
    assert found.message.startswith("7 more codes")
