"""The surfaces of a few B-scans, from what the network says about each of them.

Its chances become costs, which neighbouring columns and B-scans share; all surfaces of a column are
then chosen together, in their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import kernel, share
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.band import smoothed
from octome.octa.segmentation.canonical import ROW_UM, CanonicalGrid
from octome.octa.segmentation.level import level_window
from octome.octa.segmentation.network import surface_chances, whole

SURFACES = ("ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "ELM", "EZ", "RPE", "BM")
MOST_COST = 8.0  # of a row that the network rules out
ILM_STEEPNESS, STEEPNESS = 1.2, 3.0  # cost of a slope of 1; only the ILM has rims
ABSENT_UM = 25.0  # absence is averaged over this much
ABSENT = 0.5  # chance from which a surface is absent
BLANK = 0.9  # mean chance of being absent in a B-scan that shows nothing
PERHAPS = 0.1  # chance of being there, below which a surface does not count for others
LOOK_UM = 96.0  # columns of the first look
EDGE = 16  # rows that were not recorded, above and below what it sees
MARGIN = 12  # rows beyond the outermost that are likely
CENTRE = 2  # rows on either side, of which the centre is taken
RIGHT_PX = 5.0
SCALES, SURER = (0.7, 1.0, 1.4), 0.03


@dataclass(frozen=True)
class LearnedSurfaces:
    """Surfaces of some B-scans, each map float32, (B, X), by name."""

    rows: dict[str, Float32]
    """In px, finite everywhere: where a surface is absent, where it would be."""
    absent: dict[str, Float32]
    """The chance that it is not there, 0 to 1."""
    sure: dict[str, Float32]
    """The chance that it is there and within 5 px of the row."""


def learned_surfaces(ranks: Float32, geometry: ScanGeometry) -> LearnedSurfaces:
    """The ten surfaces of some B-scans (B, Z, X), in ranks, from the ILM down to BM."""
    first = first_look(ranks, geometry)
    grid = CanonicalGrid.of(ranks.shape, geometry)
    top, rows = level_window(first.rows, first.absent, grid.row_px, geometry)
    return _found(ranks, grid, top, rows, geometry)


def first_look(ranks: Float32, geometry: ScanGeometry) -> LearnedSurfaces:
    """The surfaces at coarse columns of the whole depth."""
    grid = CanonicalGrid.of(ranks.shape, geometry, LOOK_UM)
    top = np.full(grid.shape, -EDGE * grid.row_px, np.float32)
    return _found(ranks, grid, top, whole(grid.rows + 2 * EDGE), geometry)


def _found(
    ranks: Float32, grid: CanonicalGrid, top: Float32, depth: int, geometry: ScanGeometry
) -> LearnedSurfaces:
    """The surfaces in `depth` rows of a grid from `top` on."""
    drawn = grid.drawn(ranks, top, depth)
    bscans, columns, _ = drawn.shape
    chance = np.empty((len(SURFACES), bscans, columns, depth), np.float32)
    absent = np.empty((len(SURFACES), bscans, columns), np.float32)

    def look(part: slice) -> None:
        for b in range(part.start, part.stop):
            chance[:, b], absent[:, b] = surface_chances(drawn[b])

    share(look, bscans, 1)
    thick, wide = grid.group
    coarse = ScanGeometry(geometry.axial_mm, geometry.ascan_mm * wide, geometry.bscan_mm * thick)
    absent = _shared_absence(absent, coarse)
    rows = _chosen(chance, absent, coarse)
    sure = np.empty_like(rows)
    fine = np.empty_like(rows)
    _centres(chance, rows, CENTRE, RIGHT_PX / grid.row_px, fine, sure)
    sure *= 1 - absent
    fine = np.maximum.accumulate(fine, axis=0)
    return LearnedSurfaces(
        {name: grid.px_of(each, top) for name, each in zip(SURFACES, fine, strict=True)},
        {name: grid.at_ascans(each) for name, each in zip(SURFACES, absent, strict=True)},
        {name: grid.at_ascans(each) for name, each in zip(SURFACES, sure, strict=True)},
    )


def _shared_absence(absent: Float32, geometry: ScanGeometry) -> Float32:
    """The chance of being absent, averaged among neighbours; a blank B-scan counts for none."""
    is_blank = absent.mean(axis=(0, 2)) > BLANK
    weight = np.where(is_blank, np.float32(0), np.float32(1))[None, :, None]
    counted = np.broadcast_to(weight[0], absent.shape[1:])[..., None]
    total = np.maximum(smoothed(counted, ABSENT_UM, geometry)[..., 0], 1e-6)
    sums = [smoothed((each * weight[0])[..., None], ABSENT_UM, geometry)[..., 0] for each in absent]
    return np.asarray(np.where(weight > 0, np.stack(sums) / total, absent), np.float32)


def true_geometry(ranks: Float32, geometry: ScanGeometry) -> ScanGeometry:
    """The geometry, with another axial spacing if the surfaces are far surer with that.

    Scans state their spacing wrongly or not at all; the network knows no other depths than those
    of eyes.
    """
    sure = {}
    for scale in SCALES:
        scaled = replace(geometry, axial_mm=geometry.axial_mm * scale)
        found = first_look(ranks, scaled)
        sure[scale] = float(np.mean([each.mean() for each in found.sure.values()]))
    best = max(SCALES, key=lambda scale: sure[scale])
    scale = best if sure[best] > sure[1.0] + SURER else 1.0
    return replace(geometry, axial_mm=geometry.axial_mm * scale)


def _chosen(chance: Float32, absent: Float32, geometry: ScanGeometry) -> Float32:
    """The row of each surface in each column, (S, B, X)."""
    best = chance.argmax(-1).astype(np.float32)
    best[absent > ABSENT] = np.nan
    jump = _jumps(best)
    depth = _extent(best, chance.shape[-1])
    # Each B-scan begins at its own row, so that all lie level.
    start = jump.max() - jump
    count = depth.stop - depth.start
    level = np.full((*best.shape[1:], count + int(start.max())), np.float32(MOST_COST))
    total = np.empty((*best.shape[1:], count), np.float32)
    origin = np.empty((*best.shape, count), np.int16)
    step_x, step_b = (ROW_UM / 1000 / each for each in (geometry.ascan_mm, geometry.bscan_mm))
    for s, here in enumerate(chance):
        is_there = (1 - absent[s])[..., None]
        for b, first in enumerate(start):
            each = np.minimum(-here[b, :, depth], np.float32(MOST_COST))
            level[b, :, first : first + count] = each * is_there[b]
        steep = STEEPNESS if s else ILM_STEEPNESS
        shared = aggregated(level, step_x=steep * step_x, step_b=steep * step_b)
        # What is absent must not push what is there.
        shared *= np.minimum(is_there / PERHAPS, 1)
        _add_below(shared, start, s == 0, total, origin[s])
    rows = np.empty(best.shape, np.float32)
    _trace(total, origin, rows)
    return rows + np.float32(depth.start)


def _jumps(best: Float32) -> NDArray[np.intp]:
    """How many rows each B-scan lies below the middle one, (B,)."""
    if best.shape[1] == 1:
        return np.zeros(1, np.intp)
    steps = np.diff(best, axis=1).swapaxes(0, 1)
    middle = [
        np.median(each[np.isfinite(each)]) if np.isfinite(each).any() else 0 for each in steps
    ]
    jump = np.rint(np.cumsum([0, *middle])).astype(np.intp)
    return np.asarray(jump - int(np.median(jump)), np.intp)


def _extent(best: Float32, depth: int) -> slice:
    """The rows in which there may be surfaces."""
    known = best[np.isfinite(best)]
    if not known.size:
        return slice(0, depth)
    first, last = int(known.min()) - MARGIN, int(known.max()) + MARGIN + 1
    return slice(max(0, first), min(depth, last))


@kernel
def _add_below(cost, start, is_first, total, origin):  # type: ignore[no-untyped-def]
    """Add a surface that lies no higher than the one before; where that lies for each row of it."""
    bscans, columns, depth = total.shape
    for b in range(bscans):
        for x in range(columns):
            least, at = np.float32(0), 0
            for z in range(depth):
                here = cost[b, x, z + start[b]]
                if is_first:
                    total[b, x, z] = here
                    continue
                if z == 0 or total[b, x, z] < least:
                    least, at = total[b, x, z], z
                origin[b, x, z] = at
                total[b, x, z] = least + here


@kernel
def _trace(total, origin, rows):  # type: ignore[no-untyped-def]
    """The rows of least cost together, from the last surface up."""
    surfaces, bscans, columns, _ = origin.shape
    for b in range(bscans):
        for x in range(columns):
            place = np.argmin(total[b, x])
            for s in range(surfaces - 1, -1, -1):
                rows[s, b, x] = place
                if s:
                    place = origin[s, b, x, place]


@kernel
def _centres(chance, rows, half, reach, fine, sure):  # type: ignore[no-untyped-def]
    """The centre of the chance near each row, and the chance within reach of it."""
    surfaces, bscans, columns, depth = chance.shape
    for s in range(surfaces):
        for b in range(bscans):
            for x in range(columns):
                row = int(rows[s, b, x])
                weight, sums = 1e-9, 0.0
                for z in range(max(0, row - half), min(depth, row + half + 1)):
                    here = np.exp(chance[s, b, x, z])
                    weight += here
                    sums += here * (z - row)
                fine[s, b, x] = row + sums / weight
                near = 0.0
                low, high = int(np.floor(row - reach)), int(np.ceil(row + reach))
                for z in range(max(0, low), min(depth, high + 1)):
                    near += np.exp(chance[s, b, x, z])
                sure[s, b, x] = min(1.0, near)
