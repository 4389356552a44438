"""Names of a CIOD, and its SOP Classes."""

from __future__ import annotations

import pytest

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.target import Target, newest_id, sop_class_of, target_named
from octome.errors import UnknownPath


@pytest.mark.parametrize(
    "words",
    ["ct-image", "CT Image", "ct image storage", "1.2.840.10008.5.1.4.1.1.2", " CT-IMAGE "],
)
def test_a_ciod_is_found_by_its_common_names(checkers: dict[str, Checker], words: str) -> None:
    assert target_named(checkers["2026b"].book, words).ciod == "ct-image"


def test_an_older_name_leads_to_the_newer(checkers: dict[str, Checker]) -> None:
    assert target_named(checkers["2026b"].book, "cr-image") == Target("computed-radiography-image")


@pytest.mark.parametrize("words", ["ct-imgae", "", "/", "9.9", "1.2.840.10008.1.1", "a/b"])
def test_text_that_is_not_a_ciod_is_an_error(checkers: dict[str, Checker], words: str) -> None:
    with pytest.raises(UnknownPath, match=r"not a CIOD of edition 2026b|stores a CIOD of edition"):
        target_named(checkers["2026b"].book, words)


def test_the_nearest_are_named(checkers: dict[str, Checker]) -> None:
    with pytest.raises(UnknownPath) as refused:
        target_named(checkers["2026b"].book, "ct-imgae")
    assert refused.value.details["nearest"][0]["path"] == "/ciods/ct-image"  # type: ignore[index]


def test_the_first_sop_class_is_one_that_is_not_retired(checkers: dict[str, Checker]) -> None:
    book = checkers["2020b"].book
    chosen = sop_class_of(book, "us-image")
    classes = {one.uid: one for one in book.library.ciod("us-image", "2020b").sop_classes}
    assert not classes[chosen].is_retired


def test_a_ciod_has_its_newest_id(checkers: dict[str, Checker]) -> None:
    assert newest_id(checkers["2020b"].book, "cr-image") == "computed-radiography-image"
    assert newest_id(checkers["2026b"].book, "ct-image") == "ct-image"
