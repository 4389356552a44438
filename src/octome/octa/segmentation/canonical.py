"""B-scans on one grid of depth and width, whatever the scanner's: what the network sees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import flattened, grouped, ungrouped

ROW_UM, COLUMN_UM = 4.0, 16.0
APART_UM = 24.0  # B-scans closer than that are averaged
LEAST_COLUMNS = 8
HALF = 0.5  # of a group


@dataclass(frozen=True)
class CanonicalGrid:
    """Rows of 4 um and columns of about 16 um over a B-scan; wide pixels stay as they are."""

    rows: int
    row_px: float
    """Rows of the volume to one of this grid."""
    group: tuple[int, int]
    """B-scans and A-scans to one column."""
    shape: tuple[int, int]
    """B-scans and A-scans of the volume."""

    @classmethod
    def of(cls, shape: tuple[int, int, int], geometry: ScanGeometry) -> CanonicalGrid:
        """The grid for a volume (B, Z, X)."""
        bscans, depth, ascans = shape
        row_px = ROW_UM / geometry.axial_um
        wide = max(1, round(COLUMN_UM / 1000 / geometry.ascan_mm))
        thick = max(1, round(APART_UM / 1000 / geometry.bscan_mm))
        group = min(thick, bscans), min(wide, max(1, ascans // LEAST_COLUMNS))
        rows = int((depth - 1) / row_px) + 1
        return cls(rows, row_px, group, (bscans, ascans))

    def drawn(self, ranks: Float32) -> Float32:
        """The volume (B, Z, X) on this grid, (groups of B, columns, rows)."""
        first = np.zeros((len(ranks), ranks.shape[2]), np.float32)
        last = first + np.float32((self.rows - 1) * self.row_px)
        signed = ranks + np.float32(1)  # `flattened` counts what is below 0 as 0
        if self.row_px <= 1:
            return flattened(signed, first, last, self.rows, group=self.group) - np.float32(1)
        # Rows finer than the grid's are averaged, not skipped.
        parts = int(np.ceil(self.row_px))
        shift = (np.arange(parts) - (parts - 1) / 2) / parts * self.row_px
        deepest = np.float32(ranks.shape[1] - 1.001)
        total = np.zeros(1, np.float32)
        for each in shift:
            begin = np.clip(first + np.float32(each), 0, deepest)
            end = np.clip(last + np.float32(each), 0, deepest)
            total = total + flattened(signed, begin, end, self.rows, group=self.group)
        return np.asarray(total / parts - 1, np.float32)

    def rows_of(self, px: Float32) -> Float32:
        """Rows of the volume (B, X) as rows of this grid: the mean of each group that has them."""
        is_known = np.isfinite(px).astype(np.float32)
        known, mean = grouped(is_known, self.group), grouped(np.nan_to_num(px), self.group)
        there = np.where(known > HALF, mean / np.maximum(known, HALF), np.nan)
        return np.asarray(there / self.row_px, np.float32)

    def px_of(self, rows: Float32) -> Float32:
        """Rows of this grid as rows of the volume, (B, X)."""
        return self.at_ascans(rows) * np.float32(self.row_px)

    def at_ascans(self, values: Float32) -> Float32:
        """Values of groups at every A-scan, (B, X)."""
        return np.asarray(ungrouped(values, self.shape, self.group), np.float32)
