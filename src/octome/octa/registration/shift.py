"""Frames moved back to where an eye that holds still would have shown them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ArrayLike, Float32
from octome.octa.kernel import blocks, cores, kernel, share
from octome.octa.registration.motion import Motion
from octome.octa.registration.phase import bulk_phase

Frame = NDArray[Any]

TAPS = 8
KAISER = 5.0
STILL_PX = 0.05  # lateral shifts below it are left: the blur of interpolation would cost more


def registered(
    bscans: ArrayLike,
    motion: Motion,
    *,
    out: Any = None,
    progress: Callable[[int, int], None] | None = None,
) -> Any:
    """The B-scans with the motion taken out.

    Each A-scan is moved along Z, the bulk phase of complex frames against the reference repeat of
    their position is removed, then each frame is moved along X. Values from outside the
    frame are 0. Frames that are not usable are moved too, as well as possible.

    Parameters
    ----------
    bscans : complex64 or float32, (B, R, Z, X)
        As given to `search.found_motion`. Complex ones with the phase of the middle wavenumber
        (`reconstruction.bscan.reconstruct` gives it): they vary slowly along Z.
    motion : Motion
        What was found.
    out : array, optional
        Of the same shape, in memory or a dataset in a file.
    progress : callable, optional
        Called with positions done and their total, in the caller's thread.

    Returns
    -------
    registered : complex64 or float32, (B, R, Z, X)
        `out` if it was given.

    Raises
    ------
    ShapeMismatch
        Motion of another scan.

    References
    ----------
    Interpolation by a sinc under a Kaiser window of 8 samples, both axes.
    """
    shape = tuple(bscans.shape)
    if len(shape) != 4 or shape[:2] != motion.axial_px.shape:
        raise ShapeMismatch(
            f"the motion of {motion.axial_px.shape} frames does not fit B-scans of shape {shape}",
            found=shape,
            needed=motion.axial_px.shape,
        )
    kind = np.complex64 if np.dtype(bscans.dtype).kind == "c" else np.float32
    if out is None:
        out = np.empty(shape, kind)
    if tuple(out.shape) != shape or np.dtype(out.dtype) != kind:
        raise ShapeMismatch(
            f"out needs {np.dtype(kind)} {shape}; found {out.dtype} {tuple(out.shape)}",
            found=tuple(out.shape),
            needed=shape,
        )
    is_memory = isinstance(out, np.ndarray) and out.flags.c_contiguous
    axial = motion.axial_px_by_ascan(shape[3])
    lateral = motion.total_lateral_px
    for block in blocks(shape[0], 2 * cores()):
        frames = np.ascontiguousarray(bscans[block], kind)
        done = out[block] if is_memory else np.empty_like(frames)

        def work(part: slice, frames=frames, done=done, block=block) -> None:  # type: ignore[no-untyped-def]
            for n in range(part.start, part.stop):
                b = block.start + n
                _position(frames[n], axial[b], lateral[b], int(motion.reference[b]), done[n])

        share(work, len(frames), 1)
        if not is_memory:
            out[block] = done
        if progress:
            progress(block.stop, shape[0])
    return out


def _position(frames: Frame, axial: Float32, lateral: Float32, reference: int, out: Frame) -> None:
    """Register the repeats of one position, `(R, Z, X)`, into `out`."""
    for frame, shift, place in zip(frames, axial, out, strict=True):
        raised(frame, shift, place)
    if np.iscomplexobj(out):
        still = out[reference].copy()
        for place in out:
            place *= np.exp(-1j * bulk_phase(still, place)).astype(np.complex64)
    for place, shift in zip(out, lateral, strict=True):
        if abs(shift) > STILL_PX:
            slid(place.copy(), float(shift), place)


def weights_at(fraction: NDArray[np.floating[Any]]) -> Float32:
    """Of TAPS samples about a place between the middle two, (TAPS, ...); they add up to 1."""
    middle = TAPS // 2 - 1
    away = fraction - (np.arange(TAPS) - middle).reshape(-1, *([1] * np.ndim(fraction)))
    inside = np.clip(1 - (away / (TAPS / 2)) ** 2, 0, None)
    weights = np.sinc(away) * np.where(inside > 0, np.i0(KAISER * np.sqrt(inside)), 0.0)
    return np.asarray(weights / weights.sum(axis=0), np.float32)


def raised(frame: Frame, shift_px: Float32, out: Frame) -> None:
    """Write to `out` the frame `(Z, X)`, each A-scan moved up by `shift_px` (X,) rows."""
    parts = 2 if np.iscomplexobj(frame) else 1
    whole = np.floor(shift_px).astype(np.int64)
    weights = np.repeat(weights_at(shift_px.astype(np.float64) - whole), parts, axis=1)
    # Neighbours that move by the same whole number of rows go together.
    cuts = np.concatenate([[0], np.flatnonzero(np.diff(whole)) + 1, [whole.size]])
    first = whole[cuts[:-1]] - (TAPS // 2 - 1)
    _raise(frame.view(np.float32), first, cuts * parts, weights, out.view(np.float32))


def slid(frame: Frame, shift_px: float, out: Frame) -> None:
    """Write to `out` the frame `(Z, X)` moved right by `shift_px` A-scans."""
    parts = 2 if np.iscomplexobj(frame) else 1
    whole = int(np.floor(-shift_px))
    weights = weights_at(np.asarray(-shift_px - whole))
    first = (whole - (TAPS // 2 - 1)) * parts
    _slide(frame.view(np.float32), first, parts, weights, out.view(np.float32))


@kernel
def _raise(frame, first, cuts, weights, out):  # type: ignore[no-untyped-def]
    rows = frame.shape[0]
    for run in range(len(first)):
        # Slices start at 0: the compiler need not check whether an index counts from the end.
        part = slice(cuts[run], cuts[run + 1])
        for z in range(rows):
            target = out[z, part]
            target[:] = np.float32(0.0)
            for tap in range(weights.shape[0]):
                at = z + first[run] + tap
                if 0 <= at < rows:
                    source, weight = frame[at, part], weights[tap, part]
                    for x in range(len(target)):
                        target[x] += weight[x] * source[x]


@kernel
def _slide(frame, first, parts, weights, out):  # type: ignore[no-untyped-def]
    rows, width = frame.shape
    for z in range(rows):
        out[z] = np.float32(0.0)
        for tap in range(weights.shape[0]):
            offset = first + tap * parts
            count = width - abs(offset)
            if count <= 0:
                continue
            target = out[z, max(0, -offset) : max(0, -offset) + count]
            source = frame[z, max(0, offset) : max(0, offset) + count]
            weight = weights[tap]
            for x in range(count):
                target[x] += weight * source[x]
