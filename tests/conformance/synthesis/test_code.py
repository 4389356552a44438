"""Codes in items."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from slots import SlotAt

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis import code
from octome.conformance.synthesis.code import ARTIFICIAL, is_code_sequence, put_code


def test_the_first_code_of_the_context_group_is_written(
    slot_at: SlotAt, checker_2020: Checker
) -> None:
    item = Dataset()
    put_code(slot_at("ct-image", "AnatomicRegionSequence"), item)
    first = checker_2020.library.context_group(4, "2020b").codes[0]
    assert (item.CodingSchemeDesignator, item.CodeValue) == (first.scheme, first.value)
    assert item.CodeMeaning == first.meaning


def test_without_a_context_group_the_code_is_private(slot_at: SlotAt) -> None:
    item = Dataset()
    put_code(slot_at("ct-image", "ProcedureCodeSequence"), item)
    assert (item.CodingSchemeDesignator, item.CodeValue, item.CodeMeaning) == ARTIFICIAL


def test_a_value_of_more_than_16_characters_is_a_long_one(
    slot_at: SlotAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("1" * 16, "1" * 17):
        monkeypatch.setattr(code, "listed_code", lambda _, value=value: ("SCT", value, "x" * 80))
        item = Dataset()
        put_code(slot_at("ct-image", "ProcedureCodeSequence"), item)
        assert ("CodeValue" in item, "LongCodeValue" in item) == (len(value) < 17, len(value) > 16)
        assert len(item.CodeMeaning) == 64


def test_a_sequence_of_codes_is_recognised_by_its_items(slot_at: SlotAt) -> None:
    assert is_code_sequence(slot_at("ct-image", "AnatomicRegionSequence").rule)
    assert not is_code_sequence(slot_at("ct-image", "RequestAttributesSequence").rule)
