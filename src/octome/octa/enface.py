"""En face images: a slab of a volume, projected along depth.

A row is a position on a continuous scale: voxel z reaches from z - 0.5 to z + 0.5. A voxel counts
by the length of it that lies within the slab, so an image changes smoothly with its surfaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share
from octome.octa.repeats import checked_out
from octome.octa.slab import Slab, bound_rows

Projection = Literal["mean", "sum", "std", "max", "min"]
PROJECTIONS: tuple[Projection, ...] = get_args(Projection)


def slab_projection(
    volume: NDArray[Any],
    upper: Float32,
    lower: Float32,
    *,
    projection: Projection = "mean",
    out: Float32 | None = None,
) -> Float32:
    """The projection of what lies between two surfaces.

    Parameters
    ----------
    volume : float32 or uint16, (B, Z, X)
        Structure or flow.
    upper, lower : float32, (B, X)
        Rows, fractional; the slab is cut at the volume's edges.
    projection : Projection
        mean; sum (of voxels: mean times thickness in rows); std, about the mean; max or min, of
        the voxels of which at least half lies within, or of the one of which most does.
    out : float32, (B, X), optional
        Where to write the answer.

    Returns
    -------
    enface : float32, (B, X)
        In the units of `volume`. NaN where a surface is NaN, where they cross or touch, where
        nothing of the slab lies in the volume, or where the slab holds a NaN.

    Raises
    ------
    ShapeMismatch
        Arrays that do not fit together.
    UnknownName
        No such projection.

    Examples
    --------
    >>> column = np.float32([1, 2, 4, 8]).reshape(1, 4, 1)
    >>> upper, lower = np.float32([[1.0]]), np.float32([[2.5]])
    >>> float(slab_projection(column, upper, lower, projection="sum")[0, 0])  # 2 * 0.5 + 4
    5.0
    """
    if projection not in PROJECTIONS:
        raise UnknownName(
            f"no projection {projection!r}; there are: {', '.join(PROJECTIONS)}",
            found=projection,
            known=list(PROJECTIONS),
        )
    shape = (volume.shape[0], volume.shape[-1])
    if volume.ndim != 3 or upper.shape != shape or lower.shape != shape:
        raise ShapeMismatch(
            f"the volume is (B, Z, X), its surfaces (B, X); found {volume.shape}, {upper.shape} "
            f"and {lower.shape}",
            found=(volume.shape, upper.shape, lower.shape),
        )
    out = checked_out(out, shape)
    project = {"mean": _mean, "sum": _sum, "std": _std, "max": _max, "min": _min}[projection]

    def run(block: slice) -> None:
        project(volume[block], upper[block], lower[block], out[block])

    share(run, len(volume))
    return out


def enface(
    volume: NDArray[Any],
    surfaces: Mapping[str, Float32],
    slab: Slab,
    axial_mm: float,
    *,
    projection: Projection = "mean",
) -> Float32:
    """The en face image of a slab that is named by surfaces.

    Parameters
    ----------
    volume : float32 or uint16, (B, Z, X)
    surfaces : mapping of float32, (B, X)
        As `SurfaceMaps.rows`.
    slab : Slab
        As `slab.slab_type("superficial").slab`, or `Slab.parse("ILM..IPL-10um")`.
    axial_mm : float
        Between rows.
    projection : Projection
        As of `slab_projection`.

    Returns
    -------
    enface : float32, (B, X)

    Raises
    ------
    SurfaceMissing
        The slab needs a surface that is not there.
    """
    if volume.ndim != 3:
        raise ShapeMismatch(f"a volume is (B, Z, X); found {volume.shape}", found=volume.shape)
    upper = bound_rows(slab.upper, surfaces, axial_mm, volume.shape)
    lower = bound_rows(slab.lower, surfaces, axial_mm, volume.shape)
    return slab_projection(volume, upper, lower, projection=projection)


@kernel
def _rows(upper, lower, depth):  # type: ignore[no-untyped-def]
    """The rows that any A-scan of a B-scan touches, from and to; none where none does."""
    first, last = depth, 0
    for x in range(len(upper)):
        if lower[x] > upper[x]:
            first = min(first, max(0, int(np.floor(min(upper[x], depth) + 0.5))))
            last = max(last, min(depth, int(np.ceil(max(lower[x], -1.0) + 0.5))))
    return first, last


@kernel
def _length(upper, lower, depth):  # type: ignore[no-untyped-def]
    """Of the slab within the volume, rows; 0 or less where there is none."""
    half = np.float32(0.5)
    # Comparisons with NaN are false: neither a missing surface nor a crossing has a length.
    if not lower > upper:
        return np.float32(0.0)
    return min(lower, np.float32(depth) - half) - max(upper, -half)


# The sums live in arrays made in the same function: the compiler then knows that nothing else
# points at them, and takes several A-scans at a time (5 times as fast). Whole rows are read: their
# sums lie in the nearest cache, and tiles of 32 to 256 A-scans were 1.1 to 5 times slower, even for
# a tilted slab, of which they read less.


@kernel
def _weighted(volume, upper, lower, is_mean, out):  # type: ignore[no-untyped-def]
    half, zero = np.float32(0.5), np.float32(0.0)
    ascans = volume.shape[2]
    total = np.empty(ascans, np.float32)
    for b in range(volume.shape[0]):
        first, last = _rows(upper[b], lower[b], volume.shape[1])
        total[:] = 0
        for z in range(first, last):
            above, below = np.float32(z) - half, np.float32(z) + half
            for x in range(ascans):
                part = min(lower[b, x], below) - max(upper[b, x], above)
                value = np.float32(volume[b, z, x])
                # What lies outside does not count, not even as NaN.
                total[x] += part * value if part > zero else zero
        for x in range(ascans):
            length = _length(upper[b, x], lower[b, x], volume.shape[1])
            within = total[x] / length if is_mean else total[x]
            out[b, x] = within if length > 0 else np.nan


@kernel
def _sum(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    _weighted(volume, upper, lower, False, out)  # noqa: FBT003


@kernel
def _mean(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    _weighted(volume, upper, lower, True, out)  # noqa: FBT003


@kernel
def _std(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    """About the mean, which is found first: squares of float32 would lose it."""
    _weighted(volume, upper, lower, True, out)  # noqa: FBT003
    half, zero = np.float32(0.5), np.float32(0.0)
    ascans = volume.shape[2]
    total = np.empty(ascans, np.float32)
    mean = np.empty(ascans, np.float32)
    for b in range(volume.shape[0]):
        first, last = _rows(upper[b], lower[b], volume.shape[1])
        total[:] = 0
        mean[:] = out[b]
        for z in range(first, last):
            above, below = np.float32(z) - half, np.float32(z) + half
            for x in range(ascans):
                part = min(lower[b, x], below) - max(upper[b, x], above)
                away = np.float32(volume[b, z, x]) - mean[x]
                total[x] += part * away * away if part > zero else zero
        for x in range(ascans):
            length = _length(upper[b, x], lower[b, x], volume.shape[1])
            out[b, x] = np.sqrt(total[x] / length) if length > 0 else np.nan


@kernel
def _extreme(volume, upper, lower, sign, out):  # type: ignore[no-untyped-def]
    """The greatest of `sign` times the voxels that count."""
    half, zero = np.float32(0.5), np.float32(0.0)
    # A little less than half: a slab of whole voxels must not lose them to rounding.
    enough = np.float32(0.4999)
    ascans = volume.shape[2]
    most, near = np.empty(ascans, np.float32), np.empty(ascans, np.float32)
    best = np.empty(ascans, np.float32)
    for b in range(volume.shape[0]):
        first, last = _rows(upper[b], lower[b], volume.shape[1])
        most[:] = 0
        best[:] = -np.inf
        for z in range(first, last):
            above, below = np.float32(z) - half, np.float32(z) + half
            for x in range(ascans):
                part = min(lower[b, x], below) - max(upper[b, x], above)
                value = sign * np.float32(volume[b, z, x])
                # NaN is neither greater nor less, so it stays once it is in.
                is_greater = (value > best[x]) | np.isnan(value)
                best[x] = value if (part >= enough) & is_greater else best[x]
                near[x] = value if part > most[x] else near[x]
                most[x] = max(part, most[x])
        for x in range(ascans):
            found = best[x] if most[x] >= enough else near[x]
            length = _length(upper[b, x], lower[b, x], volume.shape[1])
            out[b, x] = sign * found if length > zero else np.nan


@kernel
def _max(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    _extreme(volume, upper, lower, np.float32(1.0), out)


@kernel
def _min(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    _extreme(volume, upper, lower, np.float32(-1.0), out)
