"""A calibration from two mirrors: the fringes of one reflector at two depths.

The phase of a mirror's fringe is ``2 k z + phi``. Between two depths the dispersion phi is the
same and cancels: the difference is a straight line in k for any spectrometer. Once that line is
known, the curvature of either phase is the dispersion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev
from numpy.typing import NDArray
from scipy import fft

from octome.errors import ShapeMismatch
from octome.octa.calibration import Calibration

Line = NDArray[np.float64]
Samples = NDArray[np.floating[Any]]

SHARE = 0.5  # of the fringe's own frequency that is kept to each side of it
FAINT = 0.1  # of the strongest fringe: below it the phase is not read
ORDER = 4  # of the polynomial of wavenumber over pixel; gratings are smooth


@dataclass(frozen=True)
class Fringe:
    """A mirror's fringe: its phase at each pixel, rad, unwrapped, and its envelope, counts."""

    phase: Line
    envelope: Line

    @property
    def is_clear(self) -> NDArray[np.bool_]:
        """(K,): the pixels about the brightest where the phase can be read."""
        bright = self.envelope >= FAINT * self.envelope.max()
        summit = int(self.envelope.argmax())
        faint = np.flatnonzero(~bright)
        above, below = faint[faint > summit], faint[faint < summit]
        clear = np.zeros(bright.shape, bool)
        clear[(below[-1] + 1 if below.size else 0) : (above[0] if above.size else None)] = True
        return clear


def fringe(spectrum: Samples, shallowest: int = 8) -> Fringe:
    """The fringe of one mirror.

    Parameters
    ----------
    spectrum : float, (K,)
        One mirror alone, minus what reference and sample arm give without each other
        (`interference`).
    shallowest : int
        A peak with fewer fringes over the whole detector is not taken for a mirror.

    Returns
    -------
    fringe : Fringe
        Phase rising along the pixels.
    """
    line = np.asarray(spectrum, np.float64)
    if line.ndim != 1 or line.size < 64:
        raise ShapeMismatch(
            f"a mirror's spectrum is one line of 64 or more samples; found shape {line.shape}",
            found=line.shape,
        )
    lines = fft.fft(line)
    centre = _centre(np.abs(lines[: line.size // 2]), shallowest)
    away = np.abs(np.arange(line.size) - centre) / (SHARE * centre)
    analytic = fft.ifft(lines * 2 * np.sqrt(np.cos(np.pi / 2 * np.minimum(away, 1))))
    return Fringe(np.unwrap(np.angle(analytic)), np.abs(analytic))


def _centre(amplitude: Line, shallowest: int) -> float:
    """The centre of gravity, in fringes, of the strongest peak's power."""
    power = amplitude**2
    power[:shallowest] = 0
    peak = int(power.argmax())
    near = slice(max(shallowest, int(peak * (1 - SHARE))), int(peak * (1 + SHARE)) + 1)
    return float(np.average(np.arange(power.size)[near], weights=power[near]))


def interference(both: Samples, reference: Samples, sample: Samples, dark: Samples) -> Line:
    """What only both arms together give: both, minus each alone, each minus the dark detector."""
    return np.asarray(both, np.float64) - reference - sample + dark


def calibration_from_mirrors(
    near: Samples,
    far: Samples,
    *,
    distance_um: float,
    central_wavelength_um: float,
    is_rising: bool = False,
    orders: int = 2,
    refractive_index: float = 1.36,
) -> Calibration:
    """The calibration that two mirrors show.

    Parameters
    ----------
    near, far : float, (K,)
        The mirror at two depths on the same side of the zero delay (`interference`).
    distance_um : float
        Between the two, in air.
    central_wavelength_um : float
        In the middle of the band, as `Calibration.central_wavelength_um` counts it. Fringes only
        show differences of wavenumber.
    is_rising : bool
        Whether the wavenumber rises along the pixels; fringes do not show that either. In most
        spectrometers it is the wavelength that rises.
    orders : int
        How many powers of u the dispersion has, from the second.
    refractive_index : float
        Of the tissue that will be scanned.

    Returns
    -------
    calibration : Calibration

    Raises
    ------
    ShapeMismatch
        Lines of different length, or fringes that have too little band in common.

    References
    ----------
    Wang et al. 2013, https://doi.org/10.1117/1.OE.52.6.063603: the phase difference of two depths,
    free of dispersion. We fit it by a polynomial, weighted by the fringes' strength, so that the
    faint ends of the band do not bring noise into the wavenumbers.
    """
    one, other = sorted((fringe(near), fringe(far)), key=lambda each: float(np.ptp(each.phase)))
    if one.phase.shape != other.phase.shape:
        raise ShapeMismatch(
            f"two mirrors need equal lines; found {one.phase.shape} and {other.phase.shape}",
            found=(one.phase.shape, other.phase.shape),
        )
    clear = one.is_clear & other.is_clear
    if clear.sum() < clear.size // 8:
        raise ShapeMismatch(
            f"the two fringes share {int(clear.sum())} clear pixels of {clear.size}",
            found=int(clear.sum()),
            needed=clear.size // 8,
        )
    pixel = np.arange(clear.size, dtype=np.float64)
    weight = np.where(clear, np.minimum(one.envelope, other.envelope), 0.0)
    difference = (other.phase - one.phase)[clear]
    line = Chebyshev.fit(pixel[clear], difference, ORDER, w=weight[clear])(pixel)
    k = line / (2 * distance_um)
    k += 2 * np.pi / central_wavelength_um - (k[0] + k[-1]) / 2
    if not is_rising:
        k = 4 * np.pi / central_wavelength_um - k
    # The fringe's phase rises along the pixels by construction; along k it may fall.
    sign = 1.0 if is_rising else -1.0
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    powers = np.vander(u[clear], orders + 2, increasing=True)
    mean = sign * (one.phase + other.phase)[clear] / 2
    found = np.linalg.lstsq(powers * weight[clear, None], mean * weight[clear], rcond=None)[0]
    return Calibration(k, tuple(found[2:]), refractive_index)
