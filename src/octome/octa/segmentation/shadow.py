"""Where vessels above take the light: there the inner surfaces follow from their neighbours."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import percentile_filter

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import flattened, smoothed

ABOVE_EZ_UM = 8.0
ROWS = 12
VESSEL_UM = 200.0  # half of the neighbourhood: wider than the largest vessel of the retina
# The rank of EZ and RPE against that around: a full shadow, none.
DARKEST, CLEAR = 0.6, 0.95
LEAST = 0.05  # weight of an A-scan in full shadow


def unshadowed(ranks: Float32, ez: Float32, base: Float32, geometry: ScanGeometry) -> Float32:
    """The weight of each A-scan, (B, X): 1 where EZ and RPE are as bright as around it."""
    top = ez - np.float32(ABOVE_EZ_UM / geometry.axial_um)
    light = smoothed(flattened(ranks, top, base, ROWS).mean(2), VESSEL_UM / 20, geometry)
    width = 2 * max(1, round(VESSEL_UM / 1000 / geometry.ascan_mm)) + 1
    usual = percentile_filter(light, 70, (1, width), mode="nearest")
    share = light / np.maximum(usual, np.float32(1e-3))
    return np.asarray(np.clip((share - DARKEST) / (CLEAR - DARKEST), LEAST, 1), np.float32)
