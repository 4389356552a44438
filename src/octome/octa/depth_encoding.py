"""At which depth of a slab its brightest voxel lies: the depth-encoded image of a retina.

Context group 4271 calls it "Retina depth encoded vasculature flow" (DCM 128257).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share
from octome.octa.picture import ABSENT, Colour
from octome.octa.repeats import checked_out

# From the top of a slab to its bottom, of similar lightness.
DEPTH_COLOURS: tuple[Colour, ...] = ((255, 96, 72), (246, 214, 60), (70, 222, 140), (84, 168, 255))
DEPTH_LEVELS = 64  # of depth, and of brightness: 12 bits together


def depth_of_maximum(
    volume: NDArray[Any], upper: Float32, lower: Float32, *, out: Float32 | None = None
) -> Float32:
    """How deep in a slab its brightest voxel lies.

    Parameters
    ----------
    volume : float32 or uint16, (B, Z, X)
        Flow, best with projections removed.
    upper, lower : float32, (B, X)
        Rows, fractional; the slab is cut at the volume's edges.
    out : float32, (B, X), optional
        Where to write the answer.

    Returns
    -------
    depth : float32, (B, X)
        From 0 at `upper` to 1 at `lower`: the centre of the brightest voxel whose centre lies
        within, the upper one of two that are equally bright. NaN where none does, where a surface
        is NaN, and where the slab holds a NaN.

    Raises
    ------
    ShapeMismatch
        Arrays that do not fit together.

    Examples
    --------
    >>> column = np.float32([1, 2, 9, 3, 1]).reshape(1, 5, 1)
    >>> upper, lower = np.float32([[0.0]]), np.float32([[4.0]])
    >>> float(depth_of_maximum(column, upper, lower)[0, 0])
    0.5
    """
    shape = (volume.shape[0], volume.shape[-1])
    if volume.ndim != 3 or upper.shape != shape or lower.shape != shape:
        raise ShapeMismatch(
            f"the volume is (B, Z, X), its surfaces (B, X); found {volume.shape}, {upper.shape} "
            f"and {lower.shape}",
            found=(volume.shape, upper.shape, lower.shape),
        )
    out = checked_out(out, shape)
    share(lambda block: _deepest(volume[block], upper[block], lower[block], out[block]), shape[0])
    return out


def depth_indices(
    values: Float32, depth: Float32, *, low: float, high: float
) -> NDArray[np.uint16]:
    """Each pixel's place in `depth_palette`.

    Parameters
    ----------
    values : float32, (B, X)
        The maximum of a slab.
    depth : float32, (B, X)
        0 at the top of the slab, 1 at its bottom, as of `depth_of_maximum`.
    low, high : float
        The values of black and of full colour.

    Returns
    -------
    indices : uint16, (B, X)
        0 where the value or its depth is NaN, otherwise `DEPTH_LEVELS` times the level of depth,
        plus the level of brightness.

    Raises
    ------
    ShapeMismatch
        Two images of different shape.
    """
    if values.shape != depth.shape:
        raise ShapeMismatch(
            f"values and depth are of one shape; found {values.shape} and {depth.shape}",
            found=(values.shape, depth.shape),
        )
    top = DEPTH_LEVELS - 1
    span = high - low if high > low else 1.0
    brightness = np.rint(np.clip((np.nan_to_num(values) - low) / span, 0, 1) * top)
    place = np.rint(np.clip(np.nan_to_num(depth), 0, 1) * top) * DEPTH_LEVELS + brightness
    # Black is black at any depth, and 0 is kept for what has no value.
    place[place == 0] = DEPTH_LEVELS
    place[np.isnan(values) | np.isnan(depth)] = 0
    return np.asarray(place, np.uint16)


def depth_palette() -> NDArray[np.uint8]:
    """The colours of `depth_indices`, (DEPTH_LEVELS ** 2, 3): depth as colour, flow as brightness.

    The first is `ABSENT`.
    """
    levels = np.linspace(0, 1, DEPTH_LEVELS)
    stops = np.linspace(0, 1, len(DEPTH_COLOURS))
    channels = np.array(DEPTH_COLOURS, np.float64).T
    colours = np.stack([np.interp(levels, stops, each) for each in channels], axis=1)
    palette = np.rint(colours[:, None, :] * levels[None, :, None]).astype(np.uint8)
    palette = palette.reshape(-1, 3)
    palette[0] = ABSENT
    return palette


@kernel
def _deepest(volume, upper, lower, out):  # type: ignore[no-untyped-def]
    depth, ascans = volume.shape[1], volume.shape[2]
    best, place = np.empty(ascans, np.float32), np.empty(ascans, np.float32)
    for b in range(volume.shape[0]):
        best[:] = -np.inf
        place[:] = np.nan
        first, last = depth, 0
        for x in range(ascans):
            if lower[b, x] >= upper[b, x]:
                first = min(first, max(0, int(np.ceil(min(upper[b, x], np.float32(depth))))))
                last = max(last, min(depth, int(np.floor(max(lower[b, x], np.float32(-1)))) + 1))
        for z in range(first, last):
            row = np.float32(z)
            for x in range(ascans):
                value = np.float32(volume[b, z, x])
                is_within = (row >= upper[b, x]) & (row <= lower[b, x])
                # Once NaN is the best, no value is greater.
                is_greater = (value > best[x]) | np.isnan(value)
                best[x] = value if is_within & is_greater else best[x]
                place[x] = row if is_within & is_greater else place[x]
        for x in range(ascans):
            length = lower[b, x] - upper[b, x]
            share_of = (place[x] - upper[b, x]) / length if length > 0 else np.float32(0.5)
            is_known = (place[x] >= 0) & ~np.isnan(best[x])
            out[b, x] = share_of if is_known else np.nan
