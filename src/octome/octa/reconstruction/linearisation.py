"""From the pixels of the detector to equal steps of wavenumber.

An A-scan is a sum of waves, and a deep one is a wave of nearly half a cycle per pixel. Between
such samples a cubic is wrong by 4 % at four tenths of the depth range and by 16 % at six tenths; a
sinc under a Kaiser window over 12 pixels stays below 0.3 % to seven tenths and at 5 % at eight
tenths, and costs 0.2 microseconds more an A-scan where A-scans lie side by side (the bench has
both). Samples near the ends of the range cannot be computed: where the wavenumber changes fastest,
the deepest fringes are faster than the pixels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.calibration import Calibration

TAPS = 12
KAISER = 5.0  # shape of the window: lower reaches deeper, higher is more exact in shallow tissue


def pixel_of_uniform(calibration: Calibration) -> NDArray[np.float64]:
    """Where on the detector, in pixels, each of the equal steps of wavenumber lies, (K,)."""
    order = np.argsort(calibration.wavenumber)
    # Imported here: only a reconstruction needs to wait for it.
    from scipy.interpolate import CubicSpline

    place = CubicSpline(calibration.wavenumber[order], order.astype(np.float64))
    return np.asarray(np.clip(place(calibration.uniform), 0, calibration.samples - 1))


def interpolation(calibration: Calibration) -> tuple[NDArray[np.int64], Float32]:
    """The pixels and weights that make each sample at equal steps of wavenumber.

    Vergnole et al. 2010, https://doi.org/10.1364/OE.18.010446, compare such kernels; ours is
    normalised to pass a constant unchanged.

    Parameters
    ----------
    calibration : Calibration
        Its wavenumbers are used.

    Returns
    -------
    first : int64, (K,)
        The first of the pixels used.
    weights : float32, (K, TAPS)
        Of that pixel and those after it; they add up to 1.

    Raises
    ------
    ShapeMismatch
        Fewer than TAPS samples.
    """
    if calibration.samples < TAPS:
        raise ShapeMismatch(
            f"interpolation needs {TAPS} or more samples, this calibration has "
            f"{calibration.samples}",
            found=calibration.samples,
            needed=TAPS,
        )
    place = pixel_of_uniform(calibration)
    first = np.floor(place).astype(np.int64) - TAPS // 2 + 1
    first = np.clip(first, 0, calibration.samples - TAPS)
    away = place[:, None] - (first[:, None] + np.arange(TAPS))
    inside = np.clip(1 - (away / (TAPS / 2)) ** 2, 0, None)
    weights = np.sinc(away) * np.where(inside > 0, np.i0(KAISER * np.sqrt(inside)), 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    return first, weights.astype(np.float32)


def linearised(spectra: NDArray[np.floating[Any]], calibration: Calibration) -> Float32:
    """Spectra `(..., K)` at equal steps of wavenumber; for a few, where speed does not matter."""
    first, weights = interpolation(calibration)
    taps = spectra[..., first[:, None] + np.arange(TAPS)]
    return np.asarray((taps * weights).sum(axis=-1), np.float32)
