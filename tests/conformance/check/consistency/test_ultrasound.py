"""Calibrated regions of ultrasound."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.ultrasound import ultrasound_regions

INSIDE = {
    "RegionLocationMinX0": 0,
    "RegionLocationMaxX1": 9,
    "RegionLocationMinY0": 0,
    "RegionLocationMaxY1": 4,
    "PhysicalDeltaX": 0.1,
    "PhysicalDeltaY": 0.1,
}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"RegionLocationMinX0": 8, "RegionLocationMaxX1": 7}, ["violation RegionLocationMaxX1"]),
        ({"RegionLocationMaxY1": 9999}, ["violation RegionLocationMaxY1"]),
        ({"RegionLocationMaxY1": 5}, ["warning RegionLocationMaxY1"]),
        ({"PhysicalDeltaX": 0.0}, ["warning PhysicalDeltaX"]),
        ({"PhysicalDeltaX": 0.0, "PhysicalUnitsXDirection": 0}, []),
    ],
)
def test_a_region_lies_in_the_image_and_has_a_scale(
    changes: dict[str, object], wrong: list[str]
) -> None:
    region = dataset(**{**INSIDE, **changes})
    ds = dataset(Rows=5, Columns=10, SequenceOfUltrasoundRegions=[region])
    assert found_by(ultrasound_regions, ds) == [
        f"{outcome} region SequenceOfUltrasoundRegions[0].{keyword}"
        for outcome, keyword in map(str.split, wrong)
    ]
