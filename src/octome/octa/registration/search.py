"""The eye's motion, found in a whole scan."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ArrayLike, Float32, ScanGeometry
from octome.octa.kernel import blocks, cores, share
from octome.octa.registration.correlation import moved, transform
from octome.octa.registration.motion import Motion
from octome.octa.registration.repeats import (
    LEAST_DROP,
    Pairs,
    agreed,
    best_match,
    pairs_of,
    reference_of,
    thresholds,
    usable_of,
)
from octome.octa.registration.slow_axis import neighbours, without_anatomy

AXIAL_MM = 0.15  # that the eye moves along the beam between two frames, at most
LATERAL_MM = 0.12  # that it jumps sideways between two positions
REPEAT_LATERAL_MM = 0.02  # within which repeats are looked for; a jump decorrelates them anyway

JUMP_MM = 0.002  # a gaze that is held wanders a tenth of it from one repeat to the next
STILL_PX = 0.2  # lateral distance that noise may mimic where A-scans are far apart


def found_motion(
    bscans: ArrayLike,
    *,
    geometry: ScanGeometry,
    progress: Callable[[int, int], None] | None = None,
) -> Motion:
    """The eye's motion during a scan.

    Repeats of a position are compared pair by pair, positions with their neighbours. Frames that
    the eye's jumps distorted, or moved away from most repeats, are not usable.

    Parameters
    ----------
    bscans : complex64 or float32, (B, R, Z, X)
        Linear amplitude, or complex; in memory or in a file, read B-scan by B-scan.
    geometry : ScanGeometry
        Spacing, to know how far an eye can have moved.
    progress : callable, optional
        Called with positions done and their total, in the caller's thread.

    Returns
    -------
    motion : Motion

    Raises
    ------
    ShapeMismatch
        Not four axes, or fewer than 8 rows.

    References
    ----------
    Guizar-Sicairos et al. 2008, https://doi.org/10.1364/OL.33.000156 (`correlation.displacement`).

    Examples
    --------
    >>> texture = np.random.default_rng(0).rayleigh(size=(64, 40)).astype(np.float32)
    >>> pair = np.stack([texture, np.roll(texture, 3, axis=0)])[None]
    >>> found = found_motion(pair, geometry=ScanGeometry(0.003, 0.01, 0.01))
    >>> found.axial_px.round(1).tolist()
    [[-1.5, 1.5]]
    """
    if len(bscans.shape) != 4 or min(bscans.shape) < 1 or bscans.shape[2] < 8:
        raise ShapeMismatch(
            "registration needs B-scans (B, R, Z, X) of 8 rows or more; found shape "
            f"{tuple(bscans.shape)}",
            found=tuple(bscans.shape),
        )
    count, _, rows, _ = bscans.shape
    reach = max(2, min(rows // 4, round(AXIAL_MM / geometry.axial_mm)))
    lags = max(1, round(REPEAT_LATERAL_MM / geometry.ascan_mm))
    positions: list[Pairs | None] = [None] * count
    means: dict[int, tuple[Float32, NDArray[np.bool_]]] = {}
    for block in blocks(count, 4 * cores()):
        frames = np.asarray(bscans[block])

        def compare(part: slice, frames=frames, block=block) -> None:  # type: ignore[no-untyped-def]
            for n in range(part.start, part.stop):
                waves = [transform(frame) for frame in frames[n]]
                pairs = pairs_of(waves, rows, lags=lags, reach_px=reach)
                positions[block.start + n] = pairs
                means[block.start + n] = _mean(waves, pairs, rows)

        share(compare, len(frames), 1)
        if progress:
            progress(block.stop, count)
    pairs = [each for each in positions if each is not None]
    jump_px = max(STILL_PX, JUMP_MM / geometry.ascan_mm)
    usable = [
        usable_of(each, float(least), jump_px)
        for each, least in zip(pairs, thresholds(pairs), strict=True)
    ]
    slow_axial, slow_lateral = neighbours(
        [means[b][0] for b in range(count)],
        rows,
        lags=max(1, round(LATERAL_MM / geometry.ascan_mm)),
        reach_px=reach,
    )
    every = list(zip(pairs, usable, strict=True))
    axial = np.stack([agreed(p.axial, p.weakest, u) for p, u in every])
    lateral = np.stack([agreed(p.lateral, p.weakest, u) for p, u in every])
    # Neighbours were compared by the mean of the most similar repeats; repeats count from the
    # usable ones.
    alike = [means[b][1] for b in range(count)]
    slow_axial -= np.array([each[a].mean() for each, a in zip(axial, alike, strict=True)])
    slow_lateral -= np.array([each[a].mean() for each, a in zip(lateral, alike, strict=True)])
    return Motion(
        axial_px=axial,
        lateral_px=lateral,
        axial_tilt_px=np.stack([agreed(p.tilt, p.weakest, u) for p, u in every]),
        slow_axial_px=without_anatomy(slow_axial),
        slow_lateral_px=without_anatomy(slow_lateral),
        correlation=np.stack([best_match(p) for p in pairs]),
        is_usable=np.stack(usable),
        reference=np.array([reference_of(p, u) for p, u in every]),
    )


def _mean(waves: list[Float32], pairs: Pairs, rows: int) -> tuple[Float32, NDArray[np.bool_]]:
    """The transform of the average of the most similar repeats, and which they are."""
    alike = usable_of(pairs, float(best_match(pairs).max()) - 2 * LEAST_DROP)
    good = alike if alike.any() else np.ones_like(alike)
    place = agreed(pairs.axial, pairs.weakest, good)
    total = np.zeros_like(waves[0])
    for n in np.flatnonzero(good):
        total += moved(waves[n], float(place[n]), rows)
    return total / np.float32(good.sum()), good
