"""The shape that points make: whether they are in one plane, and what is wrong with two axes."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from octome.conformance.check.plane import Point, thickness

# Where points are written in whole pixels, or with few digits, a shape is not exact.
SHARE = 0.05  # of the longest axis
ROUNDED = 1.0  # px in an image, mm in space
PLANE_SHARE, PLANE_ROUNDED_MM = 0.01, 0.001


def is_flat(points: Sequence[Point]) -> bool:
    """Whether points in space are in one plane.

    Examples
    --------
    >>> is_flat([(0, 0, 0), (9, 0, 0), (9, 9, 0), (0, 9, 0)])
    True
    >>> is_flat([(0, 0, 0), (9, 0, 0), (9, 9, 5), (0, 9, 0)])
    False
    """
    apart, extent = thickness(points)
    return apart <= PLANE_SHARE * extent + PLANE_ROUNDED_MM


def axes_wrong(points: Sequence[Point], *, has_major: bool) -> str:
    """What is wrong with axes that are given by their ends, two points each; empty if nothing is.

    Examples
    --------
    >>> axes_wrong([(0, 50), (99, 50), (50, 30), (50, 70)], has_major=True)
    ''
    >>> axes_wrong([(0, 0), (99, 0), (99, 50), (0, 50)], has_major=True)
    'the axes do not cross in their middle'
    >>> axes_wrong([(50, 30), (50, 70), (0, 50), (99, 50)], has_major=True)
    'the first axis, the major one, is the shorter'
    """
    axes = list(zip(points[::2], points[1::2], strict=True))
    lengths = [dist(*axis) for axis in axes]
    near = SHARE * max(lengths) + ROUNDED
    middles = [[(a + b) / 2 for a, b in zip(*axis, strict=True)] for axis in axes]
    if any(dist(middles[0], middle) > near for middle in middles[1:]):
        return "the axes do not cross in their middle"
    for one in range(len(axes)):
        for other in range(one):
            along = sum(
                (b - a) * (d - c) for a, b, c, d in zip(*axes[one], *axes[other], strict=True)
            )
            if abs(along) > SHARE * lengths[one] * lengths[other] + ROUNDED * max(lengths) * 2:
                return "the axes are not at a right angle"
    if has_major and lengths[1] > lengths[0] + near:
        return "the first axis, the major one, is the shorter"
    return ""
