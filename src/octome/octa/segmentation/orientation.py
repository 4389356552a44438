"""Whether B-scans show a retina upside down: the vitreous below, the choroid above."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.learned import learned_surfaces

# How much surer the surfaces are the other way round. Of retinas that are upright, pathological
# ones included, none came closer than 0.09 from below.
SURER = 0.05
# And how sure at least: of real retinas 0.59 was the least, of skin 0.4 the most.
SURE = 0.5


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
    found = learned_surfaces(ranks, geometry)
    return float(np.mean([each.mean() for each in found.sure.values()]))
