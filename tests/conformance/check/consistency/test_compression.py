"""Pixel attributes against the Transfer Syntax that compresses the pixels."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEG2000Lossless, JPEGBaseline8Bit, JPEGLosslessSV1, RLELossless
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.compression import (
    compressed_pixels,
    encapsulated_pixels,
    lossy_compression,
)


def compressed(**values: object) -> Dataset:
    """An image of 8 bits whose pixels are one compressed frame."""
    of_all = {"PhotometricInterpretation": "MONOCHROME2", "PixelRepresentation": 0}
    ds = dataset(**{**of_all, "BitsAllocated": 8, "BitsStored": 8, **values})
    ds.PixelData = encapsulate([bytes(8)])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    return ds


def test_encapsulated_pixels_are_bytes() -> None:
    ds = compressed()
    assert found_by(encapsulated_pixels, encoded(ds, JPEGBaseline8Bit)) == []
    # The VR of the element, as it is in the file.
    as_words = encoded(ds, JPEGBaseline8Bit).replace(b"\xe0\x7f\x10\0OB", b"\xe0\x7f\x10\0OW")
    wrong = "warning wrong-representation PixelData"
    assert found_by(encapsulated_pixels, as_words) == [wrong]


@pytest.mark.parametrize(
    ("stated", "syntax", "is_wrong"),
    [
        ("00", JPEGBaseline8Bit, True),
        ("01", JPEGBaseline8Bit, False),
        ("00", JPEGLosslessSV1, False),
        ("01", JPEGLosslessSV1, False),
    ],
)
def test_lossy_pixels_are_called_lossy(stated: str, syntax: str, is_wrong: bool) -> None:
    wrong = found_by(lossy_compression, encoded(compressed(LossyImageCompression=stated), syntax))
    assert wrong == ["violation lossy LossyImageCompression"] * is_wrong


@pytest.mark.parametrize(
    ("changes", "syntax", "wrong"),
    [
        ({}, JPEGBaseline8Bit, []),
        ({"BitsAllocated": 16}, JPEGBaseline8Bit, ["violation bits BitsAllocated"]),
        ({"BitsAllocated": 16}, JPEGLosslessSV1, []),
        ({"PhotometricInterpretation": "YBR_FULL"}, RLELossless, []),
        (
            {"PhotometricInterpretation": "YBR_FULL_422"},
            RLELossless,
            ["warning photometric PhotometricInterpretation"],
        ),
        (
            {"PhotometricInterpretation": "YBR_RCT"},
            JPEGBaseline8Bit,
            ["warning photometric PhotometricInterpretation"],
        ),
        ({"PhotometricInterpretation": "YBR_RCT"}, JPEG2000Lossless, []),
        ({"PixelRepresentation": 1}, JPEGBaseline8Bit, ["warning bits PixelRepresentation"]),
        ({"PixelRepresentation": 1}, JPEG2000Lossless, []),
        ({"PhotometricInterpretation": "FROG"}, JPEGBaseline8Bit, []),
    ],
)
def test_pixels_are_of_a_kind_that_can_be_compressed_so(
    changes: dict[str, object], syntax: str, wrong: list[str]
) -> None:
    assert found_by(compressed_pixels, encoded(compressed(**changes), syntax)) == wrong


@pytest.mark.parametrize(
    ("ratios", "outcomes"),
    [([20], []), ([1], []), ([0.5], ["warning"]), ([20, -2], ["violation"]), ([0], ["violation"])],
)
def test_a_ratio_is_that_of_something_smaller(ratios: list[float], outcomes: list[str]) -> None:
    ds = dataset(LossyImageCompression="01", LossyImageCompressionRatio=ratios)
    found = found_by(lossy_compression, ds)
    assert found == [f"{outcome} lossy LossyImageCompressionRatio" for outcome in outcomes]
