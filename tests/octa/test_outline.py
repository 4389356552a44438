"""How long an outline is."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.outline import contour_length, perimeter_mm


@pytest.mark.parametrize("radius", [10, 17.3, 30])
def test_the_outline_of_a_disc_is_right_to_one_per_cent(radius: float) -> None:
    b, x = np.ogrid[:80, :80]
    disc = np.hypot(b - 40.3, x - 39.6) < radius
    found = perimeter_mm(disc, bscan_mm=0.01, ascan_mm=0.01)
    assert found == pytest.approx(2 * np.pi * radius * 0.01, rel=0.01)


def test_pixels_need_not_be_square() -> None:
    b, x = np.ogrid[:200, :80]
    disc = np.hypot((b - 100) * 0.004, (x - 40) * 0.012) < 0.3
    found = perimeter_mm(disc, bscan_mm=0.004, ascan_mm=0.012)
    assert found == pytest.approx(2 * np.pi * 0.3, rel=0.015)


def test_a_hole_has_an_outline_too_and_so_has_the_edge_of_the_image() -> None:
    b, x = np.ogrid[:80, :80]
    away = np.hypot(b - 40, x - 40)
    found = perimeter_mm((away < 30) & (away > 15), bscan_mm=1, ascan_mm=1)
    assert found == pytest.approx(2 * np.pi * 45, rel=0.01)
    full = perimeter_mm(np.ones((50, 100), bool), bscan_mm=1, ascan_mm=1)
    assert full == pytest.approx(300, rel=0.03)


def test_a_contour_of_a_plane_is_straight() -> None:
    b, x = np.mgrid[:11, :21].astype(np.float32)
    # Across 20 columns of 0.5 mm; along b + x = 10.5 from edge to edge.
    assert contour_length(b, 4.5, 1.0, 0.5) == pytest.approx(10)
    assert contour_length(b + x, 10.5, 1.0, 1.0) == pytest.approx(10 * np.sqrt(2))
    assert contour_length(b, 99.0, 1.0, 1.0) == 0


def test_a_saddle_has_two_cuts() -> None:
    saddle = np.array([[1, 0], [0, 1]], np.float32)
    assert contour_length(saddle, 0.5, 1.0, 1.0) == pytest.approx(2 * np.sqrt(0.5))
