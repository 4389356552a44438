"""The surfaces of the retina, from the ILM to Bruch's membrane, in a structural volume.

All on ranks of brightness, so that no scale of grey matters. Coarse to fine: ILM and BM on thinned
B-scans; EZ and RPE above that BM, which also give the true scale of depth; RNFL to OPL in a band
below the ILM, by their edges and by how bright each layer is; then each surface on its own strip.
Surfaces of a set are chosen together from semi-globally aggregated costs, in their order.

A plain shortest path (Chiu 2010) finds ILM and BM nearly as well, and is far off in a third of the
columns of IPL, INL and OPL; `benchmarks/octa/real` compares the two on real eyes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.disc_outline import DiscOutline
from octome.octa.kernel import blocks
from octome.octa.segmentation.anchor import anchors
from octome.octa.segmentation.band import even
from octome.octa.segmentation.bruch import bruchs_membrane
from octome.octa.segmentation.certainty import chances
from octome.octa.segmentation.evidence import evidence, is_layered
from octome.octa.segmentation.inner import inner_surfaces
from octome.octa.segmentation.optic_disc import filled, found_disc, rebrightening, without_disc
from octome.octa.segmentation.outer import outer_surfaces
from octome.octa.segmentation.presence import found_rows, presence
from octome.octa.segmentation.refinement import Look, refined
from octome.octa.segmentation.scan_contrast import scan_contrast_db
from octome.octa.segmentation.scan_verdict import RetinaSigns, scan_verdict, shows_retina
from octome.octa.segmentation.shadow import unshadowed
from octome.octa.segmentation.tissue_rank import tissue_rank
from octome.octa.surface import TRUSTED, SurfaceMaps

SIGNS = tuple(each.name for each in fields(RetinaSigns))
NAMES = ("ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "ELM", "EZ", "RPE", "BM")
LEAST_UM = 400.0  # of depth, to hold a retina
LEAST_ASCANS = 8
BELOW_UM = 20.0  # of depth below BM, without which it may be any other edge
BLOCK = 64  # B-scans at a time
OVERLAP_UM = 150.0  # and this much on either side, at most a quarter of a block
EVEN_UM = 12.0  # the beam shows no finer features of a surface

# Where an edge is blurred, ranks rise early into the dark side; the power takes that back. With it
# the ILM lies between the truth of simulated eyes and that drawn by hand on real ones.
LOOKS = {
    "ILM": Look(sign=1, power=2, window_um=12, sigma_um=14, steepness=0.6, reach_um=30),
    "EZ": Look(sign=0, window_um=6, sigma_um=18),
    "RPE": Look(sign=0, window_um=10, sigma_um=18),
    "OPL": Look(sign=-1, window_um=12, sigma_um=22),
    "RNFL": Look(sign=-1, window_um=10, sigma_um=22, steepness=0.6),
    "IPL": Look(sign=-1, power=3, window_um=8, sigma_um=40, steepness=0.5),
    "INL": Look(sign=1, window_um=12, sigma_um=32, steepness=0.6),
    "GCL": Look(sign=1, window_um=12, sigma_um=40),
    "ELM": Look(sign=0, window_um=2, flank_um=7, sigma_um=32, steepness=0.6, reach_um=14),
}
# The order, clearest first, and the surfaces found before that each lies between.
BETWEEN = {
    "OPL": ("ILM", "EZ"),
    "RNFL": ("ILM", "OPL"),
    "IPL": ("RNFL", "OPL"),
    "INL": ("IPL", "OPL"),
    "GCL": ("RNFL", "IPL"),
    "ELM": ("OPL", "EZ"),
}
ELM_TO_EZ_UM = 26.0
# In all eyes alike, while scans state their axial spacing wrongly or not at all.
EZ_TO_BM_UM, MOST_SCALE = 48.0, 1.8


def segmented(
    volume: Float32,
    geometry: ScanGeometry,
    *,
    are_neighbours: bool = True,
    is_amplitude: bool = True,
    progress: Callable[[int, int], object] | None = None,
) -> SurfaceMaps:
    """The surfaces of the retina in a structural volume.

    Parameters
    ----------
    volume : float32, (B, Z, X)
        Linear amplitude (never dB), row 0 at the vitreous; B may be 1. What is not finite counts
        as 0.
    geometry : ScanGeometry
        All lengths of the method are in um: any spacing that shows the layers will do.
    are_neighbours : bool
        Whether B-scans lie one after another, so that they help each other; not those of a star.
    is_amplitude : bool
        Whether the scale of `volume` is known, so that its contrast in dB means something; not of
        grey that was taken for a logarithm. The surfaces do not depend on it.
    progress : callable, optional
        Called with the number of B-scans done and their total.

    Returns
    -------
    surfaces : SurfaceMaps
        ILM, RNFL, GCL, IPL, INL, OPL, ELM, EZ, RPE and BM, each (B, X). Where two are found, the
        one named first never lies below the other. NaN, and confidence 0, where an A-scan shows
        nothing but noise or the surface has left the scan; below the ILM, also inside the optic
        disc; everywhere if the scan does not show a retina. Confidence is the chance that the
        surface lies within 5 px of the true one (`certainty`).

    Raises
    ------
    ShapeMismatch
        Not three axes, too few A-scans, or too short a depth for a retina.

    Notes
    -----
    What it reaches on simulated and on real eyes: docs/accuracy.md.

    References
    ----------
    Chiu et al. 2010, https://doi.org/10.1364/OE.18.019413: surfaces as paths of least cost, from
    the clearest to the faintest, each within those found before. Hirschmueller 2008,
    https://doi.org/10.1109/TPAMI.2007.1166: the aggregation.
    """
    _check(volume, geometry)
    bscans, _, ascans = volume.shape
    rank = tissue_rank(volume, geometry)
    size = BLOCK if are_neighbours else 1
    rows = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    confidence = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    signs = RetinaSigns(**{name: np.empty((bscans, ascans), np.bool_) for name in SIGNS})
    layered = np.empty((bscans, ascans), np.float32)
    lap = min(size // 4, round(OVERLAP_UM / 1000 / geometry.bscan_mm))
    for block in blocks(bscans, size):
        first, last = max(0, block.start - lap), min(bscans, block.stop + lap)
        found, seen, marks = _block(rank.of(volume[first:last]), geometry, rank.noise)
        core = slice(block.start - first, block.stop - first)
        layered[block] = marks[core]
        for name in SIGNS:
            getattr(signs, name)[block] = getattr(seen, name)[core]
        for name in NAMES:
            rows[name][block] = found.rows[name][core]
            confidence[name][block] = found.confidence[name][core]
        if progress is not None:
            progress(block.stop, bscans)
    contrast_db = scan_contrast_db(volume, rows, geometry.axial_um) if is_amplitude else None
    disc = _disc(layered, rows, geometry, are_neighbours=are_neighbours)
    outside = np.ones(layered.shape, bool) if disc is None else ~disc.mask
    outer = {name: row[outside] for name, row in rows.items()}
    signs = RetinaSigns(**{name: getattr(signs, name)[outside] for name in SIGNS})
    sure = np.concatenate(
        [confidence[name][outside & np.isfinite(row)] for name, row in rows.items()]
    )
    trusted = float((sure >= TRUSTED).mean()) if sure.size else 0.0
    verdict = scan_verdict(outer, signs, contrast_db, trusted=trusted)
    if not shows_retina(outer, signs):
        nowhere = {name: np.full_like(row, np.nan) for name, row in rows.items()}
        return SurfaceMaps(
            nowhere, {name: np.zeros_like(row) for name, row in rows.items()}, verdict=verdict
        )
    return replace(without_disc(SurfaceMaps(rows, confidence), disc), verdict=verdict)


def _disc(
    layered: Float32,
    rows: dict[str, Float32],
    geometry: ScanGeometry,
    *,
    are_neighbours: bool,
) -> DiscOutline | None:
    """The disc; in B-scans that are not neighbours, the part that each shows for itself."""
    if are_neighbours:
        return found_disc(layered, rows["ILM"], rows["RPE"], geometry)
    mask = np.zeros(layered.shape, bool)
    for b in range(len(mask)):
        here = slice(b, b + 1)
        part = found_disc(layered[here], rows["ILM"][here], rows["RPE"][here], geometry)
        if part is not None:
            mask[here] = part.mask
    return DiscOutline.of(mask, None)


def _check(volume: Float32, geometry: ScanGeometry) -> None:
    """Raise unless a retina fits into the volume."""
    if volume.ndim != 3:
        raise ShapeMismatch(
            f"a structural volume has the axes (B, Z, X); found shape {volume.shape}",
            found=volume.shape,
        )
    _, depth, ascans = volume.shape
    depth_um = depth * geometry.axial_um
    if min(volume.shape) < 1 or ascans < LEAST_ASCANS or depth_um < LEAST_UM:
        raise ShapeMismatch(
            f"segmentation needs {LEAST_ASCANS} or more A-scans and {LEAST_UM:.0f} um of depth; "
            f"found {ascans} A-scans and {depth_um:.0f} um",
            found=(ascans, depth_um),
            needed=(LEAST_ASCANS, LEAST_UM),
        )


def _to_scale(outer: dict[str, Float32], geometry: ScanGeometry) -> ScanGeometry:
    """The geometry with the axial spacing that makes the outer retina as thick as it is in eyes."""
    thick_um = float(np.median(outer["base"] - outer["EZ"])) * geometry.axial_um
    scale = min(max(EZ_TO_BM_UM / max(thick_um, 1.0), 1 / MOST_SCALE), MOST_SCALE)
    return replace(geometry, axial_mm=geometry.axial_mm * scale)


def _block(
    ranks: Float32, geometry: ScanGeometry, noise: float
) -> tuple[SurfaceMaps, RetinaSigns, Float32]:
    """The surfaces of a few B-scans, what they show of a retina, and their `rebrightening`."""
    coarse = anchors(ranks, geometry)
    places: dict[str, Float32] = dict(outer_surfaces(ranks, coarse, geometry))
    stated, geometry = geometry, _to_scale(places, geometry)
    places = dict(outer_surfaces(ranks, coarse, geometry))
    clear = unshadowed(ranks, places["EZ"], places["base"], geometry)
    rows: dict[str, Float32] = {}
    places["ILM"] = coarse.ilm
    for name in ("ILM", "EZ", "RPE"):
        # Twice: the first time the offsets between B-scans are known only to whole cells.
        for _ in range(2):
            places[name] = refined(ranks, places[name], geometry, LOOKS[name])
        rows[name] = places[name]
    places |= inner_surfaces(ranks, rows["ILM"], rows["EZ"], clear, geometry)
    places["ELM"] = rows["EZ"] - np.float32(ELM_TO_EZ_UM / geometry.axial_um)
    for name, (over, under) in BETWEEN.items():
        between = rows[over], rows[under]
        start = np.clip(places[name], *between)
        rows[name] = refined(ranks, start, geometry, LOOKS[name], between=between)
    rows = {name: even(row, EVEN_UM, geometry) for name, row in rows.items()}
    # Its ball would roll into the disc.
    marks = rebrightening(ranks, rows["ILM"], geometry)
    disc = found_disc(marks, rows["ILM"], rows["RPE"], geometry)
    rpe = rows["RPE"] if disc is None else filled(rows["RPE"], disc.mask)
    rows["BM"] = bruchs_membrane(ranks, rpe, geometry)
    ordered = np.maximum.accumulate([rows[name] for name in NAMES], axis=0)
    rows = dict(zip(NAMES, ordered, strict=True))
    present = presence(ranks, rows["ILM"], rows["BM"], geometry, noise)
    is_cut_above = rows["ILM"] < 1
    is_cut_below = rows["BM"] >= ranks.shape[1] - 1 - BELOW_UM / geometry.axial_um
    rows = found_rows(rows, present, ~is_cut_below)
    seen = evidence(ranks, rows, stated, noise)
    signs = RetinaSigns(
        is_layered=is_layered(seen["ILM"]), is_cut_above=is_cut_above, is_cut_below=is_cut_below
    )
    chance = chances(seen)
    confidence = {name: np.where(np.isfinite(rows[name]), chance[name], 0) for name in NAMES}
    return SurfaceMaps(rows, confidence), signs, marks
