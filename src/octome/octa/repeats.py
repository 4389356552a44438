"""Repeated B-scans as structure and flow take them: checked, and the usable ones picked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch, TooFewRepeats
from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel


def checked_repeats(repeats: NDArray[Any], *, least: int) -> tuple[int, ...]:
    """The shape `(B, R, Z, X)` of repeats; each position needs `least` of them."""
    if repeats.ndim != 4 or min(repeats.shape) < 1:
        raise ShapeMismatch(
            f"repeated B-scans have the axes (B, R, Z, X); found shape {repeats.shape}",
            found=repeats.shape,
        )
    found = repeats.shape[1]
    if found < least:
        raise TooFewRepeats(
            f"flow needs {least} or more repeats of each B-scan, this scan has {found}",
            found=found,
            needed=least,
        )
    return repeats.shape


def checked_complex(repeats: NDArray[Any], method: str) -> None:
    """Raise for amplitudes where the phase is needed."""
    if not np.iscomplexobj(repeats):
        raise ShapeMismatch(
            f"{method} needs complex B-scans; found {repeats.dtype}", found=str(repeats.dtype)
        )


def used_repeats(
    usable: NDArray[np.bool_] | None, bscans: int, count: int
) -> list[NDArray[np.int64]]:
    """The repeats to use at each position; all by default."""
    if usable is None:
        return [np.arange(count)] * bscans
    if usable.shape != (bscans, count):
        raise ShapeMismatch(
            f"usable has a flag for each frame, shape {(bscans, count)}; found {usable.shape}",
            found=usable.shape,
            needed=(bscans, count),
        )
    return [np.flatnonzero(row) for row in usable]


def checked_out(out: Float32 | None, shape: tuple[int, ...]) -> Float32:
    """The array to write to: a new one, or the caller's if it fits."""
    if out is None:
        return np.empty(shape, np.float32)
    if out.shape != shape or out.dtype != np.float32:
        raise ShapeMismatch(
            f"out needs to be float32 of shape {shape}; found {out.dtype} of {out.shape}",
            found=out.shape,
            needed=shape,
        )
    return out


def amplitude_of(frames: NDArray[Any]) -> NDArray[Any]:
    """Linear amplitude of the repeats of one position; amplitudes are returned unchanged."""
    if not np.iscomplexobj(frames):
        return frames
    amplitude = np.empty(frames.shape, np.float32)
    _amplitude(np.ascontiguousarray(frames).reshape(-1), amplitude.reshape(-1))
    return amplitude


@kernel
def _amplitude(values, out):  # type: ignore[no-untyped-def]
    for n in range(len(values)):
        value = values[n]
        out[n] = np.sqrt(value.real * value.real + value.imag * value.imag)
