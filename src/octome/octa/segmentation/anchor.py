"""The ILM and Bruch's membrane on thinned B-scans, found first: all others lie between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, median_filter

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import share
from octome.octa.segmentation.band import jumps
from octome.octa.segmentation.cell import cells
from octome.octa.segmentation.contrast import means
from octome.octa.segmentation.shortest_path import cheapest_path

CELL_UM = (8.0, 30.0)  # depth, width: finer than any layer, wider than a speckle
TISSUE = 0.25  # rank from which a cell counts as tissue: more than haze, less than a dim edge
# Cost of 100 um of tissue above the ILM, and of a retina's thickness without any below it. A thin
# bright line in the vitreous is little tissue; a retina with fluid in it is more than void.
TISSUE_ABOVE, VOID_BELOW = 1.5, 1.0
RETINA_UM = 150.0
# From the ILM to BM, um: what costs nothing, from the thin fovea to the thick rim of the disc.
USUAL_UM = (150.0, 500.0)
THICKNESS = 0.2  # cost of each 100 um beyond that
THINNEST_UM, THICKEST_UM = 50.0, 1000.0
ONL_UM = (150.0, 80.0)  # above BM, from and to
INNER_UM = 40.0  # below the ILM, where no ONL is
BAND = 2.0  # weight of the contrast at BM against that at the ILM
BEYOND_UM = 300.0  # rows that are added below the scan, for a BM that has left it
STEEPNESS = 0.5, 1.5  # cost of a slope of 1: of the ILM, of BM against the ILM's wide shape
SHAPE_UM = 300.0
APART_UM = 40.0  # further than this from its neighbours, a B-scan is searched once more
NEAR = 0.5  # cost of each 10 um away from the neighbours, then


@dataclass(frozen=True)
class Anchors:
    """Two surfaces at every A-scan, to within a cell."""

    ilm: Float32
    """(B, X), row in px."""
    bm: Float32
    """(B, X), row in px; it may lie below the scan."""


def anchors(ranks: Float32, geometry: ScanGeometry) -> Anchors:
    """The ILM and BM of a volume of ranks (B, Z, X), to within a cell."""
    search = _Search(geometry)
    size = search.size
    count = -(-ranks.shape[2] // size[1])
    found = np.zeros((2, len(ranks), count), np.float32)

    def look(part: slice) -> None:
        for b in range(part.start, part.stop):
            found[:, b] = search.of(ranks[b])

    share(look, len(ranks))
    expected = np.stack([_agreed(each, geometry, size) for each in found])
    off = np.abs(found - expected).max((0, 2)) > APART_UM / search.row_um
    again = np.flatnonzero(off) if len(ranks) > 2 else np.empty(0, int)

    def look_again(part: slice) -> None:
        for b in again[part]:
            found[:, b] = search.of(ranks[b], expected[:, b])

    share(look_again, len(again))
    return Anchors(*(_at_ascans(each, size, ranks.shape[2]) for each in found))


class _Search:
    """Finds the two surfaces in a B-scan; holds what all B-scans share."""

    def __init__(self, geometry: ScanGeometry) -> None:
        rows = max(1, round(CELL_UM[0] / geometry.axial_um))
        self.size = rows, max(1, round(CELL_UM[1] / 1000 / geometry.ascan_mm))
        self.row_um = geometry.axial_um * rows
        self.cell_um = geometry.ascan_mm * 1000 * self.size[1]
        slope = self.row_um / self.cell_um
        self.steps = STEEPNESS[0] * slope, STEEPNESS[1] * slope

    def rows(self, um: float) -> int:
        """A depth as a number of cells."""
        return max(1, round(um / self.row_um))

    def of(self, bscan: Float32, expected: Float32 | None = None) -> Float32:
        """ILM and BM of a B-scan, (2, X) in rows of cells."""
        bright = np.maximum(cells(bscan, *self.size), 0)
        extra = self.rows(BEYOND_UM)
        depth = bright.shape[1] + extra
        away = np.zeros((2, len(bright), depth), np.float32)
        if expected is not None:
            row = np.arange(depth, dtype=np.float32)
            away = np.abs(row - expected[..., None]) * np.float32(NEAR * self.row_um / 10)
        top, bottom = np.zeros(len(bright), np.float32), np.full(len(bright), depth, np.float32)
        room = self.rows(THINNEST_UM)
        ilm = cheapest_path(
            self._ilm_cost(bright) + away[0, :, :-extra], top, bottom, self.steps[0]
        )
        cost = np.pad(self._bm_cost(bright, ilm), ((0, 0), (0, extra))) + away[1]
        # Both follow the curve of the eye: BM is smooth against the ILM's wide shape.
        shape = np.rint(gaussian_filter1d(ilm, SHAPE_UM / self.cell_um, mode="nearest"))
        at = np.arange(-room, self.rows(THICKEST_UM)) + shape[:, None].astype(np.intp)
        flat = np.take_along_axis(cost, np.clip(at, 0, depth - 1), axis=1)
        flat += self._thickness_cost(at - ilm[:, None])
        first = np.maximum(ilm - shape + 2 * room, 0)
        bm = cheapest_path(flat, first, np.full_like(first, at.shape[1]), self.steps[1])
        return np.stack([ilm, np.minimum(bm - room + shape, depth - 1)])

    def _ilm_cost(self, bright: Float32) -> Float32:
        """Low where all tissue lies below, and what lies below is tissue."""
        tissue = np.minimum(bright / np.float32(TISSUE), 1)
        above = np.cumsum(tissue, axis=1) - tissue
        void = 1 - means(tissue, 0, self.rows(RETINA_UM) - 1)
        edge = means(bright, 0, self.rows(30) - 1) - means(bright, -self.rows(30), -1)
        edge[:, 0] = 0
        share = np.float32(self.row_um / 100)
        return np.asarray(share * TISSUE_ABOVE * above + VOID_BELOW * void - edge, np.float32)

    def _bm_cost(self, bright: Float32, ilm: Float32) -> Float32:
        """Low at the lower edge of a bright band that has the dark ONL above it."""
        row = np.arange(bright.shape[1], dtype=np.float32)
        inside = row > ilm[:, None] + self.rows(INNER_UM)
        # The dark above the retina must not be taken for the ONL.
        retina = np.where(inside, bright, 1).astype(np.float32)
        band = means(retina, -self.rows(60), -1)
        onl = means(retina, -self.rows(ONL_UM[0]), -self.rows(ONL_UM[1]))
        below = means(retina, 0, self.rows(80) - 1)
        # The choroid may be as bright as the RPE; then only the ONL shows which edge it is.
        contrast = band - np.float32(0.75) * onl - np.float32(0.25) * below
        # Near the lower end of the scan nothing is known of what lies below.
        contrast[:, -self.rows(20) :] = 0
        return np.asarray(-BAND * contrast, np.float32)

    def _thickness_cost(self, rows: Float32) -> Float32:
        um = rows * np.float32(self.row_um)
        beyond = np.maximum(USUAL_UM[0] - um, 0) + np.maximum(um - USUAL_UM[1], 0)
        return np.asarray(beyond * np.float32(THICKNESS / 100), np.float32)


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
    row = found * size[0] - 0.5
    x = np.arange(ascans)
    return np.stack([np.interp(x, centre, each) for each in row]).astype(np.float32)
