"""Where there is a retina at all."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import even, flattened

ROWS = 48
ABSENT, PLAIN = 0.6, 2.0  # mean rank of the retina, in standard deviations of the noise
# Amplitude of what lies above the ILM, in parts of the retina's, both less the noise: a hazy
# vitreous, and the retina's own layers where the scan begins inside them.
CLEAR, TISSUE = 0.25, 0.45
VITREOUS_UM = (80.0, 12.0)  # above the ILM, from and to


def presence(
    ranks: Float32, ilm: Float32, bm: Float32, geometry: ScanGeometry, noise: float
) -> Float32:
    """From 0 to 1, (B, X); 0 where only noise lies between ILM and BM, or tissue above the ILM."""
    floor = np.float32(max(noise, 0.02))
    retina = flattened(ranks, ilm, np.maximum(bm, ilm + 1), ROWS).mean(axis=2)
    from_, to = (ilm - np.float32(away / geometry.axial_um) for away in VITREOUS_UM)
    vitreous = even(flattened(ranks, from_, to, ROWS // 2).mean(axis=2), VITREOUS_UM[0], geometry)
    tissue = np.maximum(vitreous, 0) / np.maximum(retina, floor * ABSENT)
    signal = np.clip((retina / floor - ABSENT) / (PLAIN - ABSENT), 0, 1)
    return np.asarray(signal * np.clip((TISSUE - tissue) / (TISSUE - CLEAR), 0, 1), np.float32)


def found_rows(
    rows: Mapping[str, Float32], present: Float32, has_end: NDArray[np.bool_]
) -> dict[str, Float32]:
    """Rows with NaN where there is nothing to find.

    Parameters
    ----------
    rows : mapping of float32, (B, X)
        By surface, in px.
    present : float32, (B, X)
        As `presence` gives it.
    has_end : bool, (B, X)
        Whether the scan goes on below BM.
    """
    # The surfaces between were searched from both ends. An ILM in the first rows is where the
    # scan begins, not where the retina does.
    has_start = rows["ILM"] >= 1
    found: dict[str, Float32] = {}
    for name, row in rows.items():
        is_there = present > 0
        if name not in ("EZ", "RPE", "BM"):
            is_there &= has_start
        if name != "ILM":
            is_there &= has_end
        found[name] = np.where(is_there, row, np.float32(np.nan))
    return found
