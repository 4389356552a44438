"""Dispersion found in the data: the one that makes the B-scans sharpest."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from octome.errors import DispersionUncertain
from octome.octa.acquisition import ArrayLike, Complex64, Float32
from octome.octa.calibration import Calibration
from octome.octa.reconstruction.background import background as background_of
from octome.octa.reconstruction.background import spread_ascans
from octome.octa.reconstruction.linearisation import linearised
from octome.octa.reconstruction.window import window

FARTHEST_RAD = 60.0  # of u**2, to either side; clinical instruments are matched to a few tens
STEP_RAD = 3.0  # narrower than the sharpness is about its summit
SHALLOWEST = 8  # rows: those above hold the rest of the background
# Nats, at least, than without compensation, times the root of the number of pixels: 1 in noise, 40
# or more in the simulated eye.
SHARPER = 4.0


def found_dispersion(
    spectra: ArrayLike,
    calibration: Calibration,
    *,
    background: Float32 | None = None,
    ascans: int = 768,
    orders: int = 2,
) -> tuple[float, ...]:
    """The dispersion that makes the A-scans of this scan sharpest.

    It needs no mirror and no first guess: all of u**2 within 60 rad is tried, then all orders are
    refined together.

    Parameters
    ----------
    spectra : uint16 or float32, (B, R, X, K)
        Raw spectra, in memory or in a file; A-scans spread over the whole scan are read.
    calibration : Calibration
        Its wavenumbers; its own dispersion is ignored.
    background : float32, (K,) or (B, K), optional
        What every A-scan shares; `background.background(spectra)` if not given.
    ascans : int
        How many A-scans to look at, about.
    orders : int
        How many powers of u, from the second: 2 for u**2 and u**3.

    Returns
    -------
    dispersion : tuple of float
        rad, as in `Calibration.dispersion`; all 0 where the A-scans hold nothing.

    Warns
    -----
    DispersionUncertain
        The sharpest lies at the end of the range, or far from 0 and not sharper than without: it is
        all 0 then.

    References
    ----------
    Wojtkowski et al. 2004, https://doi.org/10.1364/OPEX.12.002404. Their sharpness counts bright
    pixels; ours is the entropy of the intensity, which needs no threshold: on the simulated eye its
    summit lies within 0.5 rad of the truth, where the intensity's variance errs by 1 rad in u**3.
    """
    if background is None:
        background = background_of(spectra)
    raw = np.asarray(spread_ascans(spectra, ascans, less=background), np.float32)
    lines = linearised(raw, calibration) * window("hann", calibration.samples)
    if not lines.any():
        return (0.0,) * orders
    few = lines[:: max(1, len(lines) // 192)]
    square = np.arange(-FARTHEST_RAD, FARTHEST_RAD + STEP_RAD, STEP_RAD)
    start = np.zeros(orders)
    start[0] = square[np.argmin([entropy(ascans_of(few, np.array([c]))) for c in square])]
    simplex = np.vstack([start, start + 1.5 * np.eye(orders)])
    # Imported here: only a search needs to wait for it.
    from scipy import optimize

    found = optimize.minimize(
        lambda c: entropy(ascans_of(lines, c)),
        start,
        method="Nelder-Mead",
        options={"initial_simplex": simplex, "xatol": 0.02, "fatol": 1e-7, "maxfev": 200},
    )
    nothing = np.zeros(orders)
    reason = ""
    if np.abs(found.x[0]) >= FARTHEST_RAD - STEP_RAD:
        reason = f"the sharpest is {found.x[0]:.0f} rad, at the end of the range of the search"
    elif np.abs(found.x).max() > STEP_RAD and not _is_sharper(lines, found.x):
        reason = "the B-scans are no sharper with the one found than without"
    if reason:
        warnings.warn(
            f"no dispersion is compensated: {reason}. Check wavelengths and background, or state "
            "the dispersion in the calibration",
            DispersionUncertain,
            stacklevel=2,
        )
    return tuple(float(c) for c in (nothing if reason else found.x))


def _is_sharper(lines: Float32, dispersion: NDArray[np.float64]) -> bool:
    plain = ascans_of(lines, np.zeros(len(dispersion)))
    gain = entropy(plain) - entropy(ascans_of(lines, dispersion))
    return gain * float(np.sqrt(plain.size)) >= SHARPER


def ascans_of(lines: Float32, dispersion: NDArray[np.float64]) -> Complex64:
    """The A-scans of linearised spectra (N, K) under a trial dispersion, without shallow rows."""
    samples = lines.shape[-1]
    u = np.linspace(-1.0, 1.0, samples)
    phase = np.polynomial.Polynomial((0.0, 0.0, *dispersion))(u)
    turn = np.exp(-1j * phase).astype(np.complex64)
    found = fft.fft(lines * turn, axis=-1, workers=1, overwrite_x=True)
    return np.asarray(found[:, min(SHALLOWEST, samples // 8) : samples // 2])


def entropy(ascans: Complex64) -> float:
    """Shannon's, of how the light is spread over all pixels, in nats; low is sharp."""
    light = ascans.real**2 + ascans.imag**2
    total = float(light.sum(dtype=np.float64))
    # A pixel without light adds nothing to the sum.
    return float(np.log(total) - (light * np.log(light + 1e-30)).sum(dtype=np.float64) / total)
