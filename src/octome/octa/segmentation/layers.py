"""The surfaces of the retina, from the ILM to Bruch's membrane, in a structural volume.

All on ranks of brightness, so that no scale of grey matters, and on one grid of depth and width. A
network trained on simulated eyes says where in each column each surface may lie, or that it is
absent; neighbouring columns and B-scans share that, and the surfaces of a column are chosen
together, in their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.disc_outline import DiscOutline
from octome.octa.kernel import blocks
from octome.octa.segmentation.band import smoothed
from octome.octa.segmentation.layering import is_layered
from octome.octa.segmentation.learned import ABSENT, learned_surfaces, true_geometry
from octome.octa.segmentation.learned import SURFACES as NAMES
from octome.octa.segmentation.optic_disc import found_disc, rebrightening, without_disc
from octome.octa.segmentation.orientation import upside_down
from octome.octa.segmentation.presence import presence
from octome.octa.segmentation.scan_contrast import scan_contrast_db
from octome.octa.segmentation.scan_verdict import RetinaSigns, scan_verdict, shows_retina
from octome.octa.segmentation.tissue_rank import tissue_rank
from octome.octa.surface import TRUSTED, SurfaceMaps
from octome.octa.verdict import Outcome, Verdict

SIGNS = tuple(each.name for each in fields(RetinaSigns))
LEAST_UM = 400.0  # of depth, to hold a retina
LEAST_ASCANS = 8
COARSEST_UM = 25.0  # between rows
LOOKED_AT = 3  # B-scans, to find the true spacing
BLOCK = 24  # B-scans at a time
OVERLAP_UM = 40.0  # and this much on either side, at most a quarter of a block
EDGE_UM, TISSUE = 16.0, 0.25  # at the top or the bottom of a scan; the rank of tissue there


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
        disc; in B-scans that seem upside down; everywhere if all do, or if the scan does not show a
        retina, or is too small or too coarse for one, as its verdict says. Confidence is the chance
        that the surface is there and lies within 5 px of the true one.

    Raises
    ------
    ShapeMismatch
        Not three axes, or nothing along one of them.

    Notes
    -----
    What it reaches on simulated and on real eyes: docs/accuracy.md.

    References
    ----------
    He et al. 2019, https://doi.org/10.1007/978-3-030-32239-7_14: a distribution over the rows of
    each column, and surfaces in their order. Hirschmueller 2008,
    https://doi.org/10.1109/TPAMI.2007.1166: the aggregation.
    """
    _check(volume)
    bscans, _, ascans = volume.shape
    if unfit := _unfit(volume, geometry):
        return _nowhere((bscans, ascans), Verdict("failed", (unfit,)))
    rank = tissue_rank(volume, geometry)
    size = BLOCK if are_neighbours else 1
    some = np.unique(np.linspace(0, bscans - 1, LOOKED_AT + 2).round()[1:-1].astype(int))
    canonical = true_geometry(rank.of(volume[some]), geometry)
    turned = upside_down(volume, rank, canonical)
    rows = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    confidence = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    signs = RetinaSigns(**{name: np.empty((bscans, ascans), np.bool_) for name in SIGNS})
    layered = np.empty((bscans, ascans), np.float32)
    lap = min(size // 4, round(OVERLAP_UM / 1000 / geometry.bscan_mm))
    for block in blocks(bscans, size):
        first, last = max(0, block.start - lap), min(bscans, block.stop + lap)
        ranks = rank.of(volume[first:last])
        if not turned.all():
            ranks[turned[first:last]] = 0  # as an empty one, which does not count for others
        found, seen, marks = _block(ranks, canonical, rank.noise)
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
    if turned.all():
        reason = "the retina seems upside down"
        return _nowhere((bscans, ascans), Verdict("failed", (reason, *verdict.reasons)))
    if turned.any():
        reason = f"{turned.sum()} of {bscans} B-scans seem upside down"
        outcome: Outcome = "failed" if verdict.outcome == "failed" else "poor"
        verdict = Verdict(outcome, (reason, *verdict.reasons))
    if not shows_retina(outer, signs):
        return _nowhere((bscans, ascans), verdict)
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


def _check(volume: Float32) -> None:
    """Raise unless it is a volume."""
    if volume.ndim != 3 or min(volume.shape) < 1:
        raise ShapeMismatch(
            f"a structural volume has the axes (B, Z, X); found shape {volume.shape}",
            found=volume.shape,
        )


def _unfit(volume: Float32, geometry: ScanGeometry) -> str:
    """Why no retina fits into a volume; empty if one does."""
    _, depth, ascans = volume.shape
    if geometry.axial_um > COARSEST_UM:
        return f"{geometry.axial_um:g} um between rows, needs {COARSEST_UM:g} or less"
    depth_um = depth * geometry.axial_um
    if depth_um < LEAST_UM:
        return f"{depth_um:.0f} um of depth, needs {LEAST_UM:.0f}"
    if ascans < LEAST_ASCANS:
        return f"{ascans} A-scans, needs {LEAST_ASCANS}"
    if not any(np.isfinite(bscan).any() for bscan in volume):
        return "the volume holds no finite number"
    if not any((bscan > 0).any() for bscan in volume):
        return "the volume holds no number above 0"
    if not any((bscan != volume[0, 0, 0]).any() for bscan in volume):
        return "the volume holds the same number everywhere"
    return ""


def _nowhere(shape: tuple[int, int], verdict: Verdict) -> SurfaceMaps:
    """No surface anywhere, and why."""
    rows = {name: np.full(shape, np.nan, np.float32) for name in NAMES}
    return SurfaceMaps(rows, {name: np.zeros(shape, np.float32) for name in NAMES}, verdict=verdict)


def _block(
    ranks: Float32, geometry: ScanGeometry, noise: float
) -> tuple[SurfaceMaps, RetinaSigns, Float32]:
    """The surfaces of a few B-scans, what they show of a retina, and their `rebrightening`."""
    found = learned_surfaces(ranks, geometry)
    ilm, ez, bm = (found.rows[name] for name in ("ILM", "EZ", "BM"))
    present = presence(ranks, ilm, bm, noise)
    is_absent = {name: (each > ABSENT) | (present == 0) for name, each in found.absent.items()}
    rows = {
        name: np.where(is_absent[name], np.float32(np.nan), row) for name, row in found.rows.items()
    }
    sure = {name: np.where(is_absent[name], 0, each * present) for name, each in found.sure.items()}
    top, bottom = _edges(ranks, geometry)
    signs = RetinaSigns(
        is_layered=is_layered(ranks, ilm, ez, bm, geometry),
        is_cut_above=is_absent["ILM"] & (top > TISSUE),
        is_cut_below=is_absent["BM"] & ~is_absent["ILM"] & (bottom > TISSUE),
    )
    return SurfaceMaps(rows, sure), signs, rebrightening(ranks, rows["ILM"], geometry)


def _edges(ranks: Float32, geometry: ScanGeometry) -> tuple[Float32, Float32]:
    """The mean rank at the top and at the bottom of each A-scan, (B, X) each."""
    count = max(1, round(EDGE_UM / geometry.axial_um))
    parts = (ranks[:, :count].mean(axis=1), ranks[:, -count:].mean(axis=1))
    top, bottom = (smoothed(part[..., None], EDGE_UM * 3, geometry)[..., 0] for part in parts)
    return top, bottom
