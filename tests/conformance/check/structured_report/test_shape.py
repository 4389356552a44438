"""Shapes of points."""

from __future__ import annotations

import pytest

from octome.conformance.check.structured_report.shape import axes_wrong, is_flat


@pytest.mark.parametrize(
    ("fourth", "flat"), [((0, 9, 0), True), ((0, 9, 0.05), True), ((0, 9, 1), False)]
)
def test_points_are_in_a_plane_within_a_hundredth(fourth: tuple[float, ...], flat: bool) -> None:
    assert is_flat([(0, 0, 0), (9, 0, 0), (9, 9, 0), fourth]) is flat


def test_points_of_one_line_are_flat() -> None:
    assert is_flat([(0, 0, 0), (1, 1, 1), (2, 2, 2), (0, 0, 0)])


def test_axes_at_another_angle_are_wrong() -> None:
    slanted = [(0, 0), (100, 100), (50, 0), (50, 100)]
    assert axes_wrong(slanted, has_major=True) == "the axes are not at a right angle"


def test_axes_of_a_circle_in_whole_pixels_are_right() -> None:
    assert axes_wrong([(0, 3), (5, 3), (3, 0), (3, 5)], has_major=True) == ""


def test_an_ellipsoid_has_no_major_axis() -> None:
    ends = [(0, 5, 5), (10, 5, 5), (5, -50, 5), (5, 60, 5), (5, 5, 0), (5, 5, 10)]
    assert axes_wrong(ends, has_major=False) == ""
