"""The optic disc as far as a scan shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class DiscOutline:
    """Where Bruch's membrane is open: of the retina's surfaces only the ILM goes on inside it."""

    mask: NDArray[np.bool_]
    """(B, X)."""
    centre: tuple[float, float]
    """B-scan and A-scan, fractional: of the part inside the scan."""
    area_mm2: float | None
    """Of the part inside the scan; None for B-scans that are not an even raster."""

    @classmethod
    def of(cls, mask: NDArray[np.bool_], cell_mm2: float | None) -> DiscOutline | None:
        """The outline of a mask (B, X) whose A-scans cover `cell_mm2` each; None of an empty one.

        >>> DiscOutline.of(np.array([[False, True, True]]), 0.5).area_mm2
        1.0
        """
        b, x = np.nonzero(mask)
        if not b.size:
            return None
        area = None if cell_mm2 is None else b.size * cell_mm2
        return cls(mask=mask, centre=(float(b.mean()), float(x.mean())), area_mm2=area)
