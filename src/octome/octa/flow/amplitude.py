"""Flow from amplitude alone: decorrelation, speckle variance, ratio, correlation mapping.

All take the usable repeats of a position in their order and compare each with the next.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.flow.bscans import flow_by_bscan
from octome.octa.kernel import kernel

# Keeps 0 / 0 away: two black voxels do not differ.
TINY = np.float32(1e-30)


def decorrelation(
    repeats: NDArray[Any],
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
) -> Float32:
    """Amplitude decorrelation between repeats of each B-scan.

    Zero where nothing moved between two repeats, towards one where blood did.

    Parameters
    ----------
    repeats : float32 or uint16, (B, R, Z, X); or complex64, of which the amplitude is taken
        Linear amplitude (never dB), registered, R >= 2, finite.
    usable : bool, (B, R), optional
        Frames to use; all if None.
    noise_floor : float
        Linear amplitude. Voxels whose mean over the used repeats is below it become 0.
    out : float32, (B, Z, X), optional
        Where to write the answer.

    Returns
    -------
    flow : float32, (B, Z, X)
        Unitless, in [0, 1]; NaN at B-scans with fewer than two usable repeats.

    Raises
    ------
    TooFewRepeats
        R < 2.
    ShapeMismatch
        `usable` or `out` does not fit `repeats`.

    References
    ----------
    Jia et al. 2012, one spectral band (M = 1): https://doi.org/10.1364/OE.20.004710

    Examples
    --------
    >>> pair = np.array([1.0, 3.0], np.float32).reshape(1, 2, 1, 1)
    >>> round(float(decorrelation(pair)[0, 0, 0]), 6)
    0.4
    """
    return flow_by_bscan(repeats, _decorrelation, usable=usable, noise_floor=noise_floor, out=out)


def speckle_variance(
    repeats: NDArray[Any],
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
) -> Float32:
    """Variance of the amplitude over the repeats of each B-scan.

    Grows with brightness too: it is the contrast of bright moving tissue. Parameters and errors
    are those of `decorrelation`.

    Returns
    -------
    flow : float32, (B, Z, X)
        Amplitude squared, 0 or more (the mean square about the mean, over N).

    References
    ----------
    Mariampillai et al. 2008, https://doi.org/10.1364/OL.33.001530
    """
    return flow_by_bscan(
        repeats, _speckle_variance, usable=usable, noise_floor=noise_floor, out=out
    )


def ratio(
    repeats: NDArray[Any],
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
) -> Float32:
    """One minus the ratio of the lesser to the greater amplitude, averaged over pairs of repeats.

    The one-sided ratio by which commercial "ratio analysis" angiography (OCTARA) is described.
    Parameters and errors are those of `decorrelation`.

    Returns
    -------
    flow : float32, (B, Z, X)
        Unitless, in [0, 1].

    References
    ----------
    Described in words by Stanga et al. 2016, Developments in Ophthalmology 56.
    """
    return flow_by_bscan(repeats, _ratio, usable=usable, noise_floor=noise_floor, out=out)


def correlation_mapping(
    repeats: NDArray[Any],
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
    window: tuple[int, int] = (5, 3),
) -> Float32:
    """One minus the correlation of a small window between repeats, averaged over pairs.

    Parameters and errors are those of `decorrelation`, and:

    Parameters
    ----------
    window : (int, int)
        Rows and A-scans of the window, odd; at the edges of the frame it is cut.

    Returns
    -------
    flow : float32, (B, Z, X)
        Unitless, in [0, 1]: an anticorrelated window counts as 1.

    References
    ----------
    Enfield et al. 2011, https://doi.org/10.1364/BOE.2.001184
    """
    if min(window) < 1 or window[0] % 2 == 0 or window[1] % 2 == 0 or max(window) < 3:
        raise ShapeMismatch(f"the window needs odd sides, one of them 3 or more; found {window}")
    half = np.array(window) // 2

    def work(frames: Any, used: Any, floor: Any, out_: Any) -> None:
        _correlation(frames, used, floor, out_, half[0], half[1])

    return flow_by_bscan(repeats, work, usable=usable, noise_floor=noise_floor, out=out)


@kernel
def _below_floor(frames, used, floor, z, out):  # type: ignore[no-untyped-def]
    """Set to 0 what is darker than the floor: two noisy amplitudes differ, but not by flow."""
    least = floor * len(used)
    for x in range(out.shape[1]):
        total = np.float32(0.0)
        for n in range(len(used)):
            total += np.float32(frames[used[n], z, x])
        if total < least:
            out[z, x] = 0


@kernel
def _decorrelation(frames, used, floor, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    pairs = len(used) - 1
    scale = np.float32(2.0 / pairs)
    one = np.float32(1.0)
    alike = np.empty(ascans, np.float32)
    for z in range(depth):
        alike[:] = 0
        for n in range(pairs):
            first = frames[used[n], z]
            second = frames[used[n + 1], z]
            for x in range(ascans):
                a = np.float32(first[x])
                b = np.float32(second[x])
                alike[x] += (a * b + TINY) / (a * a + b * b + TINY + TINY)
        for x in range(ascans):
            out[z, x] = max(one - scale * alike[x], np.float32(0.0))
        if floor > 0:
            _below_floor(frames, used, floor, z, out)


@kernel
def _ratio(frames, used, floor, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    pairs = len(used) - 1
    scale = np.float32(1.0 / pairs)
    one = np.float32(1.0)
    alike = np.empty(ascans, np.float32)
    for z in range(depth):
        alike[:] = 0
        for n in range(pairs):
            first = frames[used[n], z]
            second = frames[used[n + 1], z]
            for x in range(ascans):
                a = np.float32(first[x])
                b = np.float32(second[x])
                alike[x] += (min(a, b) + TINY) / (max(a, b) + TINY)
        for x in range(ascans):
            out[z, x] = max(one - scale * alike[x], np.float32(0.0))
        if floor > 0:
            _below_floor(frames, used, floor, z, out)


@kernel
def _speckle_variance(frames, used, floor, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    share = np.float32(1.0 / len(used))
    mean = np.empty(ascans, np.float32)
    spread = np.empty(ascans, np.float32)
    for z in range(depth):
        mean[:] = 0
        spread[:] = 0
        for n in range(len(used)):
            row = frames[used[n], z]
            for x in range(ascans):
                mean[x] += np.float32(row[x]) * share
        for n in range(len(used)):
            row = frames[used[n], z]
            for x in range(ascans):
                away = np.float32(row[x]) - mean[x]
                spread[x] += away * away * share
        for x in range(ascans):
            out[z, x] = spread[x]
        if floor > 0:
            _below_floor(frames, used, floor, z, out)


@kernel
def _correlation(frames, used, floor, out, half_z, half_x):  # type: ignore[no-untyped-def]
    """Sums over the window are kept per column down the rows, then slid along X."""
    depth, ascans = out.shape
    pairs = len(used) - 1
    sums = np.empty((5, ascans), np.float64)
    out[:] = 0
    for n in range(pairs):
        first, second = frames[used[n]], frames[used[n + 1]]
        sums[:] = 0
        for z in range(min(half_z, depth)):
            _add_row(first[z], second[z], 1.0, sums)
        for z in range(depth):
            if z + half_z < depth:
                _add_row(first[z + half_z], second[z + half_z], 1.0, sums)
            if z - half_z - 1 >= 0:
                _add_row(first[z - half_z - 1], second[z - half_z - 1], -1.0, sums)
            rows = min(depth - 1, z + half_z) - max(0, z - half_z) + 1
            for x in range(ascans):
                low, high = max(0, x - half_x), min(ascans - 1, x + half_x)
                a, b, aa, bb, ab = 0.0, 0.0, 0.0, 0.0, 0.0
                for i in range(low, high + 1):
                    a += sums[0, i]
                    b += sums[1, i]
                    aa += sums[2, i]
                    bb += sums[3, i]
                    ab += sums[4, i]
                count = rows * (high - low + 1)
                spread = (aa - a * a / count) * (bb - b * b / count)
                # In a uniform window nothing could have moved.
                alike = 1.0
                if spread > 1e-12 * aa * bb:
                    alike = (ab - a * b / count) / np.sqrt(spread)
                out[z, x] += np.float32(min(max(1.0 - alike, 0.0), 1.0) / pairs)
    if floor > 0:
        for z in range(depth):
            _below_floor(frames, used, floor, z, out)


@kernel
def _add_row(first, second, sign, sums):  # type: ignore[no-untyped-def]
    for x in range(len(first)):
        a = np.float64(first[x])
        b = np.float64(second[x])
        sums[0, x] += sign * a
        sums[1, x] += sign * b
        sums[2, x] += sign * a * a
        sums[3, x] += sign * b * b
        sums[4, x] += sign * a * b
