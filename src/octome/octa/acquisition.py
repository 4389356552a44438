"""The values that flow between the steps: where a scan lies in space, and what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.calibration import Calibration
from octome.octa.laterality import LATERALITIES, Laterality

LEAST_MM = 1e-4  # between samples: a fifth of what the finest OCT microscopes have


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
        spacings = (self.axial_mm, self.ascan_mm, self.bscan_mm)
        if not all(0 < each < inf for each in spacings):
            raise ShapeMismatch(f"every spacing must be more than 0 mm, and finite: {self}")
        if min(spacings) < LEAST_MM:
            raise ShapeMismatch(
                f"a spacing of {min(spacings):g} mm is smaller than any of OCT ({LEAST_MM:g} mm); "
                f"is it in another unit? {self}",
                found=min(spacings),
                needed=LEAST_MM,
            )

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


@dataclass(frozen=True, kw_only=True)
class RawAcquisition:
    """What a scanner recorded: raw spectra, or B-scans that its own software reconstructed.

    Either may lie in memory or in a file; the steps read it a few B-scans at a time.
    """

    ascan_mm: float
    """Between A-scans (X)."""
    bscan_mm: float
    """Between B-scan positions (B)."""
    ascan_rate_hz: float
    """A-scans a second."""
    repeat_interval_ms: float
    """From an A-scan to the same A-scan in the next repeat."""
    spectra: ArrayLike | None = None
    """uint16 or float32, `(B, R, X, K)`: detector counts, K samples along the spectrometer."""
    bscans: ArrayLike | None = None
    """complex64, or float32 linear amplitude, `(B, R, Z, X)`."""
    calibration: Calibration | None = None
    """The wavenumber of each sample of `spectra`."""
    axial_mm: float | None = None
    """Between rows of `bscans` (Z), in tissue."""
    laterality: Laterality | None = None
    """None where it is not known."""
    metadata: Mapping[str, str | float] = field(default_factory=dict)
    """Other metadata of the recorder: device, date, variant of a simulation."""

    def __post_init__(self) -> None:
        if (self.spectra is None) == (self.bscans is None):
            raise ShapeMismatch("an acquisition holds either raw spectra or B-scans, not both")
        shape = tuple(self.recorded.shape)
        axes = "(B, R, X, K)" if self.spectra is not None else "(B, R, Z, X)"
        if len(shape) != 4 or min(shape) < 1:
            raise ShapeMismatch(f"an acquisition has the axes {axes}; found {shape}", found=shape)
        if self.spectra is not None and self.calibration is not None:
            samples = self.calibration.samples
            if samples != shape[3]:
                raise ShapeMismatch(
                    f"the calibration is for {samples} samples, the spectra have {shape[3]}",
                    found=samples,
                    needed=shape[3],
                )
        if self.laterality not in (None, *LATERALITIES):
            raise ShapeMismatch(f"an eye is R or L; found {self.laterality!r}")

    @property
    def recorded(self) -> ArrayLike:
        """The spectra if there are any, else the B-scans."""
        found = self.spectra if self.spectra is not None else self.bscans
        assert found is not None  # noqa: S101  (checked when it was built)
        return found

    @property
    def geometry(self) -> ScanGeometry:
        """The distances between samples once there are B-scans.

        Raises
        ------
        ShapeMismatch
            Neither a calibration nor the distance between rows is known.
        """
        axial = self.calibration.axial_mm if self.calibration is not None else self.axial_mm
        if axial is None:
            raise ShapeMismatch(
                "the distance between rows is unknown: the acquisition has neither a calibration "
                "of its wavenumbers nor an axial spacing"
            )
        return ScanGeometry(axial, self.ascan_mm, self.bscan_mm)


Float32 = NDArray[np.float32]
Complex64 = NDArray[np.complex64]
