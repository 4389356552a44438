"""Padding of images."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.pixel_padding import padding_range, padding_values


@pytest.mark.parametrize(
    ("name", "value", "limit", "is_wrong"),
    [
        ("MONOCHROME2", 0, 10, False),
        ("MONOCHROME2", 10, 0, True),
        ("MONOCHROME1", 10, 0, False),
        ("MONOCHROME1", 0, 10, True),
    ],
)
def test_padding_runs_from_the_darkest_pixels(
    name: str, value: int, limit: int, *, is_wrong: bool
) -> None:
    ds = dataset(PixelRepresentation=0, PhotometricInterpretation=name)
    ds.PixelPaddingValue, ds.PixelPaddingRangeLimit = value, limit
    found = found_by(padding_range, ds)
    assert found == ["violation range PixelPaddingRangeLimit"] * is_wrong


@pytest.mark.parametrize(
    ("value", "is_signed", "is_wrong"),
    [(4095, 0, False), (4096, 0, True), (-2048, 1, False), (-2000, 1, False), (-2049, 1, True)],
)
def test_padding_is_a_value_of_pixels(value: int, is_signed: int, *, is_wrong: bool) -> None:
    ds = dataset(BitsAllocated=16, BitsStored=12, PixelRepresentation=is_signed)
    ds.PixelPaddingValue = value
    found = found_by(padding_values, ds)
    assert found == ["warning range PixelPaddingValue"] * is_wrong
