"""Values of elements, by VR, worked out by hand."""

from __future__ import annotations

import struct

import pytest
from encoded_bytes import ITEM, element, implicit, marker, part10

from octome.dicom.data_set import DataSet, numbers
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG


def data_set(*elements: bytes) -> DataSet:
    return read_encoded(part10(b"".join(elements))).data_set


@pytest.mark.parametrize(
    ("vr", "value", "expected"),
    [
        ("CS", b"ORIGINAL\\PRIMARY ", ("ORIGINAL", "PRIMARY")),
        ("DS", b" 1.5\\-2 ", ("1.5", "-2")),
        ("ST", b"one\\two ", ("one\\two",)),
        ("UI", b"1.2\0", ("1.2",)),
        ("CS", b"  ", ()),
        ("US", struct.pack("<3H", 1, 2, 3), (1, 2, 3)),
        ("US", b"\1\0\2", ()),
        ("FD", struct.pack("<d", 0.5), (0.5,)),
        ("AT", struct.pack("<2H", 0x0028, 0x0010), (0x00280010,)),
    ],
)
def test_values_by_their_vr(vr: str, value: bytes, expected: tuple[object, ...]) -> None:
    assert data_set(element(TAG.ImageType, vr, value)).values(TAG.ImageType) == expected


def test_text_is_decoded_in_the_character_set_of_the_instance() -> None:
    name = "Müller^Åsa".encode()
    with_set = data_set(
        element(TAG.SpecificCharacterSet, "CS", b"ISO_IR 192"), element(0x00100010, "PN", name)
    )
    assert with_set.text(0x00100010) == "Müller^Åsa"
    without = data_set(element(0x00100010, "PN", name)).text(0x00100010)
    assert without.startswith("M")
    assert "ü" not in without


def test_a_number_is_finite_or_none() -> None:
    ds = data_set(element(TAG.WindowCenter, "DS", b"nan\\1e400\\7"))
    assert [ds.number(TAG.WindowCenter, at) for at in range(4)] == [None, None, 7.0, None]


def test_numbers_follow_the_order_of_bytes() -> None:
    assert numbers(b"\0\1", "US", ">") == (1,)
    assert numbers(b"\0\1", "US", "<") == (256,)


def test_padding_alone_is_not_a_value() -> None:
    ds = data_set(element(TAG.Modality, "CS", b"  "), element(TAG.Rows, "US", b""))
    assert not ds.has_value(TAG.Modality)
    assert not ds.has_value(TAG.Rows)
    assert TAG.Rows in ds


def test_a_walk_visits_all_items_in_the_order_of_the_file() -> None:
    def item(*elements: bytes) -> bytes:
        content = b"".join(elements)
        return marker(ITEM, len(content)) + content

    modality = element(TAG.Modality, "CS", b"OT")
    inner = element(TAG.ReferencedImageSequence, "SQ", item(modality))
    ds = data_set(element(TAG.ReferencedSeriesSequence, "SQ", item(inner) + item()))
    first, second = ds.items(TAG.ReferencedSeriesSequence)
    [deepest] = ds.everywhere(TAG.Modality)
    assert ds.walk.data_sets == [ds, first, deepest, second]
    assert deepest.place == (
        (TAG.ReferencedSeriesSequence, 0),
        (TAG.ReferencedImageSequence, 0),
    )
    assert not ds.everywhere(TAG.Rows)


def test_values_beyond_what_is_read_are_counted() -> None:
    count = 400_000
    text = b"\\".join([b"1.5"] * count)
    # Explicit VR has 16 bits for the length of such a value.
    encoded = part10(implicit(TAG.ContourData, text), b"1.2.840.10008.1.2\0")
    whole = read_encoded(encoded).data_set
    assert whole.count(TAG.ContourData) == count
    assert len(whole.values(TAG.ContourData)) < count
    floats = data_set(element(TAG.GridFrameOffsetVector, "DS", b"1\\2\\3 "))
    assert floats.count(TAG.GridFrameOffsetVector) == 3
    assert whole.count(TAG.PatientName) == 0
