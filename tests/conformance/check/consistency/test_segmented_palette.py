"""Segments of palettes, and how many entries they make."""

from __future__ import annotations

import struct

import pytest
from pydicom.dataset import Dataset
from small_instance import found_by

from octome.conformance.check.consistency.segmented_palette import segmented_palettes

RED = "SegmentedRedPaletteColorLookupTableData"


def palette(entries: int, bits: int, data: bytes) -> Dataset:
    ds = Dataset()
    ds.add_new("RedPaletteColorLookupTableDescriptor", "US", [entries, 0, bits])
    ds.add_new(RED, "OW", data)
    return ds


def words(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}H", *numbers)


DISCRETE, LINEAR, INDIRECT = (0, 2, 7, 9), (1, 10, 500), (2, 2, 0, 0)


@pytest.mark.parametrize(
    ("ds", "is_wrong"),
    [
        (palette(12, 16, words(*DISCRETE, *LINEAR)), False),
        (palette(13, 16, words(*DISCRETE, *LINEAR)), True),
        (palette(24, 16, words(*DISCRETE, *LINEAR, *INDIRECT)), False),
        (palette(0, 16, words(0, 1, 7, 1, 65535, 9)), False),  # 0 is 65,536
        (palette(12, 16, words(*LINEAR)), True),  # nothing to begin the line at
        (palette(24, 16, words(*DISCRETE, *LINEAR, 2, 9, 0, 0)), True),
        (palette(5, 16, words(0, 5, 7)), True),
        (palette(3, 16, words(3, 1, 7)), True),
        (palette(256, 8, bytes((0, 1, 255, 1, 255, 0))), False),
        (palette(256, 8, words(0, 1, 255, 1, 255, 0)), False),
        (palette(255, 8, bytes((0, 1, 255, 1, 255, 0))), True),
    ],
)
def test_segments_make_as_many_entries_as_stated(ds: Dataset, *, is_wrong: bool) -> None:
    assert found_by(segmented_palettes, ds) == [f"violation palette-length {RED}"] * is_wrong
