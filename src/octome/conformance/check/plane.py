"""How far points in space are from being in one plane."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

Point = Sequence[float]
Vector = tuple[float, float, float]


def thickness(points: Sequence[Point]) -> tuple[float, float]:
    """How far apart points are across a plane through them, and how far they are from their centre.

    The plane contains the centre, the point that is furthest from it, and the one that is furthest
    from the line through both. So rounded coordinates are magnified little, whatever the shape:
    points near a line, and outlines that cross themselves, have a plane too.

    Examples
    --------
    >>> thickness([(0, 0, 0), (9, 0, 0), (9, 9, 0), (0, 9, 0)])[0]
    0.0
    >>> eight = [(0, 0, 0.01), (9, 9, 0), (9, 0, 0), (0, 9, 0)]
    >>> thickness(eight)[0] < 0.02
    True
    """
    count = len(points)
    x, y, z = (sum(point[axis] for point in points) / count for axis in range(3))
    around: list[Vector] = [(point[0] - x, point[1] - y, point[2] - z) for point in points]
    furthest = max(around, key=lambda point: hypot(*point))
    extent = hypot(*furthest)
    normal = max((_across(furthest, point) for point in around), key=lambda each: hypot(*each))
    size = hypot(*normal)
    if not size:
        return 0.0, extent  # all points are on a line
    offsets = [sum(a * b for a, b in zip(point, normal, strict=True)) / size for point in around]
    # The line is in the plane: no point is further from the plane than from the line.
    from_line = size / extent
    return min(max(offsets) - min(offsets), 2 * from_line), extent


def _across(one: Vector, other: Vector) -> Vector:
    (ax, ay, az), (bx, by, bz) = one, other
    return ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
