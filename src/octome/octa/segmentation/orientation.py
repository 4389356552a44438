"""Which B-scans show a retina upside down: the vitreous below, the choroid above."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.learned import first_look
from octome.octa.segmentation.tissue_rank import TissueRank

LOOKED_AT = 16  # B-scans; all where one of these seems upside down

# How much surer the surfaces must be the other way round, and how sure: healthy and simulated
# retinas with their rows in reverse gain 0.16 or more; a circle that the window mirrors gained
# 0.11, to 0.37.
SURER, SURE = 0.13, 0.6


def upside_down(volume: Float32, rank: TissueRank, geometry: ScanGeometry) -> NDArray[np.bool_]:
    """Which B-scans (B, Z, X) seem upside down, (B,): all of them where they do together."""
    every = np.arange(len(volume))
    some = np.unique(np.linspace(0, len(volume) - 1, LOOKED_AT).round().astype(int))
    found = Orientation(rank.of(volume[some]), geometry)
    if found.is_upside_down:
        return np.ones(every.shape, np.bool_)
    if not found.upside_down.any():
        return np.zeros(every.shape, np.bool_)
    if len(some) == len(every):
        return found.upside_down
    return np.concatenate(
        [Orientation(rank.of(volume[b : b + 1]), geometry).upside_down for b in every]
    )


class Orientation:
    """How sure the surfaces of B-scans are as they are, and with their rows in reverse."""

    def __init__(self, ranks: Float32, geometry: ScanGeometry) -> None:
        """Look at B-scans in ranks, float32, (B, Z, X), each for itself."""
        self._upright = np.array([_sure(each[None], geometry) for each in ranks])
        self._turned = np.array([_sure(each[None, ::-1], geometry) for each in ranks])

    @property
    def upside_down(self) -> NDArray[np.bool_]:
        """Which B-scans seem upside down, (B,)."""
        return _is_turned(self._turned, self._upright)

    @property
    def is_upside_down(self) -> bool:
        """Whether all together seem so."""
        return bool(_is_turned(self._turned.mean(), self._upright.mean()))


def _is_turned(turned: np.ndarray, upright: np.ndarray) -> NDArray[np.bool_]:
    """Whether a retina is found more surely with the rows in reverse."""
    return np.asarray(turned > np.maximum(SURE, upright + SURER))


def _sure(ranks: Float32, geometry: ScanGeometry) -> float:
    """The mean chance of all surfaces to be there and right."""
    found = first_look(np.ascontiguousarray(ranks), geometry)
    return float(np.mean([each.mean() for each in found.sure.values()]))
