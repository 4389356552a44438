"""Wordings that do not compare a single attribute, and what decides them."""

from __future__ import annotations

import re

import pytest

from octome.conformance.check.predicates import PREDICATES as DECIDED
from octome.conformance.rules.condition.expression import (
    Equals,
    Expression,
    Predicate,
    Present,
)
from octome.conformance.rules.condition.logic import All, AnyOf, Not
from octome.conformance.rules.condition.predicate import (
    PREDICATES,
    SEGMENTATIONS,
    SURFACE_SEGMENTATION,
    predicate_in,
)
from octome.dicom.tag import TAG


def names(expression: Expression) -> set[str]:
    """The names of the predicates in an expression."""
    match expression:
        case Predicate(name):
            return {name}
        case Not(part):
            return names(part)
        case All(parts) | AnyOf(parts):
            return {name for part in parts for name in names(part)}
    return set()


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("patient is an animal", Predicate("patient-is-an-animal")),
        ("THE PATIENT IS AN ANIMAL", Predicate("patient-is-an-animal")),
        ("@00080100 is a URN or URL", Not(Predicate("code-is-no-urn"))),
        ("@00081155 is a segmentation", Equals(TAG.ReferencedSOPClassUID, SEGMENTATIONS)),
        (
            "@00081155 is a segmentation or surface segmentation",
            Equals(TAG.ReferencedSOPClassUID, (*SEGMENTATIONS, SURFACE_SEGMENTATION)),
        ),
        ("the image is a multiframe image", Predicate("image-has-frames")),
        ("it is the root content item", Predicate("item-is-the-root")),
        ("segmented data is used in the tea", Present(TAG.SegmentedRedPaletteColorLookupTableData)),
    ],
)
def test_a_wording_has_its_expression(words: str, expression: Expression) -> None:
    assert predicate_in(words) == expression


@pytest.mark.parametrize(
    "words", ["the moon is full", "patient is an animal lover", "@00080060 is CT", ""]
)
def test_only_a_whole_wording_counts(words: str) -> None:
    assert predicate_in(words) is None


def test_each_named_predicate_can_be_decided_and_each_that_can_is_named() -> None:
    named = {name for _, expression, _ in PREDICATES for name in names(expression)}
    assert named == DECIDED.keys()


def test_each_row_cites_the_section_that_explains_it() -> None:
    for words, _, section in PREDICATES:
        assert re.fullmatch(r"PS3\.\d+ (Table )?[A-Z0-9][\w.-]*", section), words
