"""Bright lines, their strength and direction."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.octa.ridges import ridges


def line(angle: float, bscan_mm: float, ascan_mm: float, width_mm: float = 0.01) -> np.ndarray:
    """A line through the middle of 80 x 80 pixels, 1 above its surroundings."""
    b, x = np.indices((80, 80)) - 40
    away = b * bscan_mm * np.cos(angle) - x * ascan_mm * np.sin(angle)
    return np.exp(-(away**2) / (2 * width_mm**2))


@pytest.mark.parametrize("degrees", [0, 30, 75, 90, 135])
@pytest.mark.parametrize("bscan_mm", [0.01, 0.02])
def test_a_line_is_found_with_its_direction(degrees: int, bscan_mm: float) -> None:
    angle = np.deg2rad(degrees)
    found = ridges(line(angle, bscan_mm, 0.01), bscan_mm=bscan_mm, ascan_mm=0.01, width_mm=0.01)
    assert np.rad2deg(found.direction[40, 40]) == pytest.approx(degrees, abs=1)
    assert found.strength[40, 40] == found.strength[38:43, 38:43].max()
    assert found.is_crest(bscan_mm, 0.01)[40, 40]
    assert found.strength[40, 40] > 0.3
    assert found.dark_strength[40, 40] < 0.1


def test_a_step_of_one_between_line_and_surroundings_gives_at_most_one() -> None:
    rng = np.random.default_rng(0)
    found = ridges(rng.random((50, 60)).round(), bscan_mm=0.01, ascan_mm=0.01, width_mm=0.008)
    assert np.abs(found.strength).max() < 1
    assert found.strength.shape == (50, 60)


def test_an_even_image_has_no_lines() -> None:
    found = ridges(np.full((30, 40), 0.7), bscan_mm=0.01, ascan_mm=0.01, width_mm=0.008)
    assert np.abs(found.strength).max() < 1e-12
    assert found.along == pytest.approx(0.7)


def test_dark_lines_of_an_image_are_bright_ones_of_its_negative() -> None:
    image = ndimage.gaussian_filter(np.random.default_rng(1).standard_normal((60, 60)), 1)
    step = {"bscan_mm": 0.01, "ascan_mm": 0.01, "width_mm": 0.01}
    assert ridges(image, **step).dark_strength == pytest.approx(ridges(-image, **step).strength)
