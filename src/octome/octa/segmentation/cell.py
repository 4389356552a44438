"""Amplitude averaged over cells of a few voxels, and its logarithm."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel

LARGEST = float(np.finfo(np.float32).max)
FLOOR_UM = (25.0, 120.0)  # depth, width of the cells that give the noise: many speckles in each


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


def level(amplitude: Float32, noise: float) -> Float32:
    """The amplitude in nepers over `noise`, at least 0.

    >>> level(np.float32([0, 1, np.e]), 1.0).round(3).tolist()
    [0.0, 0.0, 1.0]
    """
    return np.log(np.maximum(amplitude, noise) / np.float32(noise))


def darkest_level(volume: Float32, geometry: ScanGeometry) -> float:
    """The amplitude where there is no tissue: the darkest tenth of the cells of a few B-scans.

    At least a two hundredth of the brightest hundredth, for scans whose floor was set to zero.
    """
    rows = max(1, round(FLOOR_UM[0] / geometry.axial_um))
    ascans = max(1, round(FLOOR_UM[1] / 1000 / geometry.ascan_mm))
    chosen = np.unique(np.linspace(0, len(volume) - 1, 9).round().astype(int))
    found = np.concatenate([cells(volume[b], rows, ascans).ravel() for b in chosen])
    found = found[found > 0]
    if found.size == 0:
        return 1.0
    low, high = np.quantile(found, (0.1, 0.99))
    return float(max(low, high / 200))
