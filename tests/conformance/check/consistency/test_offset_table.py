"""Tables of offsets of encapsulated pixel data."""

from __future__ import annotations

import struct

import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit, RLELossless
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.offset_table import fragments_of_rle, offset_tables

FRAMES = [b"one.", b"second", b"third..."]


def image(offsets: list[int], *, frames: int = 3, **values: object) -> Dataset:
    """Three fragments of 4, 6 and 8 bytes with some Basic Offset Table."""
    ds = dataset(NumberOfFrames=frames, **values)
    table = struct.pack(f"<{len(offsets)}L", *offsets)
    whole = encapsulate(FRAMES, has_bot=False)
    head = b"\xfe\xff\x00\xe0"
    ds.PixelData = head + len(table).to_bytes(4, "little") + table + whole[8:]
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    return ds


def found(ds: Dataset) -> list[str]:
    """What the check of offsets finds in JPEG Baseline."""
    return found_by(offset_tables, encoded(ds, JPEGBaseline8Bit))


@pytest.mark.parametrize(
    ("offsets", "is_wrong"),
    [
        ([], False),
        ([0, 12, 26], False),
        ([0, 12], True),  # not one for each frame
        ([0, 13, 26], True),  # no fragment begins there
        ([0, 26, 12], True),
        ([12, 12, 26], True),
    ],
)
def test_offsets_are_where_frames_begin(offsets: list[int], is_wrong: bool) -> None:
    assert found(image(offsets)) == ["violation offset-table PixelData"] * is_wrong


def test_a_frame_may_have_several_fragments() -> None:
    assert found(image([0, 12], frames=2)) == []


@pytest.mark.parametrize(
    ("offsets", "lengths", "wrong"),
    [
        ([0, 12, 26], [4, 6, 8], []),
        ([0, 12], [4, 6, 8], ["ExtendedOffsetTable"]),
        ([0, 12, 27], [4, 6, 8], ["ExtendedOffsetTable"]),
        ([0, 12, 26], [4, 6], ["ExtendedOffsetTableLengths"]),
        ([0, 12, 26], [4, 5, 8], []),  # without its padding
        ([0, 12, 26], [4, 8, 6], ["ExtendedOffsetTableLengths"]),
    ],
)
def test_extended_offsets(offsets: list[int], lengths: list[int], wrong: list[str]) -> None:
    ds = image(
        [],
        ExtendedOffsetTable=struct.pack(f"<{len(offsets)}Q", *offsets),
        ExtendedOffsetTableLengths=struct.pack(f"<{len(lengths)}Q", *lengths),
    )
    assert found(ds) == [f"violation offset-table {path}" for path in wrong]


def test_one_of_the_tables_is_empty() -> None:
    ds = image([0, 12, 26], ExtendedOffsetTable=struct.pack("<3Q", 0, 12, 26))
    assert found(ds) == ["violation offset-table ExtendedOffsetTable"]


@pytest.mark.parametrize(("frames", "is_wrong"), [(3, False), (2, True)])
def test_a_frame_in_rle_is_one_fragment(frames: int, is_wrong: bool) -> None:
    whole = encoded(image([], frames=frames), RLELossless)
    assert found_by(fragments_of_rle, whole) == ["violation pixel-length PixelData"] * is_wrong
