"""The repeats of one position against each other: every pair is compared, then all agree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter
from scipy.sparse.csgraph import connected_components

from octome.octa.acquisition import Float32
from octome.octa.registration.correlation import displacement

Matrix = NDArray[np.float64]

SPREADS = 5.0  # robust standard deviations below the scan's median: no pair of still frames is
NEIGHBOURHOOD = 21  # positions whose median is the usual correlation
LEAST_DROP = 0.03  # of correlation: a smaller drop is harmless, even in a very uniform scan


@dataclass(frozen=True)
class Pairs:
    """What the pairs of repeats of one position show; each (R, R)."""

    axial: Matrix
    """How much lower the tissue of the second is than that of the first, px."""
    lateral: Matrix
    tilt: Matrix
    weakest: Matrix
    """Correlation of the strip that correlates least; 1 on the diagonal."""


def pairs_of(waves: list[Float32], rows: int, *, lags: int, reach_px: int) -> Pairs:
    """Compare every pair of repeats, given as `correlation.transform`."""
    repeats = len(waves)
    axial, lateral, tilt = (np.zeros((repeats, repeats)) for _ in range(3))
    weakest = np.eye(repeats)
    for one, other in combinations(range(repeats), 2):
        found = displacement(waves[one], waves[other], rows, lags=lags, reach_px=reach_px)
        axial[one, other], axial[other, one] = found.axial_px, -found.axial_px
        lateral[one, other], lateral[other, one] = found.lateral_px, -found.lateral_px
        tilt[one, other], tilt[other, one] = found.tilt_px, -found.tilt_px
        weakest[one, other] = weakest[other, one] = found.weakest
    return Pairs(axial, lateral, tilt, weakest)


def thresholds(positions: list[Pairs]) -> Matrix:
    """(B,): the correlation below which two repeats of a position do not show the same place.

    Measured against the scan itself: the median of the pairs nearby, minus five robust standard
    deviations. In a scan of noise, or of two frames, none is rejected.
    """
    upper = np.triu_indices(len(positions[0].weakest), 1)
    found = np.array([each.weakest[upper] for each in positions])
    if found.size == 0:
        return np.full(len(positions), -1.0)
    usual = median_filter(np.median(found, axis=1), NEIGHBOURHOOD, mode="nearest")
    off = found - usual[:, None]
    spread = 1.4826 * float(np.median(np.abs(off - np.median(off))))
    return np.asarray(usual - max(LEAST_DROP, SPREADS * spread))


def usable_of(pairs: Pairs, least: float, jump_px: float = np.inf) -> NDArray[np.bool_]:
    """(R,): the largest set of repeats that show the same place; none where no two do.

    Parameters
    ----------
    pairs : Pairs
        Of one position.
    least : float
        Correlation that two of the same place have.
    jump_px : float
        Lateral distance that an eye which holds its gaze does not cover between repeats.
    """
    repeats = len(pairs.weakest)
    if repeats == 1:
        return np.ones(1, bool)
    is_linked = (pairs.weakest >= least) & (np.abs(pairs.lateral) <= jump_px)
    count, label = connected_components(is_linked, directed=False)
    sets = [label == n for n in range(count)]
    best = max(sets, key=lambda each: (each.sum(), pairs.weakest[np.ix_(each, each)].sum()))
    return best if best.sum() > 1 else np.zeros(repeats, bool)


def agreed(measured: Matrix, weakest: Matrix, is_usable: NDArray[np.bool_]) -> Float32:
    """One displacement for each repeat from those of all pairs, (R,).

    Mean 0 over the usable ones: there the least squares over all pairs is each one's mean against
    the others. An unusable frame follows the usable frame that it resembles most.
    """
    good = is_usable if is_usable.any() else np.ones_like(is_usable)
    place = np.zeros(len(measured))
    place[good] = measured[np.ix_(good, good)].mean(axis=0)
    for n in np.flatnonzero(~good):
        like = np.where(good, weakest[n], -np.inf)
        place[n] = place[like.argmax()] + measured[like.argmax(), n]
    return place.astype(np.float32)


def best_match(pairs: Pairs) -> Float32:
    """(R,): correlation of each repeat with the other that it resembles most; 1 if it is alone."""
    if len(pairs.weakest) == 1:
        return np.ones(1, np.float32)
    others = np.where(np.eye(len(pairs.weakest), dtype=bool), -np.inf, pairs.weakest)
    return np.asarray(others.max(axis=1), np.float32)


def reference_of(pairs: Pairs, is_usable: NDArray[np.bool_]) -> int:
    """The usable repeat that the other usable ones resemble most."""
    good = is_usable if is_usable.any() else np.ones_like(is_usable)
    likeness = np.where(good, (pairs.weakest * good).sum(axis=1), -np.inf)
    return int(likeness.argmax())
