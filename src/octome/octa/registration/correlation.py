"""How far one frame is displaced against another, to a hundredth of a row.

Amplitude holds waves that are too short for the rows of a B-scan, and they pull a correlation's
summit towards whole rows (0.04 px on average). Both frames are therefore low-passed before they
are compared; what is left is 0.01 px. The summit is found on whole rows, then by Newton's method on
the correlation's exact Fourier series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel

Row = NDArray[np.float64]

LOW_PASS = 0.15  # standard deviation of the Gaussian that weights the correlation, cycles per row
HIGHEST = 0.35  # cycles per row; what lies above weighs less than 7 %
STEPS = 5  # of Newton's method; each doubles the digits
STRIP_PX = 1.5  # that a strip may be off the whole frame: the eye moves within a B-scan


def transform(frame: NDArray[np.generic]) -> Float32:
    """Amplitude of a frame `(Z, X)` as low-passed waves along Z: float32 `(2, F, X)`, re and im."""
    amplitude = np.empty(frame.shape, np.float32)
    _amplitude(frame, amplitude)
    waves = fft.rfft(amplitude, axis=0, workers=1, overwrite_x=True)
    weight = np.exp(-(frequencies(frame.shape[0]) ** 2) / (4 * LOW_PASS**2)).astype(np.float32)
    weight[0] = 0  # the mean of each A-scan holds nothing about position
    low = waves[: weight.size] * weight[:, None]
    return np.stack([low.real, low.imag])


def frequencies(rows: int) -> Row:
    """Of the waves kept, cycles per row, (F,)."""
    return np.arange(max(2, int(HIGHEST * rows) + 1)) / rows


def moved(waves: Float32, axial_px: float, rows: int) -> Float32:
    """The transform of the same frame, its tissue raised by `axial_px` rows."""
    turn = np.exp(2j * np.pi * frequencies(rows) * axial_px).astype(np.complex64)[:, None]
    field = (waves[0] + 1j * waves[1]) * turn
    return np.stack([field.real, field.imag])


@dataclass(frozen=True, kw_only=True)
class Displacement:
    """Of one frame against another."""

    axial_px: float
    lateral_px: float
    tilt_px: float
    correlation: float
    """Of the whole frame, -1 to 1."""
    weakest: float
    """Of the strip that correlates least."""


def strip_edges(ascans: int, lags: int) -> NDArray[np.int64]:
    """Where equal strips of a frame begin and end, 16 A-scans or more each, at most 8."""
    inner = ascans - 2 * lags
    return np.linspace(lags, ascans - lags, max(1, min(8, inner // 16)) + 1).astype(np.int64)


def displacement(
    fixed: Float32, moving: Float32, rows: int, *, lags: int, reach_px: int, near_px: float = 0.0
) -> Displacement:
    """How `moving` is displaced against `fixed`.

    Parameters
    ----------
    fixed, moving : float32, (2, F, X)
        `transform` of two frames of `rows` rows.
    rows : int
        Z.
    lags : int
        The farthest lateral displacement to look at, px.
    reach_px : int
        The farthest axial displacement from `near_px` to look at.
    near_px : float
        Where it is expected.

    Returns
    -------
    displacement : Displacement
        Positive axial: the tissue of `moving` is lower. Positive lateral: it shows tissue from
        larger X.

    References
    ----------
    Guizar-Sicairos et al. 2008, https://doi.org/10.1364/OL.33.000156: a coarse summit, then the
    correlation's own Fourier series. We follow its derivatives instead of a finer grid, along Z
    alone.
    """
    lags = min(lags, max(0, (fixed.shape[2] - 1) // 4))
    edges = strip_edges(fixed.shape[2], lags)
    strips = len(edges) - 1
    cross = np.zeros((strips, 2 * lags + 1, fixed.shape[1], 2))
    power = np.zeros((strips, 2 * lags + 1, 2))
    _cross(fixed, moving, edges, cross, power)
    waves = cross[..., 0] + 1j * cross[..., 1]
    together = waves.sum(axis=0)
    lag, coarse = _summit(together, rows, reach_px, near_px)
    axial, summit = _climbed(together[lag : lag + 1], rows, coarse, 1.0)[0]
    parts = _climbed(waves[:, lag], rows, axial, STRIP_PX)
    size = np.sqrt(power[:, lag].prod(axis=-1))
    likeness = np.divide(parts[:, 1], size, out=np.zeros(strips), where=size > 0)
    sideways = _climbed(together, rows, axial, 0.0, steps=0)[:, 1]
    total = np.sqrt(power[:, lag].sum(axis=0).prod())
    return Displacement(
        axial_px=float(axial),
        # Tissue from larger X lies further left: at a smaller place in `moving`.
        lateral_px=-(vertex(sideways, lag) - lags),
        tilt_px=_tilt(parts[:, 0], np.maximum(parts[:, 1], 0)),
        correlation=float(summit / total) if total > 0 else 0.0,
        weakest=float(likeness.min()),
    )


def lateral_profile(fixed: Float32, moving: Float32, rows: int, *, lags: int, reach_px: int) -> Row:
    """The highest correlation within reach at each lateral lag, (2 * lags + 1,)."""
    edges = np.array([lags, fixed.shape[2] - lags])
    cross = np.zeros((1, 2 * lags + 1, fixed.shape[1], 2))
    power = np.zeros((1, 2 * lags + 1, 2))
    _cross(fixed, moving, edges, cross, power)
    surface = fft.irfft(cross[0, ..., 0] + 1j * cross[0, ..., 1], rows, axis=-1)
    reach = min(reach_px, (rows - 1) // 2)
    size = np.sqrt(power[0].prod(axis=-1))
    # The series' sum over both signs of frequency, as `power` counts it.
    summit = rows * surface[:, np.arange(-reach, reach + 1) % rows].max(axis=1)
    return np.asarray(np.divide(summit, size, out=np.zeros_like(size), where=size > 0))


def _summit(waves: NDArray[np.complex128], rows: int, reach: int, near: float) -> tuple[int, int]:
    """Lateral lag and whole row of the highest correlation within reach."""
    surface = fft.irfft(waves, rows, axis=-1)
    reach = min(reach, (rows - 1) // 2)
    window = np.arange(-reach, reach + 1) + round(near)
    lag, row = np.unravel_index(surface[:, window % rows].argmax(), (len(waves), window.size))
    return int(lag), int(window[row])


def _climbed(
    waves: NDArray[np.complex128], rows: int, start: float, reach: float, steps: int = STEPS
) -> Row:
    """The summits near `start` of correlations (N, F): where, and how high, (N, 2)."""
    found = np.empty((len(waves), 2))
    _climb(waves, 2 * np.pi / rows, float(start), float(reach), steps, found)
    return found


def vertex(values: Row, at: int) -> float:
    """Where a parabola through three values has its summit; `at` at the ends."""
    if not 0 < at < values.size - 1:
        return float(at)
    left, middle, right = values[at - 1 : at + 2]
    bend = left - 2 * middle + right
    return at + float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) if bend < 0 else float(at)


def _tilt(places: Row, weight: Row) -> float:
    """The slope over the strips, times their number: from edge to edge."""
    if places.size < 4 or weight.sum() <= 0:
        return 0.0
    x = (np.arange(places.size) + 0.5) / places.size
    x -= np.average(x, weights=weight)
    return float((weight * x * places).sum() / (weight * x * x).sum())


@kernel
def _amplitude(frame, out):  # type: ignore[no-untyped-def]
    for z in range(frame.shape[0]):
        for x in range(frame.shape[1]):
            power = frame[z, x].real ** 2 + frame[z, x].imag ** 2
            # Absent values are dark here: such a frame resembles no other, and is not usable.
            out[z, x] = np.sqrt(power) if power < np.inf else 0.0


@kernel
def _climb(waves, unit, start, reach, steps, found):  # type: ignore[no-untyped-def]
    """Newton's method on each Fourier series; it goes uphill where there is no summit."""
    for n in range(len(waves)):
        at = start
        for step in range(steps + 1):
            turn, each = complex(1.0, 0.0), complex(np.cos(unit * at), np.sin(unit * at))
            value = slope = bend = 0.0
            for f in range(waves.shape[1]):
                wave, omega = waves[n, f] * turn, unit * f
                value += wave.real
                slope -= omega * wave.imag
                bend -= omega * omega * wave.real
                turn *= each
            if step == steps:
                found[n, 0], found[n, 1] = at, 2 * value
                break
            up = -slope / bend if bend < 0 else 0.25 * np.sign(slope)
            at = min(max(at + min(max(up, -0.5), 0.5), start - reach), start + reach)


@kernel
def _cross(fixed, moving, edges, cross, power):  # type: ignore[no-untyped-def]
    """Cross power of each strip at each lag, `(S, L, F, 2)`, and both frames' own, `(S, L, 2)`."""
    lags = cross.shape[1] // 2
    for f in range(fixed.shape[1]):
        for strip in range(len(edges) - 1):
            first, count = edges[strip], edges[strip + 1] - edges[strip]
            a_re, a_im = fixed[0, f, first : first + count], fixed[1, f, first : first + count]
            for n in range(cross.shape[1]):
                start = first + n - lags
                b_re = moving[0, f, start : start + count]
                b_im = moving[1, f, start : start + count]
                re = im = own = other = np.float32(0.0)
                for x in range(count):
                    re += a_re[x] * b_re[x] + a_im[x] * b_im[x]
                    im += a_re[x] * b_im[x] - a_im[x] * b_re[x]
                    own += a_re[x] * a_re[x] + a_im[x] * a_im[x]
                    other += b_re[x] * b_re[x] + b_im[x] * b_im[x]
                cross[strip, n, f, 0] = re
                cross[strip, n, f, 1] = im
                power[strip, n, 0] += 2 * own
                power[strip, n, 1] += 2 * other
