"""Flow from complex B-scans: the difference of their fields, and that of their phases.

Both need the bulk phase of each A-scan removed first (`registration`), or all tissue flows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Complex64, Float32
from octome.octa.flow.bscans import flow_by_bscan
from octome.octa.kernel import kernel
from octome.octa.repeats import checked_complex

TINY = np.float32(1e-30)


def complex_difference(
    repeats: Complex64,
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
) -> Float32:
    """Optical microangiography: the mean size of the change of the field between repeats.

    Sees changes of amplitude and of phase; grows with the brightness of what moves.

    Parameters
    ----------
    repeats : complex64, (B, R, Z, X)
        Registered, the bulk phase of each A-scan taken out, R >= 2.
    usable : bool, (B, R), optional
        Frames to use; all if None.
    noise_floor : float
        Linear amplitude. Voxels whose mean over the used repeats is below it become 0.
    out : float32, (B, Z, X), optional
        Where to write the answer.

    Returns
    -------
    flow : float32, (B, Z, X)
        Linear amplitude, 0 or more; NaN at B-scans with fewer than two usable repeats.

    Raises
    ------
    TooFewRepeats
        R < 2.
    ShapeMismatch
        `repeats` is not complex, or `usable` or `out` does not fit it.

    References
    ----------
    An, Qin and Wang 2010, https://doi.org/10.1364/OE.18.008220

    Examples
    --------
    >>> pair = np.array([1.0, 1.0j], np.complex64).reshape(1, 2, 1, 1)
    >>> round(float(complex_difference(pair)[0, 0, 0]), 4)
    1.4142
    """
    checked_complex(repeats, "optical microangiography")
    return flow_by_bscan(
        repeats, _difference, usable=usable, noise_floor=noise_floor, out=out, amplitude=False
    )


def phase_variance(
    repeats: Complex64,
    *,
    usable: NDArray[np.bool_] | None = None,
    noise_floor: float = 0.0,
    out: Float32 | None = None,
) -> Float32:
    """Variance of the phase change between repeats, about zero change.

    For small changes this is the mean of their squares; it saturates where the phase is random,
    so no unwrapping is needed: 2 - 2 cos(change), averaged over pairs. Parameters and errors are
    those of `complex_difference`.

    Returns
    -------
    flow : float32, (B, Z, X)
        rad**2, in [0, 4]; about 2 where the phase is random.

    References
    ----------
    Fingler et al. 2009, https://doi.org/10.1364/OE.17.022190; 2 - 2 cos in place of the square.

    Examples
    --------
    >>> pair = np.array([1.0, 5.0j], np.complex64).reshape(1, 2, 1, 1)
    >>> float(phase_variance(pair)[0, 0, 0])
    2.0
    """
    checked_complex(repeats, "phase variance")
    return flow_by_bscan(
        repeats, _phase_variance, usable=usable, noise_floor=noise_floor, out=out, amplitude=False
    )


@kernel
def _below_floor(frames, used, floor, z, out):  # type: ignore[no-untyped-def]
    least = floor * len(used)
    for x in range(out.shape[1]):
        total = np.float32(0.0)
        for n in range(len(used)):
            value = frames[used[n], z, x]
            total += np.sqrt(value.real * value.real + value.imag * value.imag)
        if total < least:
            out[z, x] = 0


@kernel
def _difference(frames, used, floor, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    pairs = len(used) - 1
    scale = np.float32(1.0 / pairs)
    for z in range(depth):
        out[z] = 0
        for n in range(pairs):
            first = frames[used[n], z]
            second = frames[used[n + 1], z]
            for x in range(ascans):
                change = second[x] - first[x]
                size = np.sqrt(change.real * change.real + change.imag * change.imag)
                out[z, x] += size * scale
        if floor > 0:
            _below_floor(frames, used, floor, z, out)


@kernel
def _phase_variance(frames, used, floor, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    pairs = len(used) - 1
    scale = np.float32(2.0 / pairs)
    one = np.float32(1.0)
    for z in range(depth):
        out[z] = 0
        for n in range(pairs):
            first = frames[used[n], z]
            second = frames[used[n + 1], z]
            for x in range(ascans):
                a, b = first[x], second[x]
                along = a.real * b.real + a.imag * b.imag
                power = (a.real * a.real + a.imag * a.imag) * (b.real * b.real + b.imag * b.imag)
                # Without light there is no phase that could change.
                turned = along / np.sqrt(power) if power > TINY else one
                out[z, x] += max(one - turned, np.float32(0.0)) * scale
        if floor > 0:
            _below_floor(frames, used, floor, z, out)
