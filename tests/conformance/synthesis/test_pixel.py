"""Pixels that fit their description, counted by hand."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset

from octome.conformance.synthesis.pixel import arrange_pixels


def image(**changes: object) -> Dataset:
    ds = Dataset()
    ds.Rows, ds.Columns, ds.PhotometricInterpretation = 4, 4, "MONOCHROME2"
    ds.SamplesPerPixel, ds.BitsAllocated, ds.BitsStored, ds.HighBit = 1, 8, 8, 0
    ds.PixelData = b""
    for keyword, value in changes.items():
        setattr(ds, keyword, value)
    arrange_pixels(ds)
    return ds


@pytest.mark.parametrize(
    ("changes", "length"),
    [
        ({}, 16),
        ({"NumberOfFrames": 2}, 32),
        ({"BitsAllocated": 16, "BitsStored": 16}, 32),
        ({"PhotometricInterpretation": "RGB"}, 48),
        # 9 pixels of a byte are padded; of a bit they are 2 bytes.
        ({"Rows": 3, "Columns": 3}, 10),
        ({"Rows": 3, "Columns": 3, "BitsAllocated": 1, "BitsStored": 1}, 2),
    ],
)
def test_pixel_data_is_as_long_as_its_pixels(changes: dict[str, object], length: int) -> None:
    assert len(image(**changes).PixelData) == length


def test_colour_has_three_samples() -> None:
    assert image(PhotometricInterpretation="RGB").SamplesPerPixel == 3
    assert image(PhotometricInterpretation="PALETTE COLOR", SamplesPerPixel=3).SamplesPerPixel == 1


def test_bits_fit_each_other() -> None:
    ds = image(BitsStored=12)
    assert (ds.BitsAllocated, ds.BitsStored, ds.HighBit) == (8, 8, 7)


def test_bytes_and_words_have_their_representation() -> None:
    assert image()["PixelData"].VR == "OB"
    assert image(BitsAllocated=16)["PixelData"].VR == "OW"


def test_samples_fit_their_bits() -> None:
    assert max(image(BitsStored=4).PixelData) <= 15


@pytest.mark.parametrize(("keyword", "size"), [("FloatPixelData", 4), ("DoubleFloatPixelData", 8)])
def test_pixels_may_be_floats(keyword: str, size: int) -> None:
    assert len(image(**{keyword: b""})[keyword].value) == 16 * size
