"""The structural volume: how bright the tissue is, averaged over the repeats of each B-scan."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share
from octome.octa.repeats import checked_out, checked_repeats, used_repeats


def structural_volume(
    repeats: NDArray[Any],
    *,
    usable: NDArray[np.bool_] | None = None,
    out: Float32 | None = None,
) -> Float32:
    """The mean amplitude over the repeats of each B-scan.

    Averaging amplitude, not intensity, keeps a few bright speckles from outweighing the rest.

    Parameters
    ----------
    repeats : complex64, float32 or uint16, (B, R, Z, X)
        Registered; linear amplitude, or complex.
    usable : bool, (B, R), optional
        Frames to average; all if None.
    out : float32, (B, Z, X), optional
        Where to write the answer.

    Returns
    -------
    structure : float32, (B, Z, X)
        Linear amplitude, in the units of `repeats`; NaN at B-scans without a usable repeat.

    Raises
    ------
    ShapeMismatch
        `repeats` does not have four axes, or `usable` or `out` does not fit it.

    Examples
    --------
    >>> pair = np.array([1.0, 3.0], np.float32).reshape(1, 2, 1, 1)
    >>> float(structural_volume(pair)[0, 0, 0])
    2.0
    """
    bscans, count, *frame = checked_repeats(repeats, least=1)
    used = used_repeats(usable, bscans, count)
    out = checked_out(out, (bscans, *frame))

    mean = _mean_of_complex if np.iscomplexobj(repeats) else _mean

    def average(block: slice) -> None:
        for b in range(block.start, block.stop):
            if len(used[b]) == 0:
                out[b] = np.nan
            else:
                mean(repeats[b], used[b], out[b])

    share(average, bscans)
    return out


def amplitude_db(amplitude: Float32, *, least_db: float = -120.0) -> Float32:
    """Amplitude in decibels of power: ``20 log10(amplitude)``, `least_db` where there is none.

    >>> float(amplitude_db(np.float32([10.0]))[0])
    20.0
    """
    least = np.float32(10 ** (least_db / 20))
    return np.asarray(20 * np.log10(np.maximum(amplitude, least)), np.float32)


@kernel
def _mean(frames, used, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    scale = np.float32(1.0 / len(used))
    total = np.empty(ascans, np.float32)
    for z in range(depth):
        total[:] = 0
        for n in range(len(used)):
            row = frames[used[n], z]
            for x in range(ascans):
                total[x] += np.float32(row[x])
        for x in range(ascans):
            out[z, x] = total[x] * scale


@kernel
def _mean_of_complex(frames, used, out):  # type: ignore[no-untyped-def]
    depth, ascans = out.shape
    scale = np.float32(1.0 / len(used))
    total = np.empty(ascans, np.float32)
    for z in range(depth):
        total[:] = 0
        for n in range(len(used)):
            row = frames[used[n], z]
            for x in range(ascans):
                value = row[x]
                total[x] += np.sqrt(value.real * value.real + value.imag * value.imag)
        for x in range(ascans):
            out[z, x] = total[x] * scale
