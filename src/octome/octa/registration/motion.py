"""The eye's motion as found: a displacement for each frame, and which frames are unusable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32


@dataclass(frozen=True, kw_only=True)
class Motion:
    """Displacement of each frame, in px; NaN nowhere.

    Positive axial: the tissue is lower, at a larger row. Positive lateral: the frame shows
    tissue from larger X, its content lies further left.
    """

    axial_px: Float32
    """(B, R): against the other repeats of the same position; mean 0 over its usable repeats."""
    lateral_px: Float32
    """(B, R): likewise, in A-scan spacings."""
    axial_tilt_px: Float32
    """(B, R): how much lower the last A-scan is than the first, against the other repeats."""
    slow_axial_px: Float32
    """(B,): of each position against its neighbours along the slow axis; without the best-fitting
    line and parabola, which are as much the eye's tilt and curvature as its motion."""
    slow_lateral_px: Float32
    """(B,): likewise."""
    correlation: Float32
    """(B, R): of the frame's weakest part with the best other repeat; -1 to 1, 1 for R = 1."""
    is_usable: NDArray[np.bool_]
    """(B, R): False for frames that the eye's jumps distorted or moved away."""
    reference: NDArray[np.int64]
    """(B,): the usable repeat that the others resemble most."""

    @property
    def total_axial_px(self) -> Float32:
        """(B, R): of each frame, repeats and slow axis together."""
        return self.axial_px + self.slow_axial_px[:, None]

    @property
    def total_lateral_px(self) -> Float32:
        """(B, R): of each frame, repeats and slow axis together."""
        return self.lateral_px + self.slow_lateral_px[:, None]

    def axial_px_by_ascan(self, ascans: int) -> Float32:
        """(B, R, X): total axial displacement of each A-scan."""
        along = np.linspace(-0.5, 0.5, ascans, dtype=np.float32)
        return self.total_axial_px[..., None] + self.axial_tilt_px[..., None] * along
