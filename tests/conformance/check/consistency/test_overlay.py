"""Overlays."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import found_by

from octome.conformance.check.consistency.overlay import overlays, shutter_overlay


def overlay(*, bits: int = 1, position: int = 0, data: bytes = bytes(2)) -> Dataset:
    ds = Dataset()
    for element, value in ((0x0010, 3), (0x0011, 5), (0x0100, bits), (0x0102, position)):
        ds.add_new(0x60020000 + element, "US", value)
    ds.add_new(0x60023000, "OW", data)
    return ds


@pytest.mark.parametrize(
    ("ds", "expected"),
    [
        (overlay(), []),  # 15 bits
        (overlay(bits=8), ["60020100"]),
        (overlay(position=3), ["60020102"]),
        (overlay(bits=16, position=12, data=b""), []),  # in the bits of Pixel Data
        (overlay(data=bytes(2)), []),
    ],
)
def test_an_overlay_has_one_bit_for_each_pixel(ds: Dataset, expected: list[str]) -> None:
    assert found_by(overlays, ds) == [f"violation overlay {path}" for path in expected]


def test_an_overlay_is_long_enough() -> None:
    ds = overlay()
    ds.add_new(0x60020015, "IS", 3)  # 45 bits
    assert found_by(overlays, ds) == ["violation overlay 60023000"]


@pytest.mark.parametrize(
    ("element", "vr", "value"),
    [(0x0040, "CS", "R"), (0x0050, "SS", [2, 1]), (0x0010, "US", 9), (0x1001, "CS", "POND")],
)
def test_a_shutter_covers_the_image_and_is_not_shown(element: int, vr: str, value: object) -> None:
    ds = overlay()
    ds.Rows, ds.Columns, ds.ShutterOverlayGroup = 3, 5, 0x6002
    assert found_by(shutter_overlay, ds) == []
    ds.add_new(0x60020000 + element, vr, value)
    assert found_by(shutter_overlay, ds) == [f"violation overlay 6002{element:04x}"]
    ds.ShutterOverlayGroup = 0x6004
    assert found_by(shutter_overlay, ds) == []
