"""Whether an A-scan looks like a retina: bright, then dark, then bright again.

All retinas have the dark outer nuclear layer between two brighter parts. Skin, a wall or noise may
have edges where surfaces are found, but not that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.band import flattened, smoothed

# Of the depth from ILM to EZ: the bright part, and the dark one, which begins at most 70 um above
# the EZ.
INNER, ONL, ONL_UM = 0.5, (0.45, 0.15), (70.0, 20.0)
ROWS = 16
SIGMA_UM = 30.0
# Ranks: how much darker the ONL is than what lies above it and below it.
ABOVE, BELOW = 0.03, 0.1


def is_layered(
    ranks: Float32, ilm: Float32, ez: Float32, bm: Float32, geometry: ScanGeometry
) -> NDArray[np.bool_]:
    """Whether the dark layer of a retina lies between two brighter ones, (B, X).

    Parameters
    ----------
    ranks : float32, (B, Z, X)
    ilm, ez, bm : float32, (B, X)
        In px, finite.
    geometry : ScanGeometry
    """
    um, deep = geometry.axial_um, np.maximum(ez - ilm, 1)
    first, last = (
        ez - np.minimum(most / um, part * deep) for most, part in zip(ONL_UM, ONL, strict=True)
    )
    levels = [
        flattened(ranks, top.astype(np.float32), bottom.astype(np.float32), ROWS).mean(axis=2)
        for top, bottom in ((ilm, ilm + INNER * deep), (first, last), (ez, np.maximum(bm, ez + 1)))
    ]
    inner, onl, outer = np.moveaxis(smoothed(np.stack(levels, -1), SIGMA_UM, geometry), -1, 0)
    return np.asarray((inner > onl + ABOVE) & (outer > onl + BELOW))
