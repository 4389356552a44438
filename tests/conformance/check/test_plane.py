"""How far points are from being in one plane."""

from __future__ import annotations

import math

import pytest

from octome.conformance.check.plane import thickness


def turned(points: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """Points of an oblique plane, rounded to a hundredth as files have them."""
    a, b = math.radians(37), math.radians(21)
    found = []
    for x, y in points:
        z = y * math.sin(a)
        y = y * math.cos(a)
        x, z = x * math.cos(b) - z * math.sin(b), x * math.sin(b) + z * math.cos(b)
        found.append((round(x + 12, 2), round(y - 7, 2), round(z + 33, 2)))
    return found


CIRCLE = [(40 * math.cos(t / 8), 40 * math.sin(t / 8)) for t in range(50)]
EIGHT = [(40 * math.sin(t / 8), 25 * math.sin(t / 4)) for t in range(50)]
LINE = [(9.0 * t, 0.0) for t in range(7)]
S_CURVE = [(9.0 * t, 20 * math.sin(t)) for t in range(-8, 9)]


@pytest.mark.parametrize("shape", [CIRCLE, EIGHT, LINE, S_CURVE])
def test_planar_shapes_are_planar_whatever_their_outline(shape: list[tuple[float, float]]) -> None:
    apart, extent = thickness(turned(shape))
    assert apart < 0.05
    assert 20 < extent < 90


def test_a_point_out_of_the_plane_is_seen() -> None:
    points = turned(EIGHT)
    x, y, z = points[20]
    points[20] = (x + 5, y - 5, z + 5)
    assert thickness(points)[0] > 2


def test_one_place_has_no_extent() -> None:
    assert thickness([(1, 2, 3)] * 4) == (0.0, 0.0)
