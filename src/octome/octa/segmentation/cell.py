"""A B-scan averaged over cells of a few voxels."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel

LARGEST = float(np.finfo(np.float32).max)


def cells(bscan: Float32, rows: int, ascans: int) -> Float32:
    """The mean of each cell of `rows` by `ascans` voxels, A-scans first.

    Parameters
    ----------
    bscan : float32, (Z, X)
        Linear amplitude; what is not finite counts as 0.
    rows, ascans : int
        Size of a cell; the last one of each axis may be smaller.

    Returns
    -------
    mean : float32, (ceil(X / ascans), ceil(Z / rows))

    Examples
    --------
    >>> cells(np.float32([[1, 3, 5], [1, 3, 5]]), 2, 2).tolist()
    [[2.0], [5.0]]
    """
    depth, width = bscan.shape
    mean = np.zeros((-(-width // ascans), -(-depth // rows)), np.float32)
    _add_up(bscan, rows, ascans, mean)
    return mean


@kernel
def _add_up(bscan, rows, ascans, mean):  # type: ignore[no-untyped-def]
    """The sums of each cell, then divided by the number of voxels in it."""
    depth, width = bscan.shape
    for z in range(depth):
        for x in range(width):
            value = bscan[z, x]
            if 0 <= value <= LARGEST:
                mean[x // ascans, z // rows] += value
    for i in range(mean.shape[0]):
        wide = min(ascans, width - i * ascans)
        for j in range(mean.shape[1]):
            mean[i, j] /= wide * min(rows, depth - j * rows)
