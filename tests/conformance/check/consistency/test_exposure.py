"""Exposure of computed tomography."""

from __future__ import annotations

import pytest
from small_instance import ct_image, found_by

from octome.conformance.check.consistency.exposure import spiral_exposure_time


@pytest.mark.parametrize(
    ("acquisition", "time_ms", "is_wrong"),
    [("SPIRAL", 625, False), ("SPIRAL", 500, True), ("SEQUENCED", 500, False)],
)
def test_a_spiral_exposes_for_a_revolution_by_pitch(
    acquisition: str, time_ms: int, *, is_wrong: bool
) -> None:
    ds = ct_image()
    ds.AcquisitionType, ds.ExposureTime = acquisition, time_ms
    ds.RevolutionTime, ds.SpiralPitchFactor = 0.5, 0.8
    assert found_by(spiral_exposure_time, ds) == ["warning exposure ExposureTime"] * is_wrong
