"""How much an edge or a ridge stands out at each row."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.kernel import kernel, share

WITHIN = 0.6  # of a layer, above its lower edge


def means(level: Float32, first: float, last: float) -> Float32:
    """The mean over the rows from `first` to `last` (relative, both included), along the last axis.

    What lies outside is taken from the outermost row.

    >>> means(np.float32([[0, 2, 4, 6]]), 1, 2).tolist()
    [[3.0, 5.0, 6.0, 6.0]]
    """
    low, high = round(first), round(last)
    before, after = max(0, -low), max(0, high)
    pad = [(0, 0)] * (level.ndim - 1)
    padded = np.pad(level, [*pad, (before + 1, after)], mode="edge")
    padded[..., 0] = 0
    sums = np.cumsum(padded, axis=-1, dtype=np.float32)
    count = level.shape[-1]
    upper = sums[..., before + high + 1 : before + high + 1 + count]
    lower = sums[..., before + low : before + low + count]
    return np.asarray((upper - lower) / np.float32(high - low + 1), np.float32)


def fitted_brightening(band: Float32, above: Float32, below: Float32) -> Float32:
    """How much brighter the rows below each row are than those above, as many as each A-scan has.

    Parameters
    ----------
    band : float32, (B, X, N)
        Flattened; what lies outside is not counted.
    above, below : float32, (B, X)
        Rows to compare, rounded, at least 1: no more than the layer on that side is thick, or the
        layer beyond it is compared too.

    Returns
    -------
    step : float32, (B, X, N)
        0 in the first and the last row.

    Examples
    --------
    >>> band, one = np.float32([[[0, 0, 0, 1, 1, 5]]]), np.float32([[1]])
    >>> fitted_brightening(band, 2 * one, one).tolist()
    [[[0.0, 0.0, 1.0, 1.0, 4.5, 0.0]]]
    """
    step = np.zeros_like(band)

    def compare(part: slice) -> None:
        _compare(band[part], above[part], below[part], step[part])

    share(compare, len(band))
    return step


@kernel
def _compare(band, above, below, step):  # type: ignore[no-untyped-def]
    """Differences of means out of one running sum to each A-scan."""
    bscans, ascans, rows = band.shape
    sums = np.zeros(rows + 1, np.float32)
    for b in range(bscans):
        for x in range(ascans):
            for z in range(rows):
                sums[z + 1] = sums[z] + band[b, x, z]
            up = max(1, int(np.floor(above[b, x] + np.float32(0.5))))
            down = max(1, int(np.floor(below[b, x] + np.float32(0.5))))
            for z in range(1, rows - 1):
                first, last = max(0, z - up), min(rows, z + 1 + down)
                brighter = (sums[last] - sums[z + 1]) / np.float32(last - z - 1)
                step[b, x, z] = brighter - (sums[z] - sums[first]) / np.float32(z - first)


def brightening(level: Float32, width: float) -> Float32:
    """How much brighter the `width` rows below each row are than those above it.

    >>> brightening(np.float32([[0, 0, 0, 1, 1, 1]]), 2).tolist()
    [[0.0, 0.5, 1.0, 1.0, 0.5, 0.0]]
    """
    count = max(1, round(width))
    return means(level, 1, count) - means(level, -count, -1)


def bar(level: Float32, half: float, flank: float) -> Float32:
    """How much brighter the rows within `half` are than the mean of their two flanks."""
    inside, outside = max(0, round(half)), max(1, round(flank))
    over = means(level, -inside - outside, -inside - 1)
    under = means(level, inside + 1, inside + outside)
    return means(level, -inside, inside) - (over + under) / np.float32(2)


def first_brightening(band: Float32, width: float) -> Float32:
    """`brightening` for the lower edge of the layer that begins at row 0 of a band (..., N).

    The layer may be thin: above a row no more is compared than `WITHIN` of the layer that ends
    there. What lies outside the band is not counted.

    >>> first_brightening(np.float32([[4, 4, 0, 0, 0, 0]]), 3).round(1).tolist()
    [[0.0, -4.0, -4.0, -2.0, 0.0, 0.0]]
    """
    count, most = band.shape[-1], max(1, round(width))
    row = np.arange(count)
    first = np.maximum(row - np.clip(np.rint(WITHIN * row), 1, most).astype(np.intp), 0)
    last = np.minimum(row + 1 + most, count)
    sums = np.cumsum(np.pad(band, [*[(0, 0)] * (band.ndim - 1), (1, 0)]), axis=-1)
    above = (sums[..., row] - sums[..., first]) / np.maximum(row - first, 1)
    after = np.minimum(row + 1, count)
    below = (sums[..., last] - sums[..., after]) / np.maximum(last - after, 1)
    step = np.asarray(below - above, np.float32)
    step[..., 0] = step[..., -1] = 0
    return step
