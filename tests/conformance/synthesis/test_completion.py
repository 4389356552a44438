"""Rounds of completion, on a complete instance that is then changed."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.completion import Completion, applying
from octome.conformance.synthesis.instance import make
from octome.conformance.synthesis.instance_plan import InstancePlan
from octome.conformance.synthesis.snapshot import snapshot


@pytest.fixture
def whole(checker_2020: Checker) -> Dataset:
    """A CT image that needs no additions."""
    return make(checker_2020.book, "ct-image")


@pytest.fixture
def completion(checker_2020: Checker, whole: Dataset) -> Completion:
    plan = InstancePlan(ciod="ct-image", sop_class=whole.SOPClassUID, edition="2020b")
    return Completion(checker_2020.book, checker_2020.book.ciod("ct-image"), plan, whole)


def test_a_complete_instance_is_not_changed(completion: Completion, whole: Dataset) -> None:
    before = whole.to_json()
    assert completion.round() is False
    assert whole.to_json() == before


def test_missing_attributes_are_added_once(completion: Completion, whole: Dataset) -> None:
    before = whole.to_json()
    del whole.Rows, whole.PatientName
    assert completion.round() is True
    assert whole.to_json() == before
    assert completion.round() is False


def test_a_forbidden_attribute_is_removed_and_not_added_again(
    completion: Completion, whole: Dataset
) -> None:
    whole.PlanarConfiguration = 0  # the image is grey
    assert completion.round() is True
    assert "PlanarConfiguration" not in whole
    assert completion.round() is False


def test_a_value_that_is_not_allowed_is_corrected(completion: Completion, whole: Dataset) -> None:
    whole.PatientSex = "GREEN"
    completion.round()
    assert whole.PatientSex == "O"


def test_the_alternative_of_the_value_type_applies(checker_2020: Checker) -> None:
    book = checker_2020.book
    content = next(
        rule
        for module in book.ciod("comprehensive-sr").modules
        for rule in module.level
        if rule.keyword == "ContentSequence"
    )
    for value_type, has_text in (("TEXT", True), ("NUM", False)):
        item = Dataset()
        item.ValueType = value_type
        keywords = {rule.keyword for rule in applying(content.items, snapshot(item))}
        assert ("TextValue" in keywords) is has_text
        assert ("MeasuredValueSequence" in keywords) is not has_text
