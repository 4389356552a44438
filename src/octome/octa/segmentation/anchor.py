"""The ILM and the RPE on thinned B-scans: the search for all other surfaces starts there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import median_filter

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import share
from octome.octa.segmentation.band import jumps
from octome.octa.segmentation.cell import cells, level
from octome.octa.segmentation.contrast import means
from octome.octa.segmentation.shortest_path import cheapest_path

CELL_UM = (6.0, 30.0)  # depth, width: finer than any layer, wider than a speckle
THINNEST_UM = 90.0  # from the ILM to the RPE
THICKEST_UM = 700.0
APART_UM = 40.0  # further than this from its neighbours, a B-scan is searched once more
# Cost of a slope of 1, in nepers of contrast.
STEEPNESS = 0.5


@dataclass(frozen=True)
class Anchors:
    """Two surfaces at every A-scan, to within a cell."""

    ilm: Float32
    """(B, X), row in px."""
    rpe: Float32
    """(B, X), row in px, of the bright bands of EZ and RPE."""


def anchors(volume: Float32, geometry: ScanGeometry, noise: float) -> Anchors:
    """The ILM and the RPE of a volume, to within a cell."""
    size = cell_size(geometry)
    count = -(-volume.shape[2] // size[1])
    found = np.zeros((2, len(volume), count), np.float32)
    search = _Search(size, geometry, noise)
    everywhere = np.zeros(count, np.float32), np.full(count, 1e6, np.float32)

    def look(part: slice) -> None:
        for b in range(part.start, part.stop):
            found[:, b] = search.of(volume[b], everywhere, everywhere)

    share(look, len(volume))
    expected = [_agreed(each, geometry, size) for each in found]
    reach = APART_UM / 1000 / geometry.axial_mm / size[0]
    off = [np.abs(f - e).max(1) > reach for f, e in zip(found, expected, strict=True)]
    again = np.flatnonzero(off[0] | off[1])

    def look_again(part: slice) -> None:
        for b in again[part]:
            bounds = [(each[b] - reach, each[b] + reach) for each in expected]
            found[:, b] = search.of(volume[b], *bounds)

    if len(again):
        share(look_again, len(again))
    ilm, rpe = (_at_ascans(each, size, volume.shape[2]) for each in found)
    return Anchors(ilm, rpe)


def cell_size(geometry: ScanGeometry) -> tuple[int, int]:
    """Rows and A-scans to a cell."""
    rows = max(1, round(CELL_UM[0] / geometry.axial_um))
    return rows, max(1, round(CELL_UM[1] / 1000 / geometry.ascan_mm))


class _Search:
    """Finds the two surfaces in a B-scan; holds what all B-scans share."""

    def __init__(self, size: tuple[int, int], geometry: ScanGeometry, noise: float) -> None:
        self.size = size
        self.row_um = geometry.axial_um * size[0]
        self.step = STEEPNESS * self.row_um / (geometry.ascan_mm * 1000 * size[1])
        self.noise = noise

    def rows(self, um: float) -> int:
        """A depth as a number of cells."""
        return max(1, round(um / self.row_um))

    def of(
        self, bscan: Float32, ilm_in: tuple[Float32, Float32], rpe_in: tuple[Float32, Float32]
    ) -> Float32:
        """ILM and RPE within these bounds, (2, X) in rows of cells."""
        bright = level(cells(bscan, *self.size), self.noise)
        depth = bright.shape[1]
        room = self.rows(THINNEST_UM)
        ilm = cheapest_path(
            self._ilm_cost(bright), ilm_in[0], np.minimum(ilm_in[1], depth - 1 - room), self.step
        )
        first = np.clip(rpe_in[0], ilm + room, depth - 1)
        last = np.clip(np.minimum(rpe_in[1], ilm + self.rows(THICKEST_UM)), first, depth - 1)
        rpe = cheapest_path(self._rpe_cost(bright, ilm), first, last, self.step)
        return np.stack([ilm, rpe])

    def _ilm_cost(self, bright: Float32) -> Float32:
        """Low where there is tissue below and, for a long way, none above."""
        below = means(bright, 1, self.rows(36))
        near = means(bright, -self.rows(24), -1)
        # Above the first row there is more vitreous, not more of the first row.
        vitreous = np.pad(bright, ((0, 0), (self.rows(180), 0)), constant_values=0)
        far = means(vitreous, -self.rows(180), -1)[:, self.rows(180) :]
        return (near + far) / np.float32(2) - below

    def _rpe_cost(self, bright: Float32, ilm: Float32) -> Float32:
        """Low in the lowest bright band with the dark ONL above it."""
        row = np.arange(bright.shape[1], dtype=np.float32)
        inside = row > ilm[:, None] + self.rows(30)
        # The dark above the retina must not be taken for the ONL.
        retina = np.where(inside, bright, np.max(bright, axis=1, keepdims=True))
        band = means(retina, -self.rows(18), self.rows(18))
        above = means(retina, -self.rows(100), -self.rows(45))
        below = means(retina, self.rows(40), self.rows(100))
        around = np.float32(0.6) * above + np.float32(0.4) * below
        return np.asarray(around - band, np.float32)


def _agreed(found: Float32, geometry: ScanGeometry, size: tuple[int, int]) -> Float32:
    """Where the neighbouring B-scans put a surface: the median, once their jumps are taken out."""
    jump = jumps(found)
    across = 2 * max(1, round(0.12 / geometry.bscan_mm)) + 1
    across = min(across, 2 * ((len(found) - 1) // 2) + 1)
    along = 2 * max(1, round(0.09 / geometry.ascan_mm / size[1])) + 1
    middle = median_filter(found - jump, (across, along), mode="nearest")
    return np.asarray(middle + jump, np.float32)


def _at_ascans(found: Float32, size: tuple[int, int], ascans: int) -> Float32:
    """From rows of cells to px, and from each cell to its A-scans."""
    centre = (np.arange(found.shape[1]) + 0.5) * size[1] - 0.5
    row = (found + 0.5) * size[0] - 0.5
    x = np.arange(ascans)
    return np.stack([np.interp(x, centre, each) for each in row]).astype(np.float32)
