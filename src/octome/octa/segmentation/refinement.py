"""Each surface once more, on its own narrow strip at full resolution.

The strip follows the surface as found so far, so that averaging over neighbours blurs no edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.band import even, flattened, smoothed
from octome.octa.segmentation.contrast import bar, fitted_brightening
from octome.octa.segmentation.surface_chain import below_peak

LEAST_UM = 6.0  # to compare on either side of an edge, however thin the layer
THINNEST_UM = 2.0
OUTSIDE = 0.08  # cost of each um above the surface above, or below the surface below


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a surface looks like: an edge (sign 1 or -1) or the middle of a bright line (0)."""

    sign: int
    window_um: float
    """To compare on either side of an edge; half the width of a line."""
    power: float = 1.0
    """Of the ranks: above 1, the brighter part of an edge counts more."""
    flank_um: float = 12.0
    """To compare on either side of a line."""
    reach_um: float = 20.0
    """How far from the row found so far it may lie."""
    sigma_um: float = 18.0
    """Of the averaging over neighbours."""
    steepness: float = 0.25
    """Cost of a slope of 1 against the surface found so far; contrast is about 0 to 0.8."""


def refined(
    ranks: Float32,
    start: Float32,
    geometry: ScanGeometry,
    look: Look,
    *,
    between: tuple[Float32, Float32] | None = None,
) -> Float32:
    """A surface to a fraction of a row.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
    start : float32, (B, X)
        The surface so far, px, finite.
    look : Look
        What it looks like.
    between : two of float32, (B, X), optional
        The surfaces above and below, px: it stays between them.

    Returns
    -------
    row : float32, (B, X)
        In px.
    """
    um = geometry.axial_um
    power = np.maximum(ranks, 0) ** np.float32(look.power) if look.power != 1 else ranks
    start = even(start, look.sigma_um, geometry)
    margin = look.window_um + (look.flank_um if look.sign == 0 else 0)
    half = look.reach_um + margin
    rows = 2 * round(half / min(um, 4.0)) + 1
    row_um = 2 * half / (rows - 1)
    band = flattened(power, start - half / um, start + half / um, rows)
    band = smoothed(band, look.sigma_um, geometry)
    edge = max(1, round(margin / row_um))
    if look.sign:
        room = (
            [np.full_like(start, half)] * 2
            if between is None
            else [np.abs(start - other) * um for other in between]
        )
        widths = [np.clip(0.9 * each, LEAST_UM, look.window_um) / row_um for each in room]
        found = fitted_brightening(band, *widths) * look.sign
    else:
        found = bar(band, look.window_um / row_um, look.flank_um / row_um)
    cost = -found[..., edge:-edge]
    if between is not None:
        row = start[..., None] + (
            np.arange(cost.shape[2], dtype=np.float32) - cost.shape[2] // 2
        ) * (row_um / um)
        least = np.float32(THINNEST_UM / um)
        outside = np.maximum(
            between[0][..., None] + least - row, row - between[1][..., None] + least
        )
        cost += np.clip(outside * um, 0, 30) * OUTSIDE
    total = aggregated(
        cost,
        step_x=look.steepness * row_um / (1000 * geometry.ascan_mm),
        step_b=look.steepness * row_um / (1000 * geometry.bscan_mm),
    )
    best = below_peak(total, total.argmin(-1).astype(np.float32))
    row = start + (best - (cost.shape[2] - 1) / 2) * np.float32(row_um / um)
    return np.asarray(row, np.float32)
