"""B-scans on one grid of depth and width, whatever the scanner's: what the network sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel, share
from octome.octa.segmentation.band import grouped, ungrouped

ROW_UM, COLUMN_UM = 4.0, 16.0
APART_UM = 24.0  # B-scans closer than that are averaged
LEAST_COLUMNS = 8
HALF = 0.5  # of a group
UNRECORDED = -0.5  # the rank of what lies above the first row or below the last one


@dataclass(frozen=True)
class CanonicalGrid:
    """Rows of 4 um and columns of about 16 um over a B-scan; wide pixels stay as they are."""

    rows: int
    """Over the depth of the volume."""
    row_px: float
    """Rows of the volume to one of this grid."""
    group: tuple[int, int]
    """B-scans and A-scans to one column."""
    shape: tuple[int, int]
    """B-scans and A-scans of the volume."""

    @classmethod
    def of(
        cls, shape: tuple[int, int, int], geometry: ScanGeometry, column_um: float = COLUMN_UM
    ) -> CanonicalGrid:
        """The grid for a volume (B, Z, X)."""
        bscans, depth, ascans = shape
        row_px = ROW_UM / geometry.axial_um
        wide = max(1, round(column_um / 1000 / geometry.ascan_mm))
        thick = max(1, round(APART_UM / 1000 / geometry.bscan_mm))
        group = min(thick, bscans), min(wide, max(1, ascans // LEAST_COLUMNS))
        rows = int((depth - 1) / row_px) + 1
        return cls(rows, row_px, group, (bscans, ascans))

    def drawn(self, ranks: Float32, top: Float32, rows: int) -> Float32:
        """The volume (B, Z, X) on this grid, (groups of B, columns, rows).

        Parameters
        ----------
        ranks : float32, (B, Z, X)
            Finite.
        top : float32, (B, X)
            Row of the volume, px, that row 0 of each A-scan shows; it may lie outside.
        rows : int
            Of the grid. Those finer than the grid's are averaged, not skipped.
        """
        thick, wide = self.group
        bscans, ascans = self.shape
        parts = max(1, int(np.ceil(self.row_px)))
        steps = ((np.arange(parts) - (parts - 1) / 2) / parts * self.row_px).astype(np.float32)
        out = np.zeros((-(-bscans // thick), -(-ascans // wide), rows), np.float32)

        def draw(part: slice) -> None:
            for g in range(part.start, part.stop):
                each = range(g * thick, min(bscans, (g + 1) * thick))
                # A B-scan without any light takes nothing from its neighbours.
                of_group = [b for b in each if ranks[b].max() > ranks[b].min()] or list(each)
                for b in of_group:
                    _draw(ranks[b], top[b], np.float32(self.row_px), steps, wide, out[g])
                out[g] /= len(of_group)

        share(draw, len(out))
        return out

    def rows_of(self, px: Float32) -> Float32:
        """Rows of the volume (B, X) as rows of this grid: the mean of each group that has them."""
        is_known = np.isfinite(px).astype(np.float32)
        known, mean = grouped(is_known, self.group), grouped(np.nan_to_num(px), self.group)
        there = np.where(known > HALF, mean / np.maximum(known, HALF), np.nan)
        return np.asarray(there / self.row_px, np.float32)

    def px_of(self, rows: Float32, top: Float32) -> Float32:
        """Rows of this grid as rows of the volume, (B, X), drawn from `top` on."""
        return self.at_ascans(rows) * np.float32(self.row_px) + top

    def at_ascans(self, values: Float32) -> Float32:
        """Values of groups at every A-scan, (B, X)."""
        return np.asarray(ungrouped(values, self.shape, self.group), np.float32)


@kernel
def _draw(bscan, top, row_px, steps, wide, out):  # type: ignore[no-untyped-def]
    """Add one B-scan to its group."""
    depth, ascans = bscan.shape
    rows = out.shape[1]
    parts = len(steps)
    # One row more on either side, for what was not recorded.
    ascan = np.full(depth + 2, np.float32(UNRECORDED), np.float32)
    for x in range(ascans):
        i = x // wide
        weight = np.float32(1) / np.float32(min(wide, ascans - i * wide) * parts)
        ascan[1 : depth + 1] = bscan[:, x]
        for p in range(parts):
            first = top[x] + steps[p] + np.float32(1)
            for r in range(rows):
                z = min(max(first + r * row_px, np.float32(0)), np.float32(depth + 1))
                at = min(int(z), depth)
                below = z - np.float32(at)
                value = ascan[at] + (ascan[at + 1] - ascan[at]) * below
                out[i, r] += value * weight
