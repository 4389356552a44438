"""The beam's blur."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.beam import FWHM_PER_SIGMA
from octome.octa.phantom.eye import SimulatedEye


def test_the_width_at_half_maximum_is_that_of_a_gaussian() -> None:
    assert pytest.approx(2 * np.sqrt(2 * np.log(2)), abs=1e-4) == FWHM_PER_SIGMA


@pytest.fixture(scope="module")
def eye() -> SimulatedEye:
    return SimulatedEye(seed=3, motion=0, signal_db=60, bscans=4, repeats=2, ascans=64)


def test_repeats_of_a_still_eye_differ_in_blood_only(eye: SimulatedEye) -> None:
    first, second = eye.bscans()[1]
    still = np.cumsum(eye.truth.vessels[1] > 0, axis=0) == 0
    difference = np.abs(first - second)
    assert difference[still].mean() < 0.2 * difference[eye.truth.vessels[1] > 0].mean()


def test_a_frame_is_the_same_however_it_is_reached(eye: SimulatedEye) -> None:
    whole = eye.bscans()
    np.testing.assert_array_equal(eye.bscans(slice(3, 4))[0], whole[3])
    np.testing.assert_array_equal(eye.bscans(slice(1, 2))[0], whole[1])
