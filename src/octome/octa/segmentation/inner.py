"""The surfaces of the inner retina below the ILM, from the RNFL to the OPL, found together.

They are searched in a band that starts at the ILM, because drusen push them up with it, and that is
stretched to the retina's thickness over a wider neighbourhood, because the pit thins them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.band import even, flattened, group_size, grouped, smoothed, ungrouped
from octome.octa.segmentation.cell import level
from octome.octa.segmentation.contrast import brightening
from octome.octa.segmentation.surface_chain import below_peak, chained

# Sign of the step in brightness downwards; least and greatest thickness of the layer above, um.
INNER = {
    "RNFL": (-1, (0.0, 0.0)),
    "GCL": (1, (4.0, 60.0)),
    "IPL": (-1, (4.0, 55.0)),
    "INL": (1, (5.0, 60.0)),
    "OPL": (-1, (8.0, 45.0)),
}
GROUP_UM = 30.0
SIGMA_UM = 30.0
WIDE_UM = 150.0  # wider than a druse, narrower than the pit
WINDOW_UM = 15.0  # to compare on either side of an edge
ABOVE_EZ_UM = 28.0  # the myoid and the ELM: no inner surface is there
THINNEST_UM = 30.0  # from the ILM to the ELM
STEEPNESS = 0.12  # cost of a slope of 1 against the band, nepers
SLACK = 0.02  # per um beyond the expected thickness, nepers
STRONGEST = 0.5  # nepers; a stronger edge counts the same
DARK_ENOUGH = 0.2  # nepers by which the ONL may exceed its darkest rows


def inner_surfaces(
    volume: Float32, ilm: Float32, ez: Float32, geometry: ScanGeometry, noise: float
) -> Mapping[str, Float32]:
    """RNFL, GCL, IPL, INL and OPL, each (B, X) in px, from the ILM and the EZ."""
    um = geometry.axial_um
    group = group_size(geometry, GROUP_UM)
    deep = np.maximum(ez - ilm - ABOVE_EZ_UM / um, THINNEST_UM / um)
    # The ONL is never thinner than a cell where the neighbourhood makes the band too short.
    tall = np.maximum(even(deep, WIDE_UM, geometry), THINNEST_UM / um)
    tall_um = float(np.median(tall)) * um
    rows = max(24, round(tall_um / max(um, 3.0)))
    row_um = tall_um / (rows - 1)
    band = flattened(volume, ilm, ilm + tall, rows, group=group)
    # Without near neighbours in B, more are needed in X.
    sigma_um = SIGMA_UM if geometry.bscan_mm * 1000 < 2 * SIGMA_UM else 2 * SIGMA_UM
    bright = level(smoothed(band, sigma_um, geometry, group=group), noise)
    bright = cut_off(bright, grouped(deep / tall, group) * np.float32(rows - 1))
    costs = _costs(bright, row_um, geometry, group)
    thickness = np.array([between for _, between in INNER.values()][1:], np.float32) / np.float32(
        row_um
    )
    found = chained(costs, thickness, SLACK * row_um)
    places: dict[str, Float32] = {}
    for name, cost, chosen in zip(INNER, costs, found, strict=True):
        part = below_peak(cost, chosen) / np.float32(rows - 1)
        places[name] = np.asarray(ilm + tall * ungrouped(part, ilm.shape, group), np.float32)
    return places


def _costs(
    bright: Float32, row_um: float, geometry: ScanGeometry, group: tuple[int, int]
) -> Float32:
    """The aggregated cost of each surface, (S, B, X, N)."""
    edge = np.clip(brightening(bright, WINDOW_UM / row_um), -STRONGEST, STRONGEST)
    # Below the OPL all is ONL, and dark: brightness there is evidence against an OPL above it.
    still = remaining(bright)
    still = np.maximum(still - still[..., -6:].min(-1, keepdims=True) - DARK_ENOUGH, 0)
    costs = np.empty((len(INNER), *bright.shape), np.float32)
    for cost, (name, (sign, _)) in zip(costs, INNER.items(), strict=True):
        cost[:] = aggregated(
            -sign * edge + (still if name == "OPL" else 0),
            step_x=STEEPNESS * row_um / (1000 * geometry.ascan_mm * group[1]),
            step_b=STEEPNESS * row_um / (1000 * geometry.bscan_mm * group[0]),
        )
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
