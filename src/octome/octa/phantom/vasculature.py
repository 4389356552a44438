"""The vessels of the simulated macula, as lines between points: position, depth, radius, speed.

Larger vessels of the superficial plexus are trees that enter from beyond the scan and grow towards
the fovea; capillaries of each plexus are a mesh (the edges of Voronoi cells, so it is connected)
that leaves an avascular zone at the fovea and hangs on the trees and on the plexus above by short
vertical vessels. Choroidal vessels are a separate, wide mesh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

from octome.octa.phantom.anatomy import Macula
from octome.octa.phantom.noise import SmoothField, stream
from octome.octa.phantom.scan_plan import Variant
from octome.octa.truth import CHOROIDAL, DEEP, INTERMEDIATE, NEOVASCULAR, SUPERFICIAL

Points = NDArray[np.float64]

EXTENT_MM = 2.4  # vessels exist this far from the fovea, either way
BALANCE = 0.6  # weight of a short path from the root against a short tree
CAPILLARY_MM = 0.0045  # radius
CAPILLARY_MM_S = 1.5
# Mean distance between capillaries, mm, and where they lie: between which surfaces, how far down.
MESHES = {
    SUPERFICIAL: (0.105, "RNFL", "IPL", 0.25),
    INTERMEDIATE: (0.120, "IPL", "INL", 0.08),
    DEEP: (0.085, "INL", "OPL", 0.15),
}


@dataclass(frozen=True, kw_only=True)
class Vessels:
    """Straight pieces of vessel; one row each."""

    start: Points
    """(N, 3): y and x in mm from the fovea, and depth: 0 at the upper surface, 1 at the lower."""
    end: Points
    """(N, 3)."""
    radius: Points
    """(N,), mm."""
    speed: Points
    """(N,), mm/s."""
    plexus: int
    between: tuple[str, str]
    """The surfaces that depth 0 and 1 mean."""


class VesselFreeZone:
    """The outline of the foveal avascular zone: nearly round, by angle."""

    def __init__(self, seed: int) -> None:
        rng = stream(seed, "avascular zone")
        self.radius_mm = rng.uniform(0.24, 0.32)
        self._lobes = rng.uniform(-0.09, 0.09, 4)
        self._turn = rng.uniform(0, 2 * np.pi, 4)

    def radius(self, angle: Points) -> Points:
        """Of the zone at each angle (rad), mm."""
        lobes = [
            size * np.cos((n + 2) * angle + turn)
            for n, (size, turn) in enumerate(zip(self._lobes, self._turn, strict=True))
        ]
        return np.asarray(self.radius_mm * (1 + sum(lobes)))

    def outline(self, spacing: float, widened: float) -> Points:
        """Points about `spacing` mm apart round the zone, `(N, 2)`."""
        count = int(2 * np.pi * widened * self.radius_mm / spacing) + 3
        angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
        direction = np.stack([np.sin(angle), np.cos(angle)], axis=1)
        return np.asarray(widened * self.radius(angle)[:, None] * direction)

    def pushed_out(self, points: Points, widened: float = 1.0) -> tuple[Points, NDArray[np.bool_]]:
        """The points, those inside moved to the outline; and which were inside."""
        angle = np.arctan2(points[:, 0], points[:, 1])
        away = np.hypot(points[:, 0], points[:, 1])
        limit = widened * self.radius(angle)
        inside = away < limit
        scale = np.where(inside, limit / np.maximum(away, 1e-9), 1.0)
        return points * scale[:, None], inside


def scattered(rng: np.random.Generator, spacing: float, extent: float = EXTENT_MM) -> Points:
    """Points about `spacing` apart: a grid of triangles, shaken."""
    rows = np.arange(-extent, extent, spacing * np.sqrt(0.75))
    columns = np.arange(-extent, extent, spacing)
    y, x = np.meshgrid(rows, columns, indexing="ij")
    x = x + (np.arange(len(rows)) % 2)[:, None] * spacing / 2
    points = np.stack([y.ravel(), x.ravel()], axis=1)
    return points + rng.uniform(-0.38, 0.38, points.shape) * spacing


def mesh(rng: np.random.Generator, spacing: float) -> tuple[Points, Points]:
    """The edges of the Voronoi cells of scattered points: the ends of each, `(N, 2)`."""
    cells = Voronoi(scattered(rng, spacing, EXTENT_MM + 2 * spacing))
    ridges = np.array([ridge for ridge in cells.ridge_vertices if -1 not in ridge])
    ends = cells.vertices[ridges]
    near = np.abs(ends).max(axis=(1, 2)) < EXTENT_MM
    return ends[near, 0], ends[near, 1]


def capillaries(seed: int, plexus: int, zone: VesselFreeZone) -> Vessels:
    """The mesh of one plexus, round the avascular zone."""
    rng = stream(seed, "capillaries", plexus)
    spacing, upper, lower, depth = MESHES[plexus]
    start, end = mesh(rng, spacing)
    # The deeper plexuses end a little further from the fovea.
    widened = 1.0 + 0.08 * (plexus - 1)
    start, start_inside = zone.pushed_out(start, widened)
    end, end_inside = zone.pushed_out(end, widened)
    # Capillaries that crossed the zone's outline now end there, on one that runs round it.
    kept = ~(start_inside & end_inside)
    ring = zone.outline(spacing / 2, widened)
    start = np.concatenate([start[kept], ring])
    end = np.concatenate([end[kept], np.roll(ring, -1, axis=0)])
    uneven = SmoothField(rng, 0.4)
    radius = CAPILLARY_MM * np.exp(rng.normal(0, 0.12, len(start)))
    speed = CAPILLARY_MM_S * np.exp(rng.normal(0, 0.3, len(start)))
    return Vessels(
        start=np.column_stack([start, depth + 0.05 * uneven(start[:, 0], start[:, 1])]),
        end=np.column_stack([end, depth + 0.05 * uneven(end[:, 0], end[:, 1])]),
        radius=radius,
        speed=speed,
        plexus=plexus,
        between=(upper, lower),
    )


def grown(
    rng: np.random.Generator, roots: Points, points: Points
) -> tuple[Points, NDArray[np.int64]]:
    """Trees that grow from the roots through all points.

    Points are reached in the order of their distance from the nearest root. Each is joined to the
    earlier point that keeps both the new piece and the whole path from the root short
    (Cuntz et al. 2010, https://doi.org/10.1371/journal.pcbi.1000877, with BALANCE for bf).

    Returns
    -------
    nodes : float64, (N, 2)
        Roots and points in the order they were reached.
    parents : int64, (N,)
        Of each node; -1 for a root. A parent comes before its branches.
    """
    reach = np.hypot(*(points[:, None] - roots[None]).transpose(2, 0, 1)).min(axis=1)
    order = np.argsort(reach + rng.uniform(0, 0.05, len(points)))
    nodes = np.concatenate([roots, points[order]])
    parents = np.full(len(nodes), -1)
    way = np.zeros(len(nodes))
    for index in range(len(roots), len(nodes)):
        piece = np.hypot(*(nodes[:index] - nodes[index]).T)
        parents[index] = int(np.argmin(piece + BALANCE * way[:index]))
        way[index] = way[parents[index]] + piece[parents[index]]
    return nodes, parents


def murray(parents: NDArray[np.int64], leaf_mm: float) -> Points:
    """Radius of the vessel that leads to each node: r**3 is the sum over its branches (Murray)."""
    cubes = np.zeros(len(parents))
    for index in range(len(parents) - 1, -1, -1):
        if cubes[index] == 0:
            cubes[index] = leaf_mm**3
        if parents[index] >= 0:
            cubes[parents[index]] += cubes[index]
    return np.asarray(np.cbrt(cubes))


def tree(
    rng: np.random.Generator, roots: Points, points: Points, leaf_mm: float
) -> tuple[Points, Points, Points]:
    """Vessels that lead from the roots to every point: start, end, radius (mm)."""
    nodes, parents = grown(rng, roots, points)
    radius = murray(parents, leaf_mm)
    child = np.flatnonzero(parents >= 0)
    return nodes[parents[child]], nodes[child], radius[child]


def larger_vessels(seed: int, zone: VesselFreeZone) -> Vessels:
    """Arterioles and venules of the superficial plexus, from the arcades towards the fovea."""
    rng = stream(seed, "arcades")
    angle = np.deg2rad([40, 75, 110, 145, 215, 250, 285, 320]) + rng.uniform(-0.15, 0.15, 8)
    roots = 2.3 * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    points = scattered(rng, 0.2, 2.1)
    away = np.hypot(points[:, 0], points[:, 1])
    angles = np.arctan2(points[:, 0], points[:, 1])
    points = points[away > zone.radius(angles) + 0.1]
    start, end, radius = tree(rng, roots, points, leaf_mm=0.0055)
    radius = np.minimum(radius, 0.045)
    speed = CAPILLARY_MM_S * (radius / CAPILLARY_MM) ** 1.2
    lower = np.full((len(start), 1), 0.3)
    return Vessels(
        start=np.hstack([start, lower]),
        end=np.hstack([end, lower]),
        radius=radius,
        speed=speed,
        plexus=SUPERFICIAL,
        between=("RNFL", "IPL"),
    )


def risers(seed: int, upper: Vessels, lower: Vessels, spacing: float) -> Vessels:
    """Short vertical vessels from the mesh of one plexus down to that of the next."""
    rng = stream(seed, "risers", lower.plexus)
    ends = scattered(rng, spacing, EXTENT_MM - 0.2)
    _, from_ = cKDTree(upper.start[:, :2]).query(ends)
    places = upper.start[from_, :2]
    _, to = cKDTree(lower.start[:, :2]).query(places)
    between, depth = {
        INTERMEDIATE: (("RNFL", "IPL"), MESHES[SUPERFICIAL][3]),
        DEEP: (("IPL", "INL"), MESHES[INTERMEDIATE][3]),
    }[lower.plexus]
    start = np.column_stack([places, np.full(len(places), depth)])
    end = np.column_stack([lower.start[to, :2], np.full(len(places), 1.1)])
    # Both outlines of the avascular zone draw several risers to one point.
    apart = np.hypot(*(start - end)[:, :2].T)
    kept = apart < spacing
    count = int(kept.sum())
    return Vessels(
        start=start[kept],
        end=end[kept],
        radius=np.full(count, CAPILLARY_MM),
        speed=np.full(count, CAPILLARY_MM_S),
        plexus=lower.plexus,
        between=between,
    )


def choroidal(seed: int) -> Vessels:
    """The larger vessels of the choroid."""
    rng = stream(seed, "choroid")
    start, end = mesh(rng, 0.26)
    depth = rng.uniform(0.45, 0.75, (len(start), 1))
    radius = rng.uniform(0.03, 0.06, len(start))
    return Vessels(
        start=np.hstack([start, depth]),
        end=np.hstack([end, depth]),
        radius=radius,
        speed=np.full(len(start), 12.0),
        plexus=CHOROIDAL,
        between=("CC", "CSI"),
    )


def membrane(seed: int, macula: Macula) -> Vessels:
    """The net of new vessels between Bruch's membrane and the lifted RPE, from one feeder."""
    rng = stream(seed, "membrane")
    centre = np.array([macula.membrane.y, macula.membrane.x])
    points = scattered(rng, 0.07, 0.6)
    points = points[np.hypot(points[:, 0], points[:, 1]) < 0.5]
    start, end, radius = tree(rng, np.zeros((1, 2)), points, leaf_mm=0.006)
    depth = np.full((len(start), 1), 0.55)
    return Vessels(
        start=np.hstack([start + centre, depth]),
        end=np.hstack([end + centre, depth]),
        radius=np.minimum(radius, 0.022),
        speed=np.full(len(start), 3.0),
        plexus=NEOVASCULAR,
        between=("RPE", "BM"),
    )


def vessels_of(variant: Variant, seed: int, macula: Macula) -> list[Vessels]:
    """Every vessel of the eye; later ones lie on top of earlier ones where they meet."""
    zone = VesselFreeZone(seed)
    plexuses = {plexus: capillaries(seed, plexus, zone) for plexus in MESHES}
    superficial, middle, deep = (plexuses[p] for p in (SUPERFICIAL, INTERMEDIATE, DEEP))
    found = [
        choroidal(seed),
        deep,
        risers(seed, middle, deep, 0.3),
        middle,
        risers(seed, superficial, middle, 0.35),
        superficial,
        larger_vessels(seed, zone),
    ]
    if variant.has_membrane:
        found.append(membrane(seed, macula))
    return found
