"""A band of the volume between two surfaces, drawn flat and averaged over neighbouring A-scans."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel, share
from octome.octa.segmentation.cell import LARGEST


def flattened(
    volume: Float32, top: Float32, bottom: Float32, rows: int, *, group: tuple[int, int] = (1, 1)
) -> Float32:
    """The amplitude at `rows` depths from `top` to `bottom`, averaged over groups of A-scans.

    Parameters
    ----------
    volume : float32, (B, Z, X)
        Linear amplitude; what is not finite counts as 0.
    top, bottom : float32, (B, X)
        Rows in px, finite; they may lie outside the volume, where the amplitude is 0.
    rows : int
        2 or more.
    group : int, int
        B-scans and A-scans to a group.

    Returns
    -------
    band : float32, (ceil(B / group[0]), ceil(X / group[1]), rows)
        Between two rows of the volume the amplitude is interpolated linearly.

    Examples
    --------
    >>> volume = np.float32([[[0], [2], [4], [6]]])
    >>> flattened(volume, np.float32([[0.5]]), np.float32([[2.5]]), 3).ravel().tolist()
    [1.0, 3.0, 5.0]
    """
    bscans, _, ascans = volume.shape
    shape = -(-bscans // group[0]), -(-ascans // group[1]), rows
    band = np.zeros(shape, np.float32)

    def draw(part: slice) -> None:
        for g in range(part.start, part.stop):
            for b in range(g * group[0], min(bscans, (g + 1) * group[0])):
                _draw(volume[b], top[b], bottom[b], group[1], band[g])
            band[g] /= min(group[0], bscans - g * group[0])

    share(draw, shape[0])
    return band


@kernel
def _draw(bscan, top, bottom, ascans, band):  # type: ignore[no-untyped-def]
    """Add one B-scan to its group's mean."""
    depth, width = bscan.shape
    rows = band.shape[1]
    for r in range(rows):
        part = np.float32(r) / np.float32(rows - 1)
        for x in range(width):
            z = top[x] + (bottom[x] - top[x]) * part
            at = int(np.floor(z))
            if at < 0 or at + 1 >= depth:
                continue
            share_below = z - np.float32(at)
            value = bscan[at, x] * (1 - share_below) + bscan[at + 1, x] * share_below
            # NaN fails both comparisons; isfinite does not survive the reordering of sums.
            if 0 <= value <= LARGEST:
                i = x // ascans
                band[i, r] += value / min(ascans, width - i * ascans)


def smoothed(
    band: Float32, sigma_um: float, geometry: ScanGeometry, *, group: tuple[int, int] = (1, 1)
) -> Float32:
    """A band averaged over its neighbours in B and X with a Gaussian of `sigma_um`.

    B-scans far apart hardly count for one another, as the distance is in um.
    """
    # Wider than the band itself is as good as its mean.
    sigma_b = min(sigma_um / 1000 / (geometry.bscan_mm * group[0]), band.shape[0])
    sigma_x = min(sigma_um / 1000 / (geometry.ascan_mm * group[1]), band.shape[1])
    done = gaussian_filter1d(band, sigma_x, axis=1, mode="nearest", truncate=3.0)
    if len(band) > 1:
        done = gaussian_filter1d(done, sigma_b, axis=0, mode="nearest", truncate=3.0)
    return np.asarray(done, np.float32)


def ungrouped(places: Float32, shape: tuple[int, int], group: tuple[int, int]) -> Float32:
    """A map of groups at every B-scan and A-scan, interpolated between the groups' centres.

    >>> ungrouped(np.float32([[0.5, 2.5]]), (1, 4), (1, 2)).tolist()
    [[0.5, 1.0, 2.0, 2.5]]
    """
    for axis in (0, 1):
        centres = np.arange(places.shape[axis]) * group[axis] + (group[axis] - 1) / 2
        # The last group may be smaller than the others.
        centres[-1] = (centres[-1] - (group[axis] - 1) / 2 + shape[axis] - 1) / 2
        at = np.interp(np.arange(shape[axis]), centres, np.arange(len(centres)))
        low = np.minimum(np.floor(at).astype(int), max(0, len(centres) - 2))
        high = np.minimum(low + 1, len(centres) - 1)
        part = np.expand_dims((at - low).astype(np.float32), 1 - axis)
        places = np.take(places, low, axis) * (1 - part) + np.take(places, high, axis) * part
    return places


def grouped(places: Float32, group: tuple[int, int]) -> Float32:
    """The mean of a map over each group of B-scans and A-scans.

    >>> grouped(np.float32([[0, 1, 5]]), (1, 2)).tolist()
    [[0.5, 5.0]]
    """
    for axis in (0, 1):
        starts = np.arange(0, places.shape[axis], group[axis])
        count = np.diff(np.append(starts, places.shape[axis])).astype(np.float32)
        sums = np.add.reduceat(places, starts, axis=axis)
        places = np.asarray(sums / np.expand_dims(count, 1 - axis), np.float32)
    return places


def group_size(geometry: ScanGeometry, width_um: float) -> tuple[int, int]:
    """B-scans and A-scans that lie within `width_um`.

    >>> group_size(ScanGeometry(0.003, 0.01, 0.06), 30.0)
    (1, 3)
    """
    return (
        max(1, round(width_um / 1000 / geometry.bscan_mm)),
        max(1, round(width_um / 1000 / geometry.ascan_mm)),
    )
