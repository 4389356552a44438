"""B-scans against their neighbours along the slow axis, near and far.

Steps from one position to the next drift when added up: each adds its error. Positions further
apart are compared too, and all comparisons are brought to agree by least squares, those that
disagree with the rest counting less.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve

from octome.octa.acquisition import Float32
from octome.octa.kernel import share
from octome.octa.registration.correlation import displacement, lateral_profile, vertex

Row = NDArray[np.float64]

STEPS = (1, 2, 4, 8)  # B-scans apart; further apart the anatomy differs
NEAR_AXIAL_PX = 4  # rows about the place where far neighbours are expected
FLANK = 3  # A-scans: half the width of a summit that speckle makes
LEAST_SUMMIT = 0.02  # of correlation, above both flanks
LEAST_GAIN = 0.02  # of correlation, of a broad summit over no displacement
SURE = 6.0  # robust standard deviations above other lags
TRUSTED_PX = 0.3  # a comparison further than this from the consensus counts less
ROUNDS = 8  # of new weights


def neighbours(
    waves: list[Float32], rows: int, *, lags: int, reach_px: int
) -> tuple[Float32, Float32]:
    """Displacement of each position, axial and lateral, (B,) each, before anatomy is left out.

    Parameters
    ----------
    waves : list of float32, (2, F, X)
        Of each position, its usable repeats averaged (`correlation.transform`).
    rows : int
        Z.
    lags, reach_px : int
        The farthest lateral and axial displacement between neighbours, px.
    """
    count = len(waves)
    axial, lateral = np.zeros(count), np.zeros(count)
    lateral[1:] = np.cumsum(_lateral_steps(waves, rows, lags, reach_px))
    edges: list[tuple[int, int]] = []
    table = np.zeros((0, 2))
    for step in (each for each in STEPS if each < count):
        fresh = [(b, b + step) for b in range(count - step)]
        # The next may lie anywhere; those further on lie near where the steps so far lead.
        reach = reach_px if step == 1 else NEAR_AXIAL_PX
        edges += fresh
        table = np.concatenate([table, _compared(waves, rows, fresh, (axial, lateral), reach)])
        axial = consensus(edges, table[:, 0], table[:, 1], count)
    return axial.astype(np.float32), lateral.astype(np.float32)


def _lateral_steps(waves: list[Float32], rows: int, lags: int, reach_px: int) -> Row:
    """How far each position lies to the side of the one before, (B - 1,)."""
    found = np.zeros(len(waves) - 1)

    def work(part: slice) -> None:
        for n in range(part.start, part.stop):
            found[n] = lateral_step(waves[n], waves[n + 1], rows, lags=lags, reach_px=reach_px)

    if found.size:
        share(work, found.size)
    return found


def lateral_step(fixed: Float32, moving: Float32, rows: int, *, lags: int, reach_px: int) -> float:
    """How much further right the tissue of `moving` lies; 0 where nothing shows it.

    Speckle that both positions share makes a narrow summit of the correlation over lateral lags,
    exact to a tenth of an A-scan. Without it, where positions lie further apart than the beam is
    wide or the eye has jumped, layers and vessels make a broad one, exact to one or two A-scans:
    it counts where it is clearly higher than at no displacement.
    """
    lags = min(lags + FLANK, (fixed.shape[2] - 1) // 4)
    if lags <= FLANK:
        return 0.0
    profile = lateral_profile(fixed, moving, rows, lags=lags, reach_px=reach_px)
    out = profile[FLANK:-FLANK] - (profile[: -2 * FLANK] + profile[2 * FLANK :]) / 2
    noise = 1.4826 * float(np.median(np.abs(out - np.median(out))))
    best = int(out.argmax())
    if out[best] >= max(LEAST_SUMMIT, SURE * noise):
        return lags - vertex(profile, best + FLANK)
    far = int(profile.argmax())
    is_clear = profile[far] - profile[lags] >= max(LEAST_GAIN, SURE * noise)
    return lags - vertex(profile, far) if is_clear else 0.0


def _compared(
    waves: list[Float32],
    rows: int,
    edges: list[tuple[int, int]],
    place: tuple[Row, Row],
    reach_px: int,
) -> Row:
    """Axial displacement and correlation of each pair of positions, (N, 2)."""
    found = np.zeros((len(edges), 2))
    axial, lateral = place
    half = waves[0].shape[2] // 2

    def work(part: slice) -> None:
        for n in range(part.start, part.stop):
            a, b = edges[n]
            aside = max(-half, min(half, round(float(lateral[b] - lateral[a]))))
            fixed, moving = overlap(waves[a], waves[b], aside)
            near = float(axial[b] - axial[a])
            each = displacement(fixed, moving, rows, lags=0, reach_px=reach_px, near_px=near)
            found[n] = each.axial_px, max(each.correlation, 1e-3)

    share(work, len(edges))
    return found


def overlap(fixed: Float32, moving: Float32, aside: int) -> tuple[Float32, Float32]:
    """What both show where `moving` shows tissue from `aside` A-scans further right."""
    width = fixed.shape[2] - abs(aside)
    return (
        fixed[:, :, max(0, aside) :][:, :, :width],
        moving[:, :, max(0, -aside) :][:, :, :width],
    )


def consensus(edges: list[tuple[int, int]], measured: Row, weight: Row, count: int) -> Row:
    """Positions whose differences fit the measured ones best; mean 0, (B,).

    Least squares, its weights lowered where a measurement stands out (Huber).
    """
    a, b = np.array(edges).T
    n = np.arange(len(a))
    matrix = sparse.csr_matrix(
        (np.repeat([1.0, -1.0], len(a)), (np.tile(n, 2), np.concatenate([b, a]))),
        shape=(len(a), count),
    )
    place: Row = np.zeros(count)
    trust: Row = np.ones(len(a))
    for _ in range(ROUNDS):
        weighted = matrix.multiply((weight * trust)[:, None]).tocsr()
        # One position is free; a weak pull to 0 fixes it.
        normal = (matrix.T @ weighted + 1e-9 * sparse.identity(count)).tocsc()
        place = np.asarray(spsolve(normal, weighted.T @ measured))
        off = np.abs(matrix @ place - measured)
        trust = TRUSTED_PX / np.maximum(off, TRUSTED_PX)
    return np.asarray(place - place.mean())


def without_anatomy(path: Float32) -> Float32:
    """The path minus the parabola that fits it best: tilt and curvature stay in the image.

    A line or a parabola along the slow axis may be motion or the shape of the eye: nothing in the
    scan decides which. Faster bends are motion.
    """
    if path.size < 4:
        return np.zeros_like(path)
    b = np.linspace(-1, 1, path.size)
    smooth = np.polynomial.Polynomial.fit(b, path.astype(np.float64), 2)(b)
    return (path - smooth).astype(np.float32)
