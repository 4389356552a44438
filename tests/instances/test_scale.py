"""Values as whole numbers, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.instances.scale import Scale, decibel_scale, linear_scale


def test_a_linear_scale_reaches_from_0_to_the_greatest_value() -> None:
    scale = linear_scale(np.array([1, 4], np.float32), top=5, unit="1", label="L", meaning="m")
    # 1 to 5 means 0, 1, 2, 3, 4.
    assert (scale.slope, scale.intercept) == (1.0, -1.0)
    values = np.array([0, 1.4, 4, 9, np.nan], np.float32)
    assert scale.stored(values).tolist() == [1, 2, 5, 5, 0]
    np.testing.assert_array_equal(
        scale.values(np.array([0, 1, 5], np.uint16)), np.array([np.nan, 0, 4], np.float32)
    )


def test_a_decibel_scale_ends_at_the_greatest_amplitude_and_spans_100_db() -> None:
    amplitude = np.array([1000.0, 10.0, np.nan], np.float32)
    scale = decibel_scale(amplitude, label="OCT", meaning="amplitude")
    ends = scale.intercept + scale.slope * np.array([1, 65535])
    np.testing.assert_allclose(ends, [-40, 60], atol=1e-6)
    assert scale.stored(amplitude)[[0, 2]].tolist() == [65535, 0]
    np.testing.assert_allclose(scale.values(scale.stored(amplitude))[:2], [1000, 10], rtol=1e-4)


def test_the_mapping_states_what_the_numbers_mean() -> None:
    scale = Scale(slope=0.5, intercept=-1.0, top=9, unit="dB", label="OCT", meaning="amplitude")
    mapping = scale.mapping()
    assert (mapping.RealWorldValueSlope, mapping.RealWorldValueIntercept) == (0.5, -1.0)
    assert mapping.MeasurementUnitsCodeSequence[0].CodeValue == "dB"
    assert mapping.LUTLabel == "OCT"


@pytest.mark.parametrize("nothing", [np.zeros(3), np.full(3, np.nan)])
def test_an_empty_image_has_a_scale_too(nothing: np.ndarray) -> None:
    for scale in (
        linear_scale(nothing.astype(np.float32), top=9, unit="1", label="L", meaning="m"),
        decibel_scale(nothing.astype(np.float32), label="L", meaning="m"),
    ):
        assert np.isfinite([scale.slope, scale.intercept]).all()
        assert scale.slope > 0
