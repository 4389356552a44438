"""The values that flow between the steps: where a scan lies in space, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch


@dataclass(frozen=True)
class ScanGeometry:
    """The distances between neighbouring samples of a raster scan, in mm in tissue.

    >>> ScanGeometry(axial_mm=0.003, ascan_mm=0.01, bscan_mm=0.01).axial_um
    3.0
    """

    axial_mm: float
    """Between rows of a B-scan (Z)."""
    ascan_mm: float
    """Between A-scans, along the fast axis (X)."""
    bscan_mm: float
    """Between B-scan positions, along the slow axis (B)."""

    def __post_init__(self) -> None:
        if not min(self.axial_mm, self.ascan_mm, self.bscan_mm) > 0:
            raise ShapeMismatch(f"every spacing must be more than 0 mm: {self}")

    @property
    def axial_um(self) -> float:
        """Between rows of a B-scan, in micrometres."""
        return self.axial_mm * 1000


class ArrayLike(Protocol):
    """An array in memory or in a file: it has a shape and a dtype, and a slice of it is read."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of one element."""

    def __getitem__(self, key: Any, /) -> Any: ...


@dataclass(frozen=True)
class RawAcquisition:
    """Raw spectra as the detector gave them, with what is known of the scan.

    `spectra` may lie in memory or in a file; the steps read it B-scan by B-scan.
    """

    spectra: ArrayLike
    """uint16 or float32, `(B, R, X, K)`: detector counts, K samples along the spectrometer."""
    ascan_mm: float
    """Between A-scans (X)."""
    bscan_mm: float
    """Between B-scan positions (B)."""
    ascan_rate_hz: float
    """A-scans a second."""
    repeat_interval_ms: float
    """From an A-scan to the same A-scan in the next repeat."""
    laterality: str | None = None
    """R or L, the eye; None where nobody said."""
    facts: dict[str, str | float] = field(default_factory=dict)
    """What else the recorder wrote: device, date, variant of a simulation."""

    def __post_init__(self) -> None:
        if len(self.spectra.shape) != 4:
            raise ShapeMismatch(
                f"raw spectra have the axes (B, R, X, K); found shape {tuple(self.spectra.shape)}",
                found=tuple(self.spectra.shape),
            )


Float32 = NDArray[np.float32]
Complex64 = NDArray[np.complex64]
