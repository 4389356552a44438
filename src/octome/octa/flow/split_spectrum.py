"""Split-spectrum amplitude decorrelation: each band of the spectrum is a separate image.

Narrower bands blur along depth, which makes the images less sensitive to the axial pulse of the
eye, and their speckle is independent: averaging their decorrelation lowers its noise.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Complex64, Float32
from octome.octa.flow.bscans import flow_by_bscan
from octome.octa.kernel import kernel
from octome.octa.repeats import checked_complex, checked_repeats

BANDS = 4
# Of the spectrum's standard deviation: how far apart the bands lie, and how wide each is.
SPREAD = 0.75
WIDTH = 0.55
TINY = np.float32(1e-30)


def split_spectrum_decorrelation(
    repeats: Complex64,
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
    bands: int = BANDS,
) -> Float32:
    """Amplitude decorrelation between repeats, averaged over bands of the spectrum (SSADA).

    Parameters
    ----------
    repeats : complex64, (B, R, Z, X)
        Registered, R >= 2, all rows that the reconstruction kept, as close to the whole depth
        range as possible: a Fourier transform along Z gives the spectrum back.
    usable : bool, (B, R), optional
        Frames to use; all if None.
    noise_floor : float
        Linear amplitude. Voxels whose mean over the used repeats is below it become 0.
    out : float32, (B, Z, X), optional
        Where to write the answer.
    bands : int
        Gaussian bands, overlapping, evenly over the part of the spectrum that holds light.

    Returns
    -------
    flow : float32, (B, Z, X)
        Unitless, in [0, 1]; NaN at B-scans with fewer than two usable repeats.

    Raises
    ------
    TooFewRepeats
        R < 2.
    ShapeMismatch
        `repeats` is not complex, `bands` is less than 1, or `usable` or `out` does not fit.

    References
    ----------
    Jia et al. 2012, https://doi.org/10.1364/OE.20.004710, equation 4 with M = `bands`. Where the
    spectrum lies is measured in the data, so it does not matter how they were reconstructed.
    """
    checked_complex(repeats, "split-spectrum decorrelation")
    checked_repeats(repeats, least=2)
    if bands < 1:
        raise ShapeMismatch(f"the spectrum is split into 1 or more bands; found {bands}")
    filters = band_filters(spectrum_of(repeats), bands)
    work = partial(_by_band, filters)
    return flow_by_bscan(
        repeats, work, usable=usable, noise_floor=noise_floor, out=out, amplitude=False
    )


def spectrum_of(repeats: Complex64) -> NDArray[np.float64]:
    """Mean power at each frequency along Z, without the noise, (Z,), from some of the B-scans."""
    bscans = repeats.shape[0]
    total = np.zeros(repeats.shape[2])
    for b in np.unique(np.linspace(0, bscans - 1, 4).astype(int)):
        field = fft.fft(repeats[b, 0], axis=0, workers=1)
        total += (field.real**2 + field.imag**2).mean(axis=1)
    smooth = fft.ifft(fft.fft(total) * _gaussian_window(len(total))).real
    return np.asarray(np.maximum(smooth - smooth.min(), 0))


def _gaussian_window(count: int) -> NDArray[np.float64]:
    """Smooths a spectrum of `count` samples over about a fortieth of it."""
    place = np.fft.fftfreq(count) * count
    return np.asarray(np.exp(-((place / 13) ** 2)))


def band_filters(spectrum: NDArray[np.float64], bands: int) -> Float32:
    """Gaussian bands over the part of a periodic spectrum that holds light, (M, Z)."""
    count = len(spectrum)
    turn = 2 * np.pi * np.arange(count) / count
    total = spectrum.sum()
    if total == 0:
        return np.ones((bands, count), np.float32)
    centre = np.angle((spectrum * np.exp(1j * turn)).sum())
    away = np.angle(np.exp(1j * (turn - centre)))
    # The remaining noise far out would widen it: use only the upper half of the peak.
    strong = spectrum > 0.5 * spectrum.max()
    sigma = np.sqrt((spectrum * away**2)[strong].sum() / spectrum[strong].sum()) / 0.6
    middles = centre + sigma * SPREAD * (np.arange(bands) - (bands - 1) / 2)
    if bands == 1:
        return np.ones((1, count), np.float32)
    from_middle = np.angle(np.exp(1j * (turn - middles[:, None])))
    return np.asarray(np.exp(-((from_middle / (WIDTH * sigma)) ** 2) / 2), np.float32)


def _by_band(filters: Float32, frames: Any, used: Any, floor: Any, out: Any) -> None:
    """One B-scan: decorrelation added up over bands; what is darker than the floor is 0."""
    fields = [fft.fft(frames[n], axis=0, workers=1) for n in used]
    alike = np.zeros(out.shape, np.float32)
    for band in filters:
        images = [fft.ifft(field * band[:, None], axis=0, workers=1) for field in fields]
        for first, second in pairwise(images):
            _add_alike(first, second, alike)
    pairs = (len(used) - 1) * len(filters)
    _finish(frames, used, floor, alike, np.float32(1 / pairs), out)


@kernel
def _add_alike(first, second, alike):  # type: ignore[no-untyped-def]
    """Twice the product of two amplitudes over the sum of their squares."""
    for z in range(alike.shape[0]):
        for x in range(alike.shape[1]):
            a, b = first[z, x], second[z, x]
            p = a.real * a.real + a.imag * a.imag + TINY
            q = b.real * b.real + b.imag * b.imag + TINY
            alike[z, x] += np.float32(2.0) * np.sqrt(p) * np.sqrt(q) / (p + q)


@kernel
def _finish(frames, used, floor, alike, scale, out):  # type: ignore[no-untyped-def]
    least = floor * len(used)
    for z in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[z, x] = max(np.float32(1.0) - alike[z, x] * scale, np.float32(0.0))
        if floor > 0:
            for x in range(out.shape[1]):
                total = np.float32(0.0)
                for n in range(len(used)):
                    value = frames[used[n], z, x]
                    total += np.sqrt(value.real * value.real + value.imag * value.imag)
                if total < least:
                    out[z, x] = 0
