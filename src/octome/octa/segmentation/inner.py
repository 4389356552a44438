"""The surfaces of the inner retina below the ILM, from the RNFL to the OPL, found together.

They are searched in a band that starts at the ILM, because drusen push them up with it, and that is
stretched to the retina's thickness over a wider neighbourhood, because the pit thins them: first
averaged widely, which shows the layers, then finely. Each pass alternates between the surfaces and
the levels of the layers between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.band import even, flattened, group_size, grouped, smoothed, ungrouped
from octome.octa.segmentation.contrast import brightening, first_brightening
from octome.octa.segmentation.layer_level import learned_levels, misfits, usual_levels
from octome.octa.segmentation.surface_chain import below_peak, chained


@dataclass(frozen=True)
class Boundary:
    """An inner surface."""

    sign: int
    """Of the step in brightness downwards."""
    thickness: tuple[float, float]
    """Of the layer above, least and greatest, in parts of ILM to ELM; the least outside the pit."""
    edge: float
    """Weight of the step."""
    fit: float
    """Weight of the levels on both sides."""


# Parts, not um: the axial spacing may be stated wrongly. In healthy maculae each layer but the RNFL
# has 0.1 to 0.2 outside the fovea (https://pmc.ncbi.nlm.nih.gov/articles/PMC5963176).
INNER = {
    "RNFL": Boundary(-1, (0.0, 0.0), 4.0, 0.25),
    "GCL": Boundary(1, (0.05, 0.27), 1.0, 0.5),
    "IPL": Boundary(-1, (0.07, 0.25), 1.0, 1.0),
    "INL": Boundary(1, (0.07, 0.25), 1.0, 1.0),
    "OPL": Boundary(-1, (0.05, 0.2), 1.0, 1.0),
}
LEARNED = 2  # surfaces whose layers' levels vary most: none of them is known at first
GROUP_UM = 30.0
ROWS = 64
COARSE_UM, FINE_UM = 150.0, 30.0  # of the averaging over neighbours
TURNS = 3
WIDE_UM = 150.0  # wider than a druse, narrower than the pit
NARROW_UM = 200.0  # a whole A-scan darker than those around is no other tissue
WINDOW = 0.07  # of the band, to compare on either side of an edge
ABOVE_EZ_UM = 28.0  # the myoid and the ELM: no inner surface is there
THINNEST_UM = 30.0  # from the ILM to the ELM
PIT, RIM = 0.6, 0.8  # thickness of the band against the usual: layers may vanish, are all there
STEEPNESS = 0.6  # cost of a slope of 1 against the band
SLACK = 0.15  # per row beyond the expected thickness
STRONGEST = 0.25  # ranks; a stronger edge counts the same
DARK_ENOUGH = 0.04  # ranks by which the ONL may exceed its darkest rows
# Of the fine pass: how far from the coarse one a surface may lie freely, and the cost of the whole
# band beyond that.
FREE, AWAY = 0.05, 4.0


def inner_surfaces(
    ranks: Float32, ilm: Float32, ez: Float32, clear: Float32, geometry: ScanGeometry
) -> Mapping[str, Float32]:
    """RNFL, GCL, IPL, INL and OPL, each (B, X) in px.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
    ilm, ez : float32, (B, X)
        In px.
    clear : float32, (B, X)
        The weight of each A-scan, as `unshadowed` gives it.
    geometry : ScanGeometry
    """
    band = _Band(ranks, ilm, ez, clear, geometry)
    # Without near neighbours in B, more are needed in X.
    fine = FINE_UM if geometry.bscan_mm * 1000 < 2 * FINE_UM else 2 * FINE_UM
    bright = band.averaged(COARSE_UM)
    rows, levels = band.searched(bright, usual_levels(bright), None)
    rows, _ = band.searched(band.averaged(fine), levels, rows)
    return {name: band.px(row) for name, row in zip(INNER, rows, strict=True)}


class _Band:
    """What lies between the ILM and the ELM, drawn flat, in groups of A-scans."""

    def __init__(
        self, ranks: Float32, ilm: Float32, ez: Float32, clear: Float32, geometry: ScanGeometry
    ) -> None:
        um = geometry.axial_um
        self.geometry, self.ilm = geometry, ilm
        self.group = group_size(geometry, GROUP_UM)
        deep = np.maximum(ez - ilm - ABOVE_EZ_UM / um, THINNEST_UM / um)
        # The ONL is never thinner than a cell where the neighbourhood makes the band too short.
        self.tall = np.maximum(even(deep, WIDE_UM, geometry), THINNEST_UM / um)
        self.drawn = flattened(ranks, ilm, ilm + self.tall, ROWS, group=self.group)
        self.clear = grouped(clear, self.group)[..., None]
        self.end = np.clip(grouped(deep / self.tall, self.group), 0, 1) * np.float32(ROWS - 1)
        row_um = float(np.median(self.tall)) * um / (ROWS - 1)
        self.step_x = STEEPNESS * row_um / (1000 * geometry.ascan_mm * self.group[1])
        self.step_b = STEEPNESS * row_um / (1000 * geometry.bscan_mm * self.group[0])
        parts = np.array([each.thickness for each in INNER.values()][1:], np.float32)
        usual = grouped(self.tall, self.group) / np.median(self.tall)
        outside = np.clip((usual - PIT) / (RIM - PIT), 0, 1)
        self.thickness = np.stack(
            [parts[:, 0, None, None] * outside, parts[:, 1, None, None] + 0 * outside], 1
        ) * np.float32(ROWS - 1)

    def averaged(self, sigma_um: float) -> Float32:
        """The band, averaged over neighbours, its narrow shadows brightened."""
        bright = smoothed(self.drawn, sigma_um, self.geometry, group=self.group)
        mean = bright.mean(2, keepdims=True)
        usual = smoothed(mean, NARROW_UM, self.geometry, group=self.group)
        return np.asarray(bright - mean + usual, np.float32)

    def searched(
        self, bright: Float32, levels: Float32, before: Float32 | None
    ) -> tuple[Float32, Float32]:
        """The surfaces (S, B, X) in rows of the band, and the levels of the layers."""
        fixed = _edge_costs(cut_off(bright, self.end))
        if before is not None:
            away = np.abs(np.arange(ROWS, dtype=np.float32) - before[..., None]) / (ROWS - 1)
            fixed += AWAY * np.maximum(away - FREE, 0)
        weight = np.array([each.fit for each in INNER.values()], np.float32)
        for turn in range(TURNS):
            counts = weight.copy()
            if turn == 0 and before is None:
                counts[:LEARNED] = 0
            fit = misfits(bright, levels, self.end) * counts[:, None, None, None]
            costs = (fixed + fit) * self.clear
            for cost in costs:
                cost[:] = aggregated(cost, step_x=self.step_x, step_b=self.step_b)
            chosen = chained(costs, self.thickness, SLACK)
            edges = [0 * self.end, *chosen, self.end]
            levels = learned_levels(bright, edges, levels, self.geometry, self.group)
        rows = [below_peak(cost, row) for cost, row in zip(costs, chosen, strict=True)]
        return np.stack(rows), levels

    def px(self, rows: Float32) -> Float32:
        """Rows of the band as rows of the volume, at every A-scan."""
        part = ungrouped(rows / np.float32(ROWS - 1), self.ilm.shape, self.group)
        return np.asarray(self.ilm + self.tall * part, np.float32)


def _edge_costs(bright: Float32) -> Float32:
    """The cost of each surface by its step in brightness, (S, B, X, N)."""
    edge = np.clip(brightening(bright, WINDOW * ROWS), -STRONGEST, STRONGEST)
    first = np.clip(first_brightening(bright, WINDOW * ROWS), -STRONGEST, STRONGEST)
    # Below the OPL all is ONL, and dark: brightness there is evidence against an OPL above it.
    still = remaining(bright)
    still = np.maximum(still - still[..., -6:].min(-1, keepdims=True) - DARK_ENOUGH, 0)
    costs = np.empty((len(INNER), *bright.shape), np.float32)
    for cost, (name, each) in zip(costs, INNER.items(), strict=True):
        cost[:] = -each.edge * each.sign * (first if name == "RNFL" else edge)
        if name == "OPL":
            cost += still
    return costs


def remaining(bright: Float32) -> Float32:
    """The mean level from each row to the last: low where only the dark ONL is left.

    >>> remaining(np.float32([[4, 3, 1, 1]])).tolist()
    [[2.25, 1.6666666269302368, 1.0, 1.0]]
    """
    count = np.arange(bright.shape[-1], 0, -1, dtype=np.float32)
    sums = np.cumsum(bright[..., ::-1], axis=-1, dtype=np.float32)[..., ::-1]
    return np.asarray(sums / count, np.float32)


def cut_off(bright: Float32, last: Float32) -> Float32:
    """The level, with all below the row `last` of each A-scan as bright as that row.

    >>> cut_off(np.float32([[[1, 2, 3, 9]]]), np.float32([[2]])).tolist()
    [[[1.0, 2.0, 3.0, 3.0]]]
    """
    row = np.minimum(np.arange(bright.shape[2]), last.astype(np.intp)[..., None])
    return np.take_along_axis(bright, np.maximum(row, 0), axis=2)
