"""Several surfaces chosen together, down one A-scan, in their order."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share


def chained(costs: Float32, thickness: Float32, slack: float) -> Float32:
    """The rows of surfaces that cost least together and never cross.

    Parameters
    ----------
    costs : float32, (S, B, X, N)
        Of each surface lying in each row.
    thickness : float32, (S - 1, 2) or (S - 1, 2, B, X)
        Of the layer between one surface and the next, in rows: least and greatest that cost
        nothing. Never less than 0.
    slack : float
        Cost of each row that a layer is thinner or thicker than that.

    Returns
    -------
    rows : float32, (S, B, X)
        Whole numbers; each surface lies at or below the one before it.

    Notes
    -----
    Exact, by dynamic programming over the surfaces: N^2 steps for each layer.

    Examples
    --------
    >>> costs = np.float32([[[[0, 0, -3, 0]]], [[[-2, 0, 0, -1]]]])
    >>> chained(costs, np.float32([[0, 3]]), 1.0).ravel().tolist()
    [2.0, 3.0]
    """
    surfaces, bscans, ascans, _ = costs.shape
    rows = np.zeros((surfaces, bscans, ascans), np.float32)
    if thickness.ndim == 2:
        thickness = thickness[:, :, None, None]
    limits = np.ascontiguousarray(
        np.broadcast_to(thickness, (surfaces - 1, 2, bscans, ascans)), np.float32
    )

    def choose(part: slice) -> None:
        _choose(costs[:, part], limits[:, :, part], np.float32(slack), rows[:, part])

    share(choose, bscans)
    return rows


@kernel
def _choose(costs, limits, slack, rows):  # type: ignore[no-untyped-def]
    """For each A-scan: the least sums downwards, then back along the origins."""
    surfaces, bscans, ascans, count = costs.shape
    total = np.empty((surfaces, count), np.float32)
    origin = np.empty((surfaces, count), np.int32)
    penalty = np.empty((surfaces, count), np.float32)
    for b in range(bscans):
        for x in range(ascans):
            for s in range(surfaces - 1):
                for t in range(count):
                    too_much = max(limits[s, 0, b, x] - t, np.float32(t) - limits[s, 1, b, x])
                    penalty[s, t] = slack * max(np.float32(0), too_much)
            for z in range(count):
                total[0, z] = costs[0, b, x, z]
            for s in range(1, surfaces):
                for z in range(count):
                    best, place = np.float32(1e9), 0
                    for above in range(z + 1):
                        here = total[s - 1, above] + penalty[s - 1, z - above]
                        if here < best:
                            best, place = here, above
                    total[s, z] = best + costs[s, b, x, z]
                    origin[s, z] = place
            at = np.argmin(total[surfaces - 1])
            for s in range(surfaces - 1, -1, -1):
                rows[s, b, x] = at
                at = origin[s, at]


def below_peak(costs: Float32, rows: Float32) -> Float32:
    """`rows` moved to the vertex of the parabola through the cost there and on either side.

    >>> below_peak(np.float32([[[3, 1, 2]]]), np.float32([[1]])).item() < 1.2
    True
    """
    count = costs.shape[-1]
    at = np.clip(rows.astype(np.intp), 1, count - 2)[..., None]
    up, here, down = (np.take_along_axis(costs, at + k, -1)[..., 0] for k in (-1, 0, 1))
    bend = up - 2 * here + down
    shift = np.where(bend > 1e-6, (up - down) / (2 * np.maximum(bend, 1e-6)), 0)
    inside = (rows > 0) & (rows < count - 1)
    return np.where(inside, rows + np.clip(shift, -0.5, 0.5), rows).astype(np.float32)
