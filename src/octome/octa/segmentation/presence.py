"""Where an A-scan shows anything of a retina at all."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.segmentation.band import flattened

ROWS = 48
ABSENT, PLAIN = 0.6, 2.0  # mean rank of the retina, in standard deviations of the noise
LEAST_NOISE = 0.02


def presence(ranks: Float32, ilm: Float32, bm: Float32, noise: float) -> Float32:
    """From 0 to 1, (B, X): 0 where only noise lies between ILM and BM.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
    ilm, bm : float32, (B, X)
        In px, finite.
    noise : float
        Standard deviation of the noise in one voxel.
    """
    floor = np.float32(max(noise, LEAST_NOISE))
    retina = flattened(ranks, ilm, np.maximum(bm, ilm + 1), ROWS).mean(axis=2)
    return np.asarray(np.clip((retina / floor - ABSENT) / (PLAIN - ABSENT), 0, 1), np.float32)
