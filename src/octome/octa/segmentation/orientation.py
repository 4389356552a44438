"""Whether B-scans show a retina upside down: the vitreous below, the choroid above."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.learned import first_look

# How much surer the surfaces must be the other way round, and how sure: healthy and simulated
# retinas with their rows in reverse gain 0.16 or more; a circle that the window mirrors gained
# 0.11, to 0.37.
SURER, SURE = 0.13, 0.6


def is_upside_down(ranks: Float32, geometry: ScanGeometry) -> bool:
    """Whether the network finds a retina more surely with the rows in reverse.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
        Of a few B-scans.
    geometry : ScanGeometry
    """
    turned = _sure(np.ascontiguousarray(ranks[:, ::-1]), geometry)
    return turned > max(SURE, _sure(ranks, geometry) + SURER)


def _sure(ranks: Float32, geometry: ScanGeometry) -> float:
    """The mean chance of all surfaces to be there and right."""
    found = first_look(ranks, geometry)
    return float(np.mean([each.mean() for each in found.sure.values()]))
