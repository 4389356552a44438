"""The truth that a simulated scan is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.calibration import Calibration
from octome.octa.surface import SurfaceMaps

SUPERFICIAL, INTERMEDIATE, DEEP, CHORIOCAPILLARIS, CHOROIDAL, NEOVASCULAR = 1, 2, 3, 4, 5, 6
PLEXUSES = {
    "superficial": SUPERFICIAL,
    "intermediate": INTERMEDIATE,
    "deep": DEEP,
    "choriocapillaris": CHORIOCAPILLARIS,
    "choroid": CHOROIDAL,
    "neovascular": NEOVASCULAR,
}


@dataclass(frozen=True, kw_only=True)
class TrueMotion:
    """Where the tissue was, for each frame, relative to an eye that does not move.

    Positive `axial_px`: the tissue is lower, at a larger row. Positive `lateral_px`: the beam
    met tissue that lies at larger X than planned; `slow_px`: likewise at larger B.
    """

    axial_px: Float32
    """(B, R), mean over the frame's A-scans."""
    axial_px_by_ascan: Float32
    """(B, R, X)."""
    lateral_px: Float32
    """(B, R), along X, mean over the frame's A-scans."""
    lateral_px_by_ascan: Float32
    """(B, R, X)."""
    slow_px: Float32
    """(B, R), along B, in B-scan spacings."""
    is_saccade: NDArray[np.bool_]
    """(B, R): frames recorded while the eye jumped."""


@dataclass(frozen=True)
class Truth:
    """The truth at the positions where the beam really was, without the axial motion."""

    surfaces: SurfaceMaps
    """Rows at which a scan of an eye without axial motion shows them."""
    vessels: NDArray[np.uint8]
    """`(B, Z, X)`: 0 no vessel, else the label of its plexus (`PLEXUSES`)."""
    motion: TrueMotion
    calibration: Calibration
