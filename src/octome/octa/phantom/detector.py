"""How the spectrometer records what the beam met: fringes on a bright background, with noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from octome.octa.acquisition import Complex64, Float32
from octome.octa.calibration import Calibration
from octome.octa.kernel import kernel
from octome.octa.phantom.noise import stream
from octome.octa.phantom.scan_plan import Optics

LEVELS = 4095  # of the 12-bit detector
DARK_COUNTS = 60.0
WIDTH = 6  # samples that give one between them


def calibration_of(optics: Optics, samples: int) -> Calibration:
    """The true wavenumber of each pixel and the true dispersion."""
    pixel = np.linspace(0, 1, samples)
    short, long = optics.band_nm
    wavelength_um = (short + (long - short) * (pixel + optics.bend * pixel * (1 - pixel))) / 1000
    return Calibration(2 * np.pi / wavelength_um, optics.dispersion, optics.refractive_index)


def source_spectrum(optics: Optics, wavenumber: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power of the source at each wavenumber (rad/um), 1 at its peak."""
    wavelength_nm = 2 * np.pi / wavenumber * 1000
    away = (wavelength_nm - optics.centre_nm) / optics.bandwidth_nm
    return np.asarray(np.exp(-4 * np.log(2) * away**2))


class Detector:
    """Turns light that comes from each depth into counts at each pixel."""

    def __init__(self, optics: Optics, calibration: Calibration, signal_db: float, seed: int):
        samples = calibration.samples
        k = calibration.wavenumber
        self.source = source_spectrum(optics, k)
        step = np.ptp(k) / (samples - 1)
        place = (k - k.min()) / step
        u = 2 * (k - k.min()) / np.ptp(k) - 1
        self._phase = np.polynomial.Polynomial((0, 0, *calibration.dispersion))(u)
        # Depths are counted from a quarter of the spectrum's range: they lie about zero.
        self._turn = np.exp(1j * (np.pi * place / 2 + self._phase)).astype(np.complex64)
        self._first, self._weights = _between(place)
        self._even = _evening(samples)
        self._radians_per_um = 2 * calibration.refractive_index * k
        chance = stream(seed, "detector")
        # Pixels differ a little, and a reflex in the spectrometer leaves a ripple.
        ripple = 0.01 * np.cos(2 * np.pi * 23.3 * np.linspace(0, 1, samples))
        uneven = 1 + 0.008 * chance.standard_normal(samples) + ripple
        self.background = DARK_COUNTS + optics.reference_counts * self.source * uneven
        # Half of the noise power at the brightest pixel comes from the light itself.
        self.noise = optics.noise_counts * np.sqrt(0.5 + 0.5 * self.source)
        power = 10 ** (signal_db / 10) * (self.noise**2).sum()
        self._gain = 2 * np.sqrt(power) / self.source.sum() * self.source
        down = np.linspace(0, 1, samples // 2)
        self.loss = 10 ** (-optics.rolloff_db / 20 * down)  # amplitude left at each row

    def spectra(
        self, frame: Complex64, shift_um: NDArray[np.float64], chance: np.random.Generator
    ) -> NDArray[np.uint16]:
        """The counts for one B-scan.

        Parameters
        ----------
        frame : complex64, (Z, X)
            Amplitude from each depth.
        shift_um : float64, (X,)
            How much deeper than its row each A-scan lies.
        chance : Generator
            For the noise.

        Returns
        -------
        counts : uint16, (X, K)
        """
        depth, ascans = frame.shape
        samples = 2 * depth
        field = np.zeros((ascans, samples), np.complex64)
        light = (frame * (self.loss * self._even)[:, None]).T
        quarter = depth // 2
        field[:, : depth - quarter] = light[:, quarter:]
        field[:, samples - quarter :] = light[:, :quarter]
        field = fft.ifft(field, axis=-1, norm="forward", workers=1, overwrite_x=True)
        noise = chance.standard_normal((ascans, samples), np.float32)
        counts = np.empty((ascans, samples), np.uint16)
        _record(
            field,
            self._first,
            self._weights,
            self._turn,
            self._radians_per_um,
            shift_um,
            self.background.astype(np.float32),
            self._gain.astype(np.float32),
            self.noise.astype(np.float32),
            noise,
            counts,
        )
        return counts

    def mirror(self, depth_um: float) -> Float32:
        """The spectrum of a mirror at this depth in tissue, without background or noise, (K,)."""
        turn = self._radians_per_um * depth_um + self._phase
        return np.asarray(self._gain * np.cos(turn), np.float32)


def _between(place: NDArray[np.float64]) -> tuple[NDArray[np.int64], Float32]:
    """For each fractional place: the first of WIDTH samples about it, and their weights."""
    first = np.ceil(place - WIDTH / 2).astype(np.int64)
    away = place[:, None] - (first[:, None] + np.arange(WIDTH))
    return first, _bell(away).astype(np.float32)


def _bell(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """The kernel of a non-uniform Fourier transform ("exponential of semicircle").

    Barnett, Magland and af Klinteberg 2019, https://doi.org/10.1137/18M120885X, for samples twice
    as dense as needed.
    """
    inside = np.maximum(1 - (2 * away / WIDTH) ** 2, 0)
    return np.where(np.abs(away) <= WIDTH / 2, np.exp(2.3 * WIDTH * (np.sqrt(inside) - 1)), 0.0)


def _evening(samples: int) -> NDArray[np.float64]:
    """What undoes the kernel's own weighting of depths, (K / 2,)."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    at = nodes * WIDTH / 2
    depth = np.arange(samples // 2) - samples // 4
    waves = np.cos(2 * np.pi * depth[:, None] * at / samples)
    return np.asarray(1 / (waves @ (weights * _bell(at)) * WIDTH / 2))


@kernel
def _record(  # type: ignore[no-untyped-def]
    field, first, weights, turn, radians, shift, background, gain, sigma, noise, counts
):
    ascans, samples = counts.shape
    for x in range(ascans):
        for i in range(samples):
            total = np.complex64(0.0)
            for tap in range(weights.shape[1]):
                total += weights[i, tap] * field[x, (first[i] + tap) % samples]
            total *= turn[i]
            angle = radians[i] * shift[x]
            fringe = total.real * np.cos(angle) - total.imag * np.sin(angle)
            value = background[i] + gain[i] * fringe + sigma[i] * noise[x, i]
            counts[x, i] = min(max(round(value), 0), LEVELS)
