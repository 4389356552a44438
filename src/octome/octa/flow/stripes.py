"""Bright and absent lines across an en face image: B-scans taken while the eye moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32

BSCANS_ABOUT = 15
BETWEEN_VESSELS = 10  # percentile of a B-scan's pixels


def stripes_removed(enface: Float32) -> Float32:
    """The image with each B-scan brought to the level of its neighbours.

    The level of a B-scan is the 10th percentile of its pixels, those between the vessels; it
    follows the median of the levels of the B-scans about it. The median of the pixels would follow
    the vessels: on the simulated eye it made the stripes worse.

    Parameters
    ----------
    enface : float32, (B, X)
        A flow projection; NaN where absent.

    Returns
    -------
    enface : float32, (B, X)
        In the units of `enface`, NaN where it was.

    Raises
    ------
    ShapeMismatch
        Not two axes.

    Examples
    --------
    >>> stripes_removed(np.float32([[0, 1, 2], [5, 6, 7], [0, 1, 2]]))[1].tolist()
    [0.0, 1.0, 2.0]
    """
    if enface.ndim != 2:
        raise ShapeMismatch(
            f"an en face image has the axes (B, X); found shape {enface.shape}", found=enface.shape
        )
    out = enface.copy()
    present = np.isfinite(enface).any(axis=1)
    if not present.any():
        return out
    level = np.nanpercentile(enface[present], BETWEEN_VESSELS, axis=1)
    usual = ndimage.median_filter(level, min(BSCANS_ABOUT, len(level)), mode="nearest")
    out[present] += (usual - level)[:, None]
    return out


def absent_filled(enface: Float32) -> tuple[Float32, NDArray[np.bool_]]:
    """The image with absent B-scans interpolated from their neighbours, for display.

    Parameters
    ----------
    enface : float32, (B, X)
        NaN where absent.

    Returns
    -------
    enface : float32, (B, X)
        Without NaN in any column that has a value.
    is_filled : bool, (B, X)
        Where the value is interpolated: no measure may count it.

    Examples
    --------
    >>> image, is_filled = absent_filled(np.float32([[1.0], [np.nan], [3.0]]))
    >>> image[:, 0].tolist(), is_filled[:, 0].tolist()
    ([1.0, 2.0, 3.0], [False, True, False])
    """
    out = enface.copy()
    missing = np.isnan(enface)
    for x in np.flatnonzero(missing.any(axis=0)):
        absent = missing[:, x]
        if absent.all():
            continue
        here = np.flatnonzero(~absent)
        out[absent, x] = np.interp(np.flatnonzero(absent), here, enface[here, x])
    return out, missing & ~np.isnan(out)
