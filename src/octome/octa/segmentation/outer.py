"""The bright lines of the outer retina, EZ and RPE, found together above the coarse BM.

They differ in what lies beyond: a long dark stretch, the ONL, only above the EZ, and
nothing as bright only below the RPE.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.anchor import Anchors
from octome.octa.segmentation.band import flattened, smoothed, ungrouped
from octome.octa.segmentation.contrast import brightening, means
from octome.octa.segmentation.surface_chain import below_peak, chained

ABOVE_UM, BELOW_UM = 130.0, 50.0  # of the coarse BM
EZ_TO_RPE_UM = (22.0, 60.0)
RPE_TO_BASE_UM = (5.0, 22.0)
BEYOND_UM, NEAR_UM = 32.0, 14.0  # the dark side of a line, the side of the other line
SIGMA_UM = 20.0
STEEPNESS = 0.2  # cost of a slope of 1 against the coarse BM
STRONGEST, FAINT = 0.5, 0.15  # ranks; a stronger line counts the same
POWER = 3.0  # of the ranks: the RPE is the brightest band, and the choroid nearly so
SLACK = 0.1  # per um beyond the expected thickness


def outer_surfaces(
    ranks: Float32, anchors: Anchors, geometry: ScanGeometry
) -> Mapping[str, Float32]:
    """EZ, RPE and the lower edge of the RPE's band (`base`), each (B, X) in px.

    B-scans are not averaged here: each has found its own coarse BM.
    """
    um = geometry.axial_um
    group = 1, max(1, round(SIGMA_UM / 1000 / geometry.ascan_mm))
    top, bottom = anchors.bm - ABOVE_UM / um, anchors.bm + BELOW_UM / um
    rows = round((ABOVE_UM + BELOW_UM) / min(um, 4.0)) + 1
    row_um = (ABOVE_UM + BELOW_UM) / (rows - 1)
    band = flattened(ranks, top, bottom, rows, group=group)
    alone = ScanGeometry(geometry.axial_mm, geometry.ascan_mm, 1.0)
    bright = smoothed(band, SIGMA_UM, alone, group=group)
    dark, near = BEYOND_UM / row_um, NEAR_UM / row_um
    costs = np.stack(
        [
            -_line(bright, 6 / row_um, above=(dark, STRONGEST), below=(near, FAINT)),
            -_line(bright, 9 / row_um, above=(near, FAINT), below=(dark, STRONGEST)),
            np.maximum(
                brightening(np.maximum(bright, 0) ** np.float32(POWER), 12 / row_um), -STRONGEST
            ),
        ]
    )
    for cost in costs:
        cost[:] = aggregated(
            cost,
            step_x=STEEPNESS * row_um / (1000 * geometry.ascan_mm * group[1]),
            step_b=STEEPNESS * row_um / (1000 * geometry.bscan_mm),
        )
    thickness = np.array([EZ_TO_RPE_UM, RPE_TO_BASE_UM], np.float32) / np.float32(row_um)
    found = chained(costs, thickness, SLACK * row_um)
    return {
        name: top + ungrouped(below_peak(cost, chosen), top.shape, group) * np.float32(row_um / um)
        for name, cost, chosen in zip(("EZ", "RPE", "base"), costs, found, strict=True)
    }


def _line(
    bright: Float32, half: float, *, above: tuple[float, float], below: tuple[float, float]
) -> Float32:
    """How much brighter the rows within `half` are than each flank: (rows of it, most to count)."""
    inside = means(bright, -round(half), round(half))
    start = round(half) + 1
    over = inside - means(bright, -start - round(above[0]), -start)
    under = inside - means(bright, start, start + round(below[0]))
    total: Float32 = np.minimum(over, above[1]) + np.minimum(under, below[1])
    return total
