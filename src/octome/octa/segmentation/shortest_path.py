"""The cheapest way through a B-scan from its first A-scan to its last, one row to each."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel


def cheapest_path(cost: Float32, first: Float32, last: Float32, step: float) -> Float32:
    """The row of each A-scan on the cheapest path across a B-scan.

    Parameters
    ----------
    cost : float32, (X, Z)
        Of each voxel, finite.
    first, last : float32, (X,)
        The path keeps to these rows, both included.
    step : float
        Cost of each row that the path rises or falls between neighbours.

    Returns
    -------
    row : float32, (X,)
        Whole numbers.

    References
    ----------
    Chiu et al. 2010, https://doi.org/10.1364/OE.18.019413: the shortest path is found by dynamic
    programming, and a step costs in proportion to its height, in place of weights on the edges.

    Examples
    --------
    >>> cost = np.float32([[1, 0, 1], [1, 1, 0], [1, 0, 1]])
    >>> everywhere = np.zeros(3, np.float32), np.full(3, 2, np.float32)
    >>> cheapest_path(cost, *everywhere, step=0.1).tolist()
    [1.0, 2.0, 1.0]
    >>> cheapest_path(cost, *everywhere, step=1.0).tolist()
    [1.0, 1.0, 1.0]
    """
    row = np.empty(cost.shape[0], np.float32)
    _walk(
        np.ascontiguousarray(cost, np.float32),
        np.clip(first, 0, cost.shape[1] - 1).astype(np.int32),
        np.clip(last, 0, cost.shape[1] - 1).astype(np.int32),
        np.float32(step),
        row,
    )
    return row


@kernel
def _walk(cost, first, last, step, row):  # type: ignore[no-untyped-def]
    """The recursion forwards, then back along the stored origins."""
    far = np.float32(1e9)
    columns, rows = cost.shape
    origin = np.empty((columns, rows), np.int32)
    total = np.full(rows, far, np.float32)
    best = np.empty(rows, np.float32)
    total[first[0] : last[0] + 1] = cost[0, first[0] : last[0] + 1]
    for x in range(1, columns):
        best[:] = total
        for z in range(rows):
            origin[x, z] = z
        for z in range(1, rows):
            if best[z - 1] + step < best[z]:
                best[z] = best[z - 1] + step
                origin[x, z] = origin[x, z - 1]
        for z in range(rows - 2, -1, -1):
            if best[z + 1] + step < best[z]:
                best[z] = best[z + 1] + step
                origin[x, z] = origin[x, z + 1]
        total[:] = far
        for z in range(first[x], last[x] + 1):
            total[z] = best[z] + cost[x, z]
    at = np.argmin(total)
    for x in range(columns - 1, 0, -1):
        row[x] = at
        at = origin[x, at]
    row[0] = at
