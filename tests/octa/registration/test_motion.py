"""The displacement of each frame and A-scan."""

from __future__ import annotations

import numpy as np

from octome.octa.registration.motion import Motion


def motion() -> Motion:
    frames = np.float32([[1, -1], [0, 0]])
    return Motion(
        axial_px=frames,
        lateral_px=2 * frames,
        axial_tilt_px=np.float32([[4, 0], [0, 0]]),
        slow_axial_px=np.float32([10, 20]),
        slow_lateral_px=np.float32([0, 5]),
        correlation=np.ones((2, 2), np.float32),
        is_usable=np.ones((2, 2), bool),
        reference=np.zeros(2, np.int64),
    )


def test_the_whole_displacement_is_that_of_the_repeat_and_of_the_position() -> None:
    np.testing.assert_array_equal(motion().total_axial_px, [[11, 9], [20, 20]])
    np.testing.assert_array_equal(motion().total_lateral_px, [[2, -2], [5, 5]])


def test_a_tilt_is_spread_over_the_ascans_about_the_mean() -> None:
    by_ascan = motion().axial_px_by_ascan(5)
    np.testing.assert_allclose(by_ascan[0, 0], [9, 10, 11, 12, 13])
    np.testing.assert_allclose(by_ascan[0, 1], 9)
