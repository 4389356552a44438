"""A flow algorithm runs B-scan by B-scan, over the usable repeats."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.flow.bscans import flow_by_bscan


def largest_used(frames, used, floor, out) -> None:  # type: ignore[no-untyped-def]
    """The largest index among the usable repeats, plus the floor."""
    out[:] = used.max() + floor


def test_each_bscan_gets_its_usable_repeats_and_the_noise_floor() -> None:
    usable = np.array([[True, True, True], [True, True, False], [False, True, False]])
    flow = flow_by_bscan(
        np.ones((3, 3, 2, 2), np.float32), largest_used, usable=usable, noise_floor=0.5, out=None
    )
    np.testing.assert_array_equal(flow[:, 0, 0], [2.5, 1.5, np.nan])


@pytest.mark.parametrize(("amplitude", "expected"), [(True, np.float32), (False, np.complex64)])
def test_complex_frames_become_amplitude_on_request(amplitude: bool, expected: type) -> None:
    seen: list[np.dtype] = []

    def noted(frames, used, floor, out) -> None:  # type: ignore[no-untyped-def]
        seen.append(frames.dtype)
        out[:] = 0

    repeats = np.ones((1, 2, 2, 2), np.complex64)
    flow_by_bscan(repeats, noted, usable=None, noise_floor=0, out=None, amplitude=amplitude)
    assert seen == [np.dtype(expected)]


def test_out_of_another_shape_is_an_error() -> None:
    with pytest.raises(ShapeMismatch):
        flow_by_bscan(
            np.ones((1, 2, 2, 2), np.float32),
            largest_used,
            usable=None,
            noise_floor=0,
            out=np.empty((1, 2, 3), np.float32),
        )
