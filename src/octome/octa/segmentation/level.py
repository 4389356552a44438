"""A window that follows the retina, in which steep retinas lie level and the rest is left out.

The network sees less and sees it better, and neighbouring columns share their rows.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.network import whole

LEVEL_UM = 300.0  # over which the line along the retina is smooth
ENDS_UM = 600.0  # from which the line is continued
# Rows of the grid above the retina and below it: a first look may take a lifted retina for BM.
ABOVE, BELOW = 10, 28
ABSENT = 0.5  # chance from which a surface does not count


def level_window(
    rows: Mapping[str, Float32],
    absent: Mapping[str, Float32],
    row_px: float,
    geometry: ScanGeometry,
) -> tuple[Float32, int]:
    """Where the window begins in each A-scan, and its height.

    Parameters
    ----------
    rows, absent : mapping of float32, (B, X)
        Surfaces from the vitreous down as found roughly, px, and the chance that each is not there.
    row_px : float
        Rows of the volume to one of the window.
    geometry : ScanGeometry

    Returns
    -------
    top : float32, (B, X)
        Row of the volume, px; it may lie outside.
    count : int
        Rows of the window, a number that the network takes.
    """
    known = {name: np.where(absent[name] < ABSENT, row, np.nan) for name, row in rows.items()}
    line = _line(known, geometry)
    over = np.stack([row - line for row in known.values()]) / row_px
    seen = over[np.isfinite(over)]
    first, last = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 0.0)
    count = whole(int(np.ceil(last - first)) + ABOVE + BELOW)
    return np.asarray(line + (first - ABOVE) * row_px, np.float32), count


def _line(known: Mapping[str, Float32], geometry: ScanGeometry) -> Float32:
    """A smooth line along BM, px, (B, X); where BM is absent, along what lies above it."""
    *_, last = known.values()
    line: Float32 = np.full(last.shape, np.nan, np.float32)
    for row in reversed(list(known.values())):
        both = np.isfinite(row) & np.isfinite(last)
        away = float(np.median((row - last)[both])) if both.any() else 0.0
        line = np.where(np.isnan(line), row - np.float32(away), line)
    there = np.isfinite(line)
    mean = float(line[there].mean()) if there.any() else 0.0
    for b, here in enumerate(there):
        line[b] = _filled(line[b], here, ENDS_UM / 1000 / geometry.ascan_mm, mean)
    # Beyond its ends the line goes on as it is.
    width = line.shape[1]
    reach = width - 1
    wide = np.pad(line, ((0, 0), (reach, reach)), mode="reflect", reflect_type="odd")
    sigma = LEVEL_UM / 1000 / geometry.ascan_mm
    return np.asarray(gaussian_filter1d(wide, sigma, axis=1)[:, reach : reach + width], np.float32)


def _filled(line: Float32, there: NDArray[np.bool_], ends: float, mean: float) -> Float32:
    """The line of one B-scan with its gaps bridged; beyond what is known it goes on straight."""
    x = np.arange(len(line))
    known = x[there]
    if not known.size:
        return np.full(line.shape, mean, np.float32)
    out = np.interp(x, known, line[there])
    for end, beyond in ((known[0], x < known[0]), (known[-1], x > known[-1])):
        near = known[np.abs(known - end) <= ends]
        if beyond.any() and near.size > ends / 2:
            slope, level = np.polyfit(near - end, line[near], 1)
            out[beyond] = level + slope * (x[beyond] - end)
    return out.astype(np.float32)
