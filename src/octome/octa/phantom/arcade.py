"""The retina's larger vessels as every B-scan cuts them, and the shadows that they throw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from octome.octa.kernel import kernel
from octome.octa.phantom.anatomy import Field
from octome.octa.phantom.optic_disc import OpticDisc

PIECES = 40  # straight ones to each vessel
RADIUS_MM = (0.03, 0.075)  # at the disc
BRANCHES = 5  # of each vessel, on average


@dataclass(frozen=True)
class Crossing:
    """The largest vessel that each A-scan passes through, (B, X)."""

    half_um: Field
    """Half the length of the A-scan's path through it; 0 without a vessel."""
    radius_um: Field


def arcades(rng: np.random.Generator, disc: OpticDisc) -> NDArray[np.float64]:
    """Artery and vein towards each quarter of the retina, with branches.

    Returns
    -------
    pieces : float64, (N, 5)
        Straight pieces: Y and X of both ends in mm, and the radius in mm.
    """
    found = []
    for side in (-1, 1):
        for temporal in (True, False):
            for _ in range(2):
                bend, end = _course(rng, disc, side, temporal=temporal)
                found += _vessel(rng, np.array([disc.y, disc.x]), bend, end)
    return np.concatenate(found)


def _course(
    rng: np.random.Generator, disc: OpticDisc, side: int, *, temporal: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The point that a vessel bends towards, and where it ends."""
    if temporal:
        bend = [side * rng.uniform(2.8, 4.0), rng.uniform(0.8, 2.6)]
        end = [side * rng.uniform(2.0, 3.6), rng.uniform(-6, -3)]
    else:
        bend = [side * rng.uniform(1.0, 2.4), disc.x + rng.uniform(0.3, 1.6)]
        end = [side * rng.uniform(2.5, 5.0), disc.x + rng.uniform(2, 6)]
    return np.array(bend), np.array(end)


def _vessel(
    rng: np.random.Generator,
    start: NDArray[np.float64],
    bend: NDArray[np.float64],
    end: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    """One vessel along a quadratic curve, with its branches."""
    radius = rng.uniform(*RADIUS_MM)
    t = np.linspace(0, 1, PIECES + 1)[:, None]
    path = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
    path += np.cumsum(rng.normal(0, 0.012, path.shape), axis=0) * np.minimum(t * 5, 1)
    width = radius * (1 - 0.65 * t[:, 0])
    found = [_pieces(path, width)]
    for _ in range(rng.poisson(BRANCHES)):
        at = rng.integers(4, PIECES - 4)
        towards = path[at] * rng.uniform(0.2, 0.6) if rng.random() < 0.6 else 1.5 * path[at]
        aim = path[at] + (path[at + 4] - path[at]) + rng.normal(0, 0.2, 2)
        u = np.linspace(0, 1, PIECES // 2)[:, None]
        branch = (1 - u) ** 2 * path[at] + 2 * u * (1 - u) * aim + u**2 * towards
        found.append(_pieces(branch, width[at] * rng.uniform(0.35, 0.75) * (1 - 0.6 * u[:, 0])))
    return found


def _pieces(path: NDArray[np.float64], width: NDArray[np.float64]) -> NDArray[np.float64]:
    """The straight pieces of a path of points, (N - 1, 5)."""
    return np.column_stack([path[:-1], path[1:], width[:-1]])


def crossings(pieces: NDArray[np.float64], y: Field, x: Field) -> Crossing:
    """Which vessel each A-scan at `y`, `x` (B, X) passes through."""
    reach = pieces[:, 4]
    near = np.ones(len(pieces), bool)
    for axis, at in ((0, y), (1, x)):
        low, high = (f(pieces[:, axis], pieces[:, axis + 2]) for f in (np.minimum, np.maximum))
        near &= (high + reach > at.min()) & (low - reach < at.max())
    half, radius = np.zeros(y.shape), np.zeros(y.shape)
    _cross(np.ascontiguousarray(pieces[near]), y, x, half, radius)
    return Crossing(half * 1000, radius * 1000)


@kernel
def _cross(pieces, y, x, half, radius):  # type: ignore[no-untyped-def]
    for b in range(y.shape[0]):
        for i in range(y.shape[1]):
            for n in range(len(pieces)):
                ay, ax, by, bx, r = pieces[n]
                dy, dx = by - ay, bx - ax
                py, px = y[b, i] - ay, x[b, i] - ax
                t = (py * dy + px * dx) / (dy * dy + dx * dx + 1e-12)
                t = min(1.0, max(0.0, t))
                away = (py - t * dy) ** 2 + (px - t * dx) ** 2
                if away < r * r:
                    chord = np.sqrt(r * r - away)
                    if chord > half[b, i]:
                        half[b, i] = chord
                        radius[b, i] = r
