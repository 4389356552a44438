"""The amplitude of the noise, and the level that is safely above it."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from octome.octa.acquisition import Float32

DARK_ROWS = 0.05  # of all rows: a strip that holds no tissue in any scan of a retina
# Amplitude of circular complex noise: standard deviation over mean.
RAYLEIGH_SPREAD = float(np.sqrt(4 / np.pi - 1))


def noise_amplitude(structure: Float32) -> float:
    """Mean amplitude of the noise, from the darkest strip of rows of each B-scan.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude, averaged over repeats.

    Returns
    -------
    amplitude : float
        Linear. NaN if every B-scan is NaN.

    Examples
    --------
    >>> rows = np.repeat(np.float32([1, 9, 9, 9]), 5).reshape(1, 20, 1)
    >>> noise_amplitude(rows)
    1.0
    """
    per_row = structure.mean(axis=2)
    per_row = per_row[np.isfinite(per_row).all(axis=1)]
    if per_row.size == 0:
        return float("nan")
    count = max(1, round(DARK_ROWS * per_row.shape[1]))
    # Adjacent rows: the darkest single rows would be those that are dark by chance.
    levels = sliding_window_view(per_row, count, axis=1).mean(axis=2)
    return float(np.median(levels.min(axis=1)))


def noise_floor(structure: Float32, repeats: int, *, sigmas: float = 3.0) -> float:
    """The amplitude that the mean of `repeats` noisy samples rarely reaches.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude, averaged over that many repeats.
    repeats : int
        How many were averaged.
    sigmas : float
        How many standard deviations of that mean above its expectation.

    Returns
    -------
    floor : float
        Linear amplitude, for the `noise_floor` of a flow method.
    """
    spread = RAYLEIGH_SPREAD / np.sqrt(repeats)
    return noise_amplitude(structure) * float(1 + sigmas * spread)
