"""Grey values and reflectivity as linear amplitude, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.formats.grey import (
    GREY_SPAN_DB,
    amplitude_of_grey,
    amplitude_of_heyex_grey,
    amplitude_of_power,
    grey_scale,
)


def test_half_of_white_is_half_of_the_span_in_db() -> None:
    grey = np.array([0, 50, 100], np.uint8)
    # 40 dB of amplitude are a factor of 100; half of them a factor of 10.
    np.testing.assert_allclose(amplitude_of_grey(grey, 100), [0.01, 0.1, 1], rtol=1e-6)
    assert GREY_SPAN_DB == 40
    assert "grey 0 to 100 " in grey_scale(100)
    assert "40 dB" in grey_scale(100)


def test_the_file_s_array_is_not_changed() -> None:
    grey = np.array([10.0, np.nan], np.float32)
    amplitude = amplitude_of_grey(grey, 10)
    np.testing.assert_array_equal(grey, [10, np.nan])
    np.testing.assert_array_equal(amplitude, [1, np.nan])
    power = np.array([4.0, -1.0], np.float32)
    amplitude_of_power(power)
    np.testing.assert_array_equal(power, [4, -1])


def test_heyex_grey_is_a_logarithm_of_reflectivity() -> None:
    amplitude = amplitude_of_heyex_grey(np.arange(256, dtype=np.uint8).reshape(2, 128))
    assert (amplitude.shape, amplitude.dtype) == ((2, 128), np.float32)
    assert np.all(np.diff(amplitude.ravel()) > 0)
    # White: sqrt(exp(8.285 - 8.3) - 0.000244) = sqrt(0.985112 - 0.000244)
    assert amplitude[-1, -1] == pytest.approx(0.984868**0.5, abs=1e-6)


def test_missing_values_are_nan() -> None:
    power = np.array([0, 0.25, 9, -1, np.nan, np.finfo(np.float32).max], np.float32)
    expected = [0, 0.5, 3, np.nan, np.nan, np.nan]
    np.testing.assert_array_equal(amplitude_of_power(power), expected)
