"""The optic disc: where the retina's layers end, and nerve fibres fill the tissue instead.

Outside it every A-scan has a dark layer above a bright one, at the latest the ONL above the EZ. In
the disc the tissue only darkens with depth. That holds for a rim and for a cup, in any scale of
grey; vessels' shadows are narrower, atrophy shows the bright choroid, and in a macular hole the
bright floor lies where the RPE is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, binary_fill_holes, binary_opening, label

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.disc_outline import DiscOutline
from octome.octa.segmentation.band import flattened, group_size, smoothed, ungrouped
from octome.octa.surface import SurfaceMaps

Mask = NDArray[np.bool_]

CELL_UM = 25.0  # along X
STEP_UM = 8.0  # of depth
SIGMA_UM = 40.0
HALF_UM = 40.0  # as thick as the ONL is at least, and the bands below it together
FROM_UM, TO_UM = 40.0, 600.0  # below the ILM
TISSUE_UM = 160.0  # below the ILM, whose mean rank the brightening is measured by
LEAST_RANK = 0.12  # of that mean, below which an A-scan shows too little
UNLAYERED = 0.25  # of the tissue's rank: discs lie below
CONTRAST = 0.25  # between a disc and the retina next to it
CLOSED_UM, OPENED_UM = 250.0, 220.0  # vessels and their shadows, in a disc and outside
AROUND_UM = 300.0  # next to a disc, where there must be a retina
# Discs are 1.2 to 2.4 mm wide; a B-scan may cross one off its middle, or end in it.
WIDTH_MM, CUT_WIDTH_MM = (0.5, 2.6), 0.3
LEAST_SEEN, LEAST_BARE = 0.7, 0.4  # of a disc's A-scans
FLOOR_UM = (-20.0, 100.0)  # above the RPE's level: the floor of a hole
MOST_FLOOR = 0.5  # of a disc's A-scans


def rebrightening(ranks: Float32, ilm: Float32, geometry: ScanGeometry) -> Float32:
    """How much brighter a layer is than the one above it, at most, in parts of the tissue's rank.

    Parameters
    ----------
    ranks : float32, (B, Z, X)
        As `tissue_rank` gives them.
    ilm : float32, (B, X)
        Row in px; NaN where it was not found.
    geometry : ScanGeometry

    Returns
    -------
    rebrightening : float32, (B, X)
        NaN where the scan shows too little tissue.
    """
    um = geometry.axial_um
    group = 1, group_size(geometry, CELL_UM)[1]
    is_known = np.isfinite(ilm) & (ilm >= 1)
    top = np.where(is_known, ilm, 0).astype(np.float32) + np.float32(FROM_UM / um)
    count = round((TO_UM - FROM_UM) / STEP_UM) + 1
    band = flattened(ranks, top, top + np.float32((TO_UM - FROM_UM) / um), count, group=group)
    alone = ScanGeometry(geometry.axial_mm, geometry.ascan_mm, 1.0)
    sums = np.cumsum(smoothed(band, SIGMA_UM, alone, group=group), axis=2)
    half = round(HALF_UM / STEP_UM)
    means = (sums[:, :, half:] - sums[:, :, :-half]) / half
    most = (means[:, :, half:] - means[:, :, :-half]).max(axis=2)
    tissue = sums[:, :, round((TISSUE_UM - FROM_UM) / STEP_UM)] / round(TISSUE_UM / STEP_UM - 5)
    share = np.where(tissue < LEAST_RANK, np.nan, most / np.maximum(tissue, LEAST_RANK))
    at_ascans = ungrouped(share.astype(np.float32), ilm.shape, group)
    return np.where(is_known, at_ascans, np.float32(np.nan))


def found_disc(
    rebrightening: Float32, ilm: Float32, rpe: Float32, geometry: ScanGeometry
) -> DiscOutline | None:
    """The optic disc of a scan, None where there is none.

    Parameters
    ----------
    rebrightening : float32, (B, X)
        As the function of that name gives it.
    ilm, rpe : float32, (B, X)
        Rows in px; the RPE's inside a disc does not count.
    geometry : ScanGeometry

    Examples
    --------
    >>> flat = np.zeros((1, 300), np.float32)
    >>> bare = np.where(abs(np.arange(300) - 100) < 50, 0.0, 1.0).astype(np.float32)[None]
    >>> disc = found_disc(bare, flat, flat + 60, ScanGeometry(0.004, 0.01, 0.1))
    >>> disc.centre, int(disc.mask.sum()), disc.area_mm2
    ((0.0, 100.0), 99, None)
    """
    if rebrightening.shape[1] * geometry.ascan_mm < CUT_WIDTH_MM:
        return None
    is_bare = rebrightening < UNLAYERED
    # Where little is seen, in a shadow or at a steep rim, it may be either.
    may_be = is_bare | np.isnan(rebrightening)
    may_be = _without_narrow(may_be, CLOSED_UM, geometry, gaps=True)
    may_be = _without_narrow(may_be, OPENED_UM, geometry, gaps=False)
    best: tuple[int, Mask] | None = None
    regions, count = label(may_be, np.ones((3, 3)))
    for number in range(1, count + 1):
        region = binary_fill_holes(regions == number)
        size = int(region.sum())
        if (best is None or size > best[0]) and _is_disc(region, rebrightening, ilm, rpe, geometry):
            best = size, region
    if best is None:
        return None
    cell_mm2 = geometry.ascan_mm * geometry.bscan_mm if len(ilm) > 1 else None
    return DiscOutline.of(best[1], cell_mm2)


def _without_narrow(mask: Mask, width_um: float, geometry: ScanGeometry, *, gaps: bool) -> Mask:
    """The mask without narrow gaps, or without narrow parts; its edges go on outside the scan."""
    # No farther than the scan itself: an ellipse of any size must fit into the memory.
    half_b = min(len(mask), round(width_um / 2000 / geometry.bscan_mm))
    half_x = min(mask.shape[1], max(1, round(width_um / 2000 / geometry.ascan_mm)))
    b, x = np.ogrid[-half_b : half_b + 1, -half_x : half_x + 1]
    ellipse = (b / (half_b + 0.5)) ** 2 + (x / (half_x + 0.5)) ** 2 <= 1
    wide = np.pad(mask, ((half_b, half_b), (half_x, half_x)), mode="edge")
    done = (binary_closing if gaps else binary_opening)(wide, ellipse)
    return np.asarray(done[half_b : half_b + mask.shape[0], half_x : half_x + mask.shape[1]])


def _is_disc(
    region: Mask, rebrightening: Float32, ilm: Float32, rpe: Float32, geometry: ScanGeometry
) -> bool:
    """Whether a region without layers is as wide as a disc, in a retina, and not a hole's floor."""
    columns = np.flatnonzero(region.any(axis=0))
    width_mm = float(region.sum(axis=1).max()) * geometry.ascan_mm
    is_cut = columns[0] == 0 or columns[-1] == region.shape[1] - 1
    least = CUT_WIDTH_MM if is_cut else WIDTH_MM[0]
    if not least <= width_mm <= WIDTH_MM[1]:
        return False
    around = np.zeros_like(region)
    reach = max(1, round(AROUND_UM / 1000 / geometry.ascan_mm))
    for shift in range(1, reach + 1):
        around[:, shift:] |= region[:, :-shift]
        around[:, :-shift] |= region[:, shift:]
    around &= ~region
    # Where the outer layers were searched and not found, an A-scan counts as seen.
    is_seen = np.isfinite(rebrightening) | np.isnan(rpe)
    inside, around_it = rebrightening[region], rebrightening[around]
    inside, around_it = inside[np.isfinite(inside)], around_it[np.isfinite(around_it)]
    if is_seen[region].mean() < LEAST_SEEN or inside.size < LEAST_BARE * region.sum():
        return False
    if not around_it.size:
        return False
    if np.median(around_it) < np.median(inside) + CONTRAST:
        return False
    above_um = (filled(rpe, region) - ilm)[region] * geometry.axial_um
    is_floor = (above_um > FLOOR_UM[0]) & (above_um < FLOOR_UM[1])
    return bool(is_floor.mean() <= MOST_FLOOR)


def filled(rows: Float32, region: Mask) -> Float32:
    """A surface with straight lines across a region, B-scan by B-scan."""
    out = rows.copy()
    x = np.arange(rows.shape[1])
    for b in np.flatnonzero(region.any(axis=1)):
        known = ~region[b] & np.isfinite(rows[b])
        if known.any():
            out[b, region[b]] = np.interp(x[region[b]], x[known], rows[b, known])
    return out


def without_disc(found: SurfaceMaps, disc: DiscOutline | None) -> SurfaceMaps:
    """The surfaces with all but the ILM absent inside the disc."""
    if disc is None:
        return found
    rows = {n: np.where(disc.mask & (n != "ILM"), np.nan, r) for n, r in found.rows.items()}
    sure = {n: np.where(disc.mask & (n != "ILM"), 0, c) for n, c in found.confidence.items()}
    return SurfaceMaps(
        {name: row.astype(np.float32) for name, row in rows.items()},
        {name: each.astype(np.float32) for name, each in sure.items()},
        disc=disc,
    )
