"""How bright each layer is, and how badly a place for a surface fits the layers on both sides.

An edge alone does not show which layers it separates; how bright a whole layer is does. The
levels are learned from each scan, since they depend on the scanner and its scale of grey.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import smoothed

# RNFL, GCL, IPL, INL, OPL, ONL at first, from the dark (0) to the bright (1) end of a band.
USUAL = np.array([1.0, 0.55, 0.65, 0.3, 0.55, 0.0], np.float32)
ENDS = 0.1, 0.95  # quantiles of a band
NEAR_UM = 600.0  # the signal changes across a scan, and so do the levels
THIN_ROWS = 2  # a thinner layer shows nothing of its level
OFTEN = 0.1  # share of the A-scans in which a layer must be thick for its level to be learned
WHOLE_ROWS = 2.0  # what the whole scan's level counts, in rows of a layer
RNFL_ABOVE_GCL = 0.3  # of what the GCL exceeds the ONL: the least that the RNFL exceeds the GCL
SPREAD = 1 / 6  # of the speckle within a layer, in parts of what the brightest exceeds the darkest
WORST = 4.0  # of a misfit: one bright vessel does not move a surface


def usual_levels(band: Float32) -> Float32:
    """The levels to begin with: (L, B, X) for a band (B, X, N)."""
    dark, bright = np.quantile(band, ENDS)
    levels = dark + (bright - dark) * USUAL
    return np.broadcast_to(levels[:, None, None], (len(USUAL), *band.shape[:2])).astype(np.float32)


def learned_levels(
    band: Float32,
    edges: Sequence[Float32],
    before: Float32,
    geometry: ScanGeometry,
    group: tuple[int, int],
) -> Float32:
    """The levels in a band whose layers lie between these edges (each (B, X), in rows)."""
    row = np.arange(band.shape[2])
    levels = before.copy()
    for level, first, last in zip(levels, edges[:-1], edges[1:], strict=True):
        inside = (row >= first[..., None]) & (row < last[..., None])
        count = inside.sum(2).astype(np.float32)
        total = (band * inside).sum(2, dtype=np.float32)
        is_thick = count >= THIN_ROWS
        if is_thick.mean() <= OFTEN:
            continue
        whole = np.median(total[is_thick] / count[is_thick])
        near = smoothed(np.stack([count, total], 2), NEAR_UM, geometry, group=group)
        level[:] = (near[..., 1] + WHOLE_ROWS * whole) / (near[..., 0] + WHOLE_ROWS)
    rnfl, gcl, onl = levels[0], levels[1], levels[-1]
    levels[0] = np.maximum(rnfl, gcl + RNFL_ABOVE_GCL * (gcl - onl))
    return levels


def misfits(band: Float32, levels: Float32, end: Float32) -> Float32:
    """For each surface in each row: how ill all above fits the layer above, all below that below.

    Parameters
    ----------
    band : float32, (B, X, N)
    levels : float32, (L, B, X)
    end : float32, (B, X)
        The last row that counts.

    Returns
    -------
    cost : float32, (L - 1, B, X, N)
        Its least lies where the level changes from one layer's to the next's.

    Examples
    --------
    >>> band, levels = np.float32([[[1, 1, 0, 0]]]), np.float32([[[1]], [[0]]])
    >>> misfits(band, levels, np.float32([[3]]))[0, 0, 0].argmin().item()
    2
    """
    spread = (levels.max(0) - levels.min(0)) * np.float32(SPREAD)
    variance = np.maximum(spread**2, np.float32(1e-6))[..., None]
    counts = np.arange(band.shape[2]) <= end[..., None]
    fit = [np.minimum((band - level[..., None]) ** 2 / variance, WORST) for level in levels]
    cost = np.empty((len(levels) - 1, *band.shape), np.float32)
    for surface, above, below in zip(cost, fit[:-1], fit[1:], strict=True):
        apart = (above - below) * counts
        surface[:] = (np.cumsum(apart, axis=2) - apart) / band.shape[2]
    return cost
