"""Semi-global aggregation: the cost of a surface, with the cost at its neighbours added."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share


def aggregated(cost: Float32, *, step_x: float, step_b: float) -> Float32:
    """The mean cost of the cheapest paths that end in each voxel, from four sides.

    A surface's cost is noisy in any one A-scan. Here each A-scan is joined by those before and
    after it in its B-scan, and those at its position in the B-scans before and after, every row of
    difference between neighbours costing `step_x` or `step_b`.

    Parameters
    ----------
    cost : float32, (B, X, N)
        Of the surface lying in each of N rows, finite.
    step_x, step_b : float
        Cost of each row of difference to the next A-scan, to the next B-scan.

    Returns
    -------
    aggregated : float32, (B, X, N)
        A new array.

    References
    ----------
    Hirschmueller 2008, https://doi.org/10.1109/TPAMI.2007.1166, eq. 13 and 14, over (B, X) in
    place of the image plane, with a penalty in proportion to the step in place of P1 and P2:
    a retina slopes, it does not tear.

    Examples
    --------
    >>> cost = np.zeros((1, 3, 3), np.float32)
    >>> cost[0, (0, 2), 1] = -1
    >>> aggregated(cost, step_x=0.5, step_b=0.5)[0, 1].argmin().item()
    1
    """
    bscans, ascans = cost.shape[:2]
    total = np.zeros_like(cost)

    def along_x(part: slice) -> None:
        for b in range(part.start, part.stop):
            _sweep(cost[b], total[b], np.float32(step_x))

    share(along_x, bscans)
    if bscans > 1:

        def along_b(part: slice) -> None:
            _sweep_across(cost, total, part.start, part.stop, np.float32(step_b))

        share(along_b, ascans)
    sides = 4 if bscans > 1 else 2
    total /= np.float32(sides)
    return total


@kernel
def _sweep(cost, total, step):  # type: ignore[no-untyped-def]
    """Add the paths along X to `total`, both ways."""
    columns, rows = cost.shape
    path = np.empty(rows, np.float32)
    for way in range(2):
        path[:] = 0
        for i in range(columns):
            x = i if way == 0 else columns - 1 - i
            _advance(path, cost[x], step)
            for z in range(rows):
                total[x, z] += path[z]


@kernel
def _sweep_across(cost, total, start, stop, step):  # type: ignore[no-untyped-def]
    """Add the paths along B to `total`, both ways."""
    count, _, rows = cost.shape
    path = np.empty((stop - start, rows), np.float32)
    for way in range(2):
        path[:] = 0
        for i in range(count):
            b = i if way == 0 else count - 1 - i
            for x in range(start, stop):
                _advance(path[x - start], cost[b, x], step)
                for z in range(rows):
                    total[b, x, z] += path[x - start, z]


@kernel
def _advance(path, cost, step):  # type: ignore[no-untyped-def]
    """The path's cost one place on; the least is kept at the cost's own height."""
    rows = path.size
    for z in range(1, rows):
        path[z] = min(path[z], path[z - 1] + step)
    least = path[rows - 1]
    for z in range(rows - 2, -1, -1):
        path[z] = min(path[z], path[z + 1] + step)
        least = min(least, path[z])
    for z in range(rows):
        path[z] += cost[z] - least
