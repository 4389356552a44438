"""Codes outside the context group of a code sequence, in an invented edition."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pond_edition import COLOUR, FOOD, HOME, KIND, SONG, SOP_CLASS, pond_library
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    with pond_library(tmp_path_factory.mktemp("pond")) as library:
        yield Checker(library)


def found(checker: Checker, tag: str, scheme: str, value: str) -> list[tuple[str, str]]:
    """The outcome and the reason of each finding about a code in a sequence."""
    item, ds = Dataset(), Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, "Frog"
    ds.SOPClassUID, ds.SOPInstanceUID = SOP_CLASS, "2.25.1"
    ds.add_new(int(tag, 16), "SQ", [item])
    return [
        (one.outcome, one.message.partition(" is not in ")[2])
        for one in checker.check(encoded(ds)).findings
        if one.code == "code-not-in-group"
    ]


def test_code_of_an_included_group_is_in_the_group(pond: Checker) -> None:
    assert found(pond, KIND, "SCT", "42") == []


@pytest.mark.parametrize(
    ("tag", "finding"),
    [
        (KIND, ("violation", "CID 1, which may not be extended")),
        (COLOUR, ("note", "CID 2, which may be extended")),
        (HOME, ("undecided", "CID 1; whether it has to be depends on what the text states")),
    ],
)
def test_code_outside_of_a_defined_group(pond: Checker, tag: str, finding: tuple[str, str]) -> None:
    assert found(pond, tag, "SCT", "43") == [finding]


@pytest.mark.parametrize("tag", [FOOD, SONG])
def test_baseline_group_allows_every_code(pond: Checker, tag: str) -> None:
    assert found(pond, tag, "SCT", "43") == []
