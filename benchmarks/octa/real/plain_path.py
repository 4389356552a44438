"""The plain shortest path of Chiu et al. 2010, for comparison, one B-scan at a time.

Gradients between 0 and 1, an edge weighs 2 minus the gradients at both of its ends, the two
strongest paths from dark to bright are ILM and EZ, and each further one lies between those
found before. https://doi.org/10.1364/OE.18.019413
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from octome.octa.acquisition import Float32, ScanGeometry

SLOPE = 2  # rows from one A-scan to the next at most
FAR = 1e6
SIGMA_PX = 1.5, 3.0


def plain_paths(grey: Float32, geometry: ScanGeometry) -> dict[str, Float32]:
    """ILM, RNFL, IPL, INL, OPL, EZ and BM of one grey B-scan (Z, X), each (X,) in rows."""
    um = geometry.axial_um
    even = gaussian_filter(grey, SIGMA_PX)
    slope = np.gradient(even, axis=0)
    brighter, darker = _unit(slope), _unit(-slope)
    depth, width = grey.shape
    everywhere = np.zeros(width), np.full(width, depth - 1.0)
    first = path(brighter, *everywhere)
    gap = 60 / um
    above = path(brighter, everywhere[0], first - gap)
    below = path(brighter, first + gap, everywhere[1])
    strength = [_strength(slope, row) for row in (above, below)]
    ilm, ez = (above, first) if strength[0] > strength[1] else (first, below)
    found = {"ILM": ilm, "EZ": ez}
    found["BM"] = path(darker, ez + 20 / um, ez + 100 / um)
    found["OPL"] = path(darker, ilm + 0.35 * (ez - ilm), ez - 30 / um)
    found["INL"] = path(brighter, found["OPL"] - 50 / um, found["OPL"] - 6 / um)
    found["IPL"] = path(darker, found["INL"] - 60 / um, found["INL"] - 6 / um)
    found["RNFL"] = path(darker, ilm + 4 / um, found["IPL"] - 10 / um)
    return found


def path(gradient: Float32, first: Float32, last: Float32) -> Float32:
    """The path of least weight across a picture of gradients, between two rows of each A-scan."""
    depth, width = gradient.shape
    row = np.arange(depth)[:, None]
    inside = (row >= np.clip(first, 0, depth - 2)) & (row <= np.clip(last, first + 1, depth - 1))
    weight = np.where(inside, 1 - gradient, FAR)
    total, origin = weight[:, 0], np.zeros((depth, width), np.intp)
    for x in range(1, width):
        padded = np.pad(total, SLOPE, constant_values=np.inf)
        near = np.stack([padded[k : k + depth] for k in range(2 * SLOPE + 1)])
        best = near.argmin(0)
        origin[:, x] = np.arange(depth) + best - SLOPE
        total = near[best, np.arange(depth)] + weight[:, x]
    found = np.empty(width, np.float32)
    at = int(total.argmin())
    for x in range(width - 1, -1, -1):
        found[x] = at
        at = origin[at, x]
    return found


def _unit(slope: Float32) -> Float32:
    return np.clip(slope / slope.max(), 0, 1)


def _strength(slope: Float32, row: Float32) -> float:
    at = np.clip(row.astype(int), 0, len(slope) - 1)
    return float(slope[at, np.arange(slope.shape[1])].mean())
