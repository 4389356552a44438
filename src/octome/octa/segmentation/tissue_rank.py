"""Brightness as a rank among the voxels of tissue, so that no scale of grey matters.

Scanners store amplitude, power, a logarithm or any curve of it in 8 bits. The order of two voxels
is the same in all of them, and all that a rank depends on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel, share
from octome.octa.segmentation.cell import cells

CELL_UM = (25.0, 120.0)  # depth, width: many speckles in each
TISSUE_UM = 350.0  # of depth in each A-scan: a retina and some of its choroid
DARK = 0.1  # share of the cells that are taken for the noise
MOST_BSCANS = 9  # to look at
SHIFT = 13  # bits of a float32 that do not count: steps of 0.1 %
LEVELS = 1 << (32 - SHIFT)
INFINITE = 0x7F800000 >> SHIFT


@dataclass(frozen=True)
class TissueRank:
    """What every amplitude of a volume is worth: 0 for the mean of the noise, 1 for the brightest.

    Tissue, as far as it is brighter than noise, is spread evenly between them.
    """

    table: Float32
    """By the upper bits of the amplitude's bits."""
    noise: float
    """Standard deviation of the noise in one voxel."""

    def of(self, volume: Float32) -> Float32:
        """The ranks of some B-scans (B, Z, X), a new array.

        What is not finite counts as 0; so do A-scans that are the same from top to bottom.
        """
        ranks = np.empty(volume.shape, np.float32)
        bits = np.ascontiguousarray(volume, np.float32).view(np.uint32)

        def look_up(part: slice) -> None:
            _look_up(bits[part], self.table, ranks[part])

        share(look_up, len(volume))
        np.copyto(ranks, self.table[0], where=_is_constant(volume))
        return ranks


def tissue_rank(volume: Float32, geometry: ScanGeometry) -> TissueRank:
    """The ranks of a volume (B, Z, X), from a few of its B-scans."""
    chosen = np.unique(np.linspace(0, len(volume) - 1, MOST_BSCANS).round().astype(int))
    some = np.ascontiguousarray(volume[chosen], np.float32)
    levels = some.view(np.uint32) >> SHIFT
    levels[~(some > 0) | ~np.isfinite(some) | _is_constant(some)] = 0
    every = _ranks(np.bincount(levels.ravel(), minlength=LEVELS))
    size = (
        max(1, round(CELL_UM[0] / geometry.axial_um)),
        max(1, round(CELL_UM[1] / 1000 / geometry.ascan_mm)),
    )
    place = every[levels]
    bright = np.stack([cells(bscan, *size) for bscan in place])
    # B-scan by B-scan and A-scan by A-scan: a shadow or a dark frame has tissue too.
    count = min(bright.shape[2], max(1, round(TISSUE_UM / geometry.axial_um / size[0])))
    is_tissue = bright >= np.sort(bright, axis=2)[..., -count, None]
    # Exactly 0 is what was not recorded, or a floor that was cut off: neither tissue nor noise.
    recorded = bright > every[0] * 1.001
    is_dark = bright <= np.quantile(bright[recorded], DARK) if recorded.any() else recorded
    is_tissue, is_dark = (
        _spread(cell & recorded, size, some.shape) & (levels > 0) for cell in (is_tissue, is_dark)
    )
    ranks = _ranks(np.bincount(levels[is_tissue], minlength=LEVELS))
    dark = ranks[levels[is_dark]]
    noise = float(dark.mean()) if dark.size else 0.0
    spread = float(dark.std()) if dark.size else 0.0
    scale = max(1 - noise, 1e-3)
    return TissueRank(((ranks - noise) / scale).astype(np.float32), spread / scale)


def _is_constant(volume: Float32) -> np.ndarray:
    """Where an A-scan holds one value, as a border that was filled or a blink, (B, 1, X)."""
    return np.asarray((volume == volume[:, :1]).all(axis=1, keepdims=True))


def _ranks(count: np.ndarray) -> Float32:
    """The share of voxels below each level, half of those at it included."""
    sums = np.cumsum(count, dtype=np.float64)
    return np.asarray((sums - count / 2) / max(sums[-1], 1e-9), np.float32)


def _spread(cell: np.ndarray, size: tuple[int, int], shape: tuple[int, ...]) -> np.ndarray:
    """A value of each cell (B, X, Z) at each of its voxels, (B, Z, X)."""
    whole = np.repeat(np.repeat(cell, size[1], 1), size[0], 2)
    return whole[:, : shape[2], : shape[1]].swapaxes(1, 2)


@kernel
def _look_up(bits, table, ranks):  # type: ignore[no-untyped-def]
    """The table at the upper bits of each float; negative numbers and NaN count as 0."""
    for b in range(bits.shape[0]):
        for z in range(bits.shape[1]):
            for x in range(bits.shape[2]):
                level = bits[b, z, x] >> np.uint32(SHIFT)
                ranks[b, z, x] = table[level] if level < np.uint32(INFINITE) else table[0]
