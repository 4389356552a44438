"""Elements, items and fragments of one data set, and what is reported when they are damaged."""

from __future__ import annotations

import pytest
from encoded_bytes import ITEM, ITEM_END, SEQUENCE_END, UNDEFINED, element, marker

from octome.dicom.data_set import DataSet
from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.encoding import EXPLICIT
from octome.dicom.problem import Problems
from octome.dicom.reader import DataSetReader
from octome.dicom.tag import TAG

CODE = element(TAG.CodeValue, "SH", b"AB")
SEQUENCE = 0x00082218
LAST = element(TAG.Modality, "CS", b"OT")  # before the sequence by its tag
AFTER = element(TAG.Rows, "US", b"\x02\x00")


def read(content: bytes) -> tuple[DataSet, list[str], bool]:
    """The data set, the codes of its problems, and whether it is complete."""
    problems, ds = Problems(), DataSet(content, is_little_endian=True)
    reader = DataSetReader(content, pydicom_vrs(), problems, EXPLICIT)
    reader.read(ds, 0)
    return ds, [problem.code for problem in problems.found], reader.is_whole


@pytest.mark.parametrize("is_item_undefined", [False, True])
@pytest.mark.parametrize("is_undefined", [False, True])
def test_items_are_read_with_and_without_their_lengths(
    *, is_undefined: bool, is_item_undefined: bool
) -> None:
    item = marker(ITEM, UNDEFINED if is_item_undefined else len(CODE)) + CODE
    item += marker(ITEM_END) if is_item_undefined else b""
    value = item * 2 + (marker(SEQUENCE_END) if is_undefined else b"")
    length = UNDEFINED if is_undefined else len(value)
    ds, codes, is_whole = read(element(SEQUENCE, "SQ", value, length) + AFTER)
    assert [item.text(TAG.CodeValue) for item in ds.items(SEQUENCE)] == ["AB", "AB"]
    assert ds.items(SEQUENCE)[0].parent is ds
    assert ds.items(SEQUENCE)[0].parent_sequence == SEQUENCE
    assert ds.number(TAG.Rows) == 2
    assert (codes, is_whole) == ([], True)


def test_damage_within_a_sequence_of_known_length_hides_nothing_after_it() -> None:
    value = marker(ITEM, len(CODE)) + CODE + b"not an item!"
    ds, codes, is_whole = read(element(SEQUENCE, "SQ", value) + AFTER)
    assert len(ds.items(SEQUENCE)) == 1
    assert ds.number(TAG.Rows) == 2
    assert (codes, is_whole) == (["not-an-item"], False)


def test_a_value_that_is_cut_short_has_no_values() -> None:
    ds, codes, is_whole = read(AFTER + element(TAG.WindowCenter, "DS", b"1", 40))
    assert ds.cut_at == TAG.WindowCenter
    assert ds.values(TAG.WindowCenter) == ()
    assert ds.number(TAG.Rows) == 2
    assert (codes, is_whole) == (["truncated"], False)


def test_zeros_are_not_read_as_elements() -> None:
    ds, codes, is_whole = read(AFTER + bytes(1000))
    assert len(ds.elements) == 1
    assert (codes, is_whole) == (["not-an-element"], False)


def test_fragments_are_located_and_not_read() -> None:
    value = marker(ITEM) + marker(ITEM, 4) + b"abcd" + marker(ITEM, 2) + b"ef"
    content = element(TAG.PixelData, "OB", value + marker(SEQUENCE_END), UNDEFINED)
    ds, codes, is_whole = read(content)
    found = ds.get(TAG.PixelData)
    assert found is not None
    assert found.fragments == [(20, 0), (28, 4), (40, 2)]
    assert (codes, is_whole) == ([], True)
    _, codes, is_whole = read(content[:-10])
    assert (codes, is_whole) == (["truncated"], False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (AFTER + LAST, "not-ascending"),
        (LAST + LAST, "repeated"),
        (element(TAG.Modality, "CS", b"O"), "odd-length"),
        (element(TAG.Modality, "??", b"OT") + AFTER, "unknown-vr"),
    ],
)
def test_readable_problems_are_reported_and_the_rest_is_read(content: bytes, code: str) -> None:
    ds, codes, is_whole = read(content)
    assert codes == [code]
    assert is_whole
    assert TAG.Modality in ds


@pytest.mark.parametrize("is_implicit", [True, False])
def test_a_sequence_encoded_as_un_is_read_in_either_encoding(*, is_implicit: bool) -> None:
    # PS3.5 6.2.2 requires Implicit VR; not all software follows it.
    code = marker(TAG.CodeValue, 2) + b"AB" if is_implicit else CODE
    value = marker(ITEM, len(code)) + code + marker(SEQUENCE_END)
    ds, codes, is_whole = read(element(SEQUENCE, "UN", value, UNDEFINED) + AFTER)
    assert ds.items(SEQUENCE)[0].text(TAG.CodeValue) == "AB"
    assert (codes, is_whole) == ([], True)


def test_sequences_that_nest_too_deep_are_not_read() -> None:
    deep = element(SEQUENCE, "SQ", b"", UNDEFINED) + marker(ITEM, UNDEFINED)
    _, codes, is_whole = read(deep * 5000)
    assert "not-read" in codes
    assert not is_whole
