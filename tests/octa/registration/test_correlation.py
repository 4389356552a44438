"""The displacement of one frame against another."""

from __future__ import annotations

import numpy as np
import pytest
from texture import texture

from octome.octa.registration.correlation import (
    displacement,
    lateral_profile,
    moved,
    strip_edges,
    transform,
    vertex,
)

ROWS = 128


@pytest.mark.parametrize("shift", [0.0, 0.3, -2.6, 7.0])
def test_a_frame_moved_in_its_transform_is_found_where_it_was_moved_to(shift: float) -> None:
    waves = transform(texture(ROWS, 80))
    lower = moved(waves, -shift, ROWS)
    found = displacement(waves, lower, ROWS, lags=2, reach_px=10)
    assert found.axial_px == pytest.approx(shift, abs=0.005)
    assert found.lateral_px == pytest.approx(0, abs=0.02)
    assert found.correlation == pytest.approx(1, abs=1e-3)


def test_tissue_from_larger_x_is_a_positive_lateral_displacement() -> None:
    still = texture(ROWS, 80)
    waves, right = transform(still), transform(np.roll(still, -2, axis=1))
    found = displacement(waves, right, ROWS, lags=4, reach_px=5)
    assert found.lateral_px == pytest.approx(2, abs=0.1)
    assert lateral_profile(waves, right, ROWS, lags=4, reach_px=5).argmax() == 4 - 2


def test_frames_of_different_tissue_do_not_correlate() -> None:
    found = displacement(
        transform(texture(ROWS, 80, seed=0)),
        transform(texture(ROWS, 80, seed=1)),
        ROWS,
        lags=2,
        reach_px=10,
    )
    assert found.correlation < 0.9
    assert found.weakest < found.correlation


def test_dark_frames_have_no_correlation() -> None:
    dark = transform(np.zeros((ROWS, 40), np.float32))
    found = displacement(dark, dark, ROWS, lags=1, reach_px=3)
    assert found.correlation == 0


def test_strips_have_16_ascans_or_more_and_are_8_at_most() -> None:
    assert list(strip_edges(36, 2)) == [2, 18, 34]
    assert len(strip_edges(1000, 0)) == 9
    assert list(strip_edges(10, 1)) == [1, 9]


def test_the_summit_of_a_parabola_lies_between_samples() -> None:
    values = -((np.arange(5) - 2.25) ** 2)
    assert vertex(values, 2) == pytest.approx(2.25)
    assert vertex(values, 0) == 0
