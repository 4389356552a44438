"""What turns the pixels of a spectrometer into depth: wavenumbers and remaining dispersion.

It is measured once for an instrument (`mirror.py`), or its dispersion is found in the data
(`reconstruction/dispersion.py`), and it is stored as a small readable file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from octome.errors import AcquisitionUnreadable, ShapeMismatch

FORMAT = "octome calibration 1"


@dataclass(frozen=True, eq=False)
class Calibration:
    """The wavenumber at each detector pixel, and the dispersion between the interferometer's arms.

    A reflector `z` um deep in tissue of refractive index n gives the spectrum
    ``S(k) * cos(2 n k z + phi(u(k)))``, where u runs from -1 at the lowest wavenumber of the
    detector to 1 at its highest and ``phi(u) = dispersion[0] * u**2 + dispersion[1] * u**3 ...``.
    Reconstruction multiplies by ``exp(-1j * phi)``; row 0 is the zero delay.

    >>> line = Calibration(np.linspace(7.0, 8.0, 1024))
    >>> round(line.axial_mm * 1000, 4), round(line.central_wavelength_um, 4)
    (2.3077, 0.8378)
    """

    wavenumber: NDArray[np.float64]
    """rad/um at the centre of each detector pixel, (K,): rising or falling throughout."""
    dispersion: tuple[float, ...] = ()
    """rad, of u**2, u**3 and so on: the phase at the edge of the band that each power adds."""
    refractive_index: float = 1.36
    """Group index of retina at 840 nm, about; depths and spacings are divided by it."""

    def __post_init__(self) -> None:
        wavenumber = np.array(self.wavenumber, np.float64)
        step = np.diff(wavenumber) if wavenumber.ndim == 1 else np.zeros(0)
        if step.size < 7 or not (np.all(step > 0) or np.all(step < 0)) or wavenumber.min() <= 0:
            raise ShapeMismatch(
                "a calibration needs 8 or more wavenumbers above 0 that rise or fall throughout; "
                f"found shape {wavenumber.shape}",
                found=tuple(wavenumber.shape),
            )
        wavenumber.setflags(write=False)
        object.__setattr__(self, "wavenumber", wavenumber)
        object.__setattr__(self, "dispersion", tuple(float(c) for c in self.dispersion))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calibration):
            return NotImplemented
        return (
            np.array_equal(self.wavenumber, other.wavenumber)
            and self.dispersion == other.dispersion
            and self.refractive_index == other.refractive_index
        )

    def __hash__(self) -> int:
        return hash((self.wavenumber.tobytes(), self.dispersion, self.refractive_index))

    @property
    def samples(self) -> int:
        """K, the pixels of the detector."""
        return int(self.wavenumber.size)

    @cached_property
    def uniform(self) -> NDArray[np.float64]:
        """Wavenumbers of K samples at equal steps from the lowest to the highest, rad/um."""
        return np.linspace(self.wavenumber.min(), self.wavenumber.max(), self.samples)

    @property
    def axial_mm(self) -> float:
        """Between rows, in mm of tissue: pi / (n * K * step), step = (k_max - k_min) / (K - 1)."""
        step = float(np.ptp(self.wavenumber)) / (self.samples - 1)
        return np.pi / (self.refractive_index * self.samples * step) / 1000

    @property
    def central_wavelength_um(self) -> float:
        """In vacuum, of the middle of the band: 2 pi over the mean of its two edges."""
        return 2 * np.pi / float((self.wavenumber[0] + self.wavenumber[-1]) / 2)

    def phase(self) -> NDArray[np.float64]:
        """Phase of the dispersion, phi(u), on the `uniform` wavenumbers, rad, (K,)."""
        u = np.linspace(-1.0, 1.0, self.samples)
        return np.asarray(np.polynomial.Polynomial((0.0, 0.0, *self.dispersion))(u), np.float64)

    def with_dispersion(self, dispersion: tuple[float, ...]) -> Calibration:
        """The same wavenumbers with another dispersion."""
        return replace(self, dispersion=dispersion)

    def save(self, path: str | Path) -> None:
        """Write it as JSON; every number keeps all its digits."""
        Path(path).write_text(
            json.dumps(
                {
                    "format": FORMAT,
                    "refractive_index": self.refractive_index,
                    "dispersion_rad": list(self.dispersion),
                    "wavenumber_rad_per_um": self.wavenumber.tolist(),
                },
                indent=1,
            )
            + "\n",
            encoding="utf-8",
        )


def load_calibration(path: str | Path) -> Calibration:
    """Read what `Calibration.save` wrote.

    Raises
    ------
    AcquisitionUnreadable
        The file is missing, or is not a calibration.
    """
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        known = {FORMAT: "wavenumber_rad_per_um"}
        return Calibration(
            wavenumber=np.array(found[known[found["format"]]], np.float64),
            dispersion=tuple(found["dispersion_rad"]),
            refractive_index=float(found["refractive_index"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AcquisitionUnreadable(
            f"{path} is not a calibration that octome wrote: {error}", path=str(path)
        ) from error
