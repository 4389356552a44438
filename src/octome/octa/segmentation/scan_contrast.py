"""How much brighter the inner retina is than the noise, in dB, where a scan shows it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from octome.octa.acquisition import Float32
from octome.octa.enface import slab_projection

SURFACES = frozenset({"ILM", "RNFL", "IPL", "BM"})  # that it needs
MOST_BSCANS = 9  # to look at
GREYS = 256  # of a picture; amplitudes have more values
STRIP = 0.05  # of all rows
ABOVE_UM, BELOW_UM = 12.0, 300.0  # of the retina: no noise alone
MOST_ZEROS = 0.01  # of the strip's voxels


def scan_contrast_db(volume: Float32, rows: Mapping[str, Float32], axial_um: float) -> float | None:
    """20 log10 of the mean amplitude in GCL and IPL over that of the noise.

    Parameters
    ----------
    volume : float32, (B, Z, X)
        Linear amplitude.
    rows : mapping of float32, (B, X)
        The surfaces ILM, RNFL, IPL and BM.
    axial_um : float
        Between rows.

    Returns
    -------
    contrast : float or None
        dB. None where it cannot be known: the amplitudes come from a picture of 256 greys, whose
        curve is its vendor's choice; the noise was subtracted; the retina fills the depth; or
        nothing was found.
    """
    chosen = np.unique(np.linspace(0, len(volume) - 1, MOST_BSCANS).round().astype(int))
    some = np.nan_to_num(volume[chosen])
    if np.unique(some).size <= GREYS:
        return None
    here = {name: rows[name][chosen] for name in SURFACES}
    noise = _noise(some, here["ILM"] - ABOVE_UM / axial_um, here["BM"] + BELOW_UM / axial_um)
    tissue = slab_projection(some, here["RNFL"], here["IPL"])
    if noise is None or not np.isfinite(tissue).any():
        return None
    return float(20 * np.log10(max(float(np.nanmean(tissue)), 1e-30) / noise))


def _noise(volume: Float32, top: Float32, bottom: Float32) -> float | None:
    """The mean of the darkest strip of rows above or below the retina; median of the B-scans."""
    count = max(1, round(STRIP * volume.shape[1]))
    row = np.arange(volume.shape[1])
    levels, zeros = [], []
    for bscan, first, last in zip(volume, top, bottom, strict=True):
        if not np.isfinite(first).any():
            continue
        mean = bscan.mean(axis=1)
        mean[(row > np.nanmin(first)) & ~(row > np.nan_to_num(last, nan=np.inf).max())] = np.nan
        strips = sliding_window_view(mean, count).mean(axis=1)
        if np.isfinite(strips).any():
            at = int(np.nanargmin(strips))
            levels.append(float(strips[at]))
            zeros.append(float((bscan[at : at + count] == 0).mean()))
    if not levels or np.median(zeros) > MOST_ZEROS:
        return None
    return float(np.median(levels)) or None
