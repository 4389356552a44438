"""The surfaces of the retina, from the ILM to Bruch's membrane, in a structural volume.

Coarse to fine, all lengths in um: ILM and RPE on thinned B-scans by dynamic programming; EZ and RPE
in a band around that RPE, and RNFL to OPL in a band below the ILM, each set chosen together from
semi-globally aggregated costs, in their order; then each surface on its own strip.

Why not one shortest path after the other in each B-scan: in a little less time that finds
ILM, RPE and OPL nearly as well, but takes another edge for the IPL (11.7 px of mean error on the
simulated normal macula, against 0.7), loses OPL and INL in a noisy scan (4.7 and 5.0 px against 0.3
and 0.5), and BM below drusen (4.0 px against 0.6). `benchmarks/octa/bench_segmentation.py` compares
the two.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import blocks
from octome.octa.segmentation.anchor import anchors
from octome.octa.segmentation.band import even
from octome.octa.segmentation.bruch import bruchs_membrane
from octome.octa.segmentation.cell import darkest_level
from octome.octa.segmentation.confidence import judged, presence
from octome.octa.segmentation.inner import inner_surfaces
from octome.octa.segmentation.outer import outer_surfaces
from octome.octa.segmentation.refinement import Look, refined
from octome.octa.surface import SurfaceMaps

NAMES = ("ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "ELM", "EZ", "RPE", "BM")
LEAST_UM = 400.0  # of depth, to hold a retina
LEAST_ASCANS = 8
BELOW_UM = 20.0  # of depth below BM, without which it may be any other edge
BLOCK = 64  # B-scans at a time
OVERLAP_UM = 150.0  # and this much on either side, at most a quarter of a block
EVEN_UM = 12.0  # the beam shows no finer features of a surface

# A blurred edge has half of its step in power where the edge is; in amplitude it appears further
# into the darker side, 2 um at the IPL. Amplitude is steadier against bright vessels and jumps
# between B-scans. The ILM's step is large: power. The IPL: in between, over a wider neighbourhood
# (seeds 0 to 5 of the simulated eye: 0.7 to 0.85 px, 0.8 to 1.03 px in amplitude).
LOOKS = {
    "ILM": Look(sign=1, window_um=12, power=2, sigma_um=14, steepness=1.5, reach_um=30),
    "EZ": Look(sign=0, window_um=6, sigma_um=18),
    "RPE": Look(sign=0, window_um=11, sigma_um=18),
    "OPL": Look(sign=-1, window_um=12, sigma_um=22),
    "RNFL": Look(sign=-1, window_um=10, sigma_um=22, steepness=1.5),
    "IPL": Look(sign=-1, window_um=8, power=1.5, sigma_um=40, steepness=1.2),
    "INL": Look(sign=1, window_um=12, sigma_um=32, steepness=1.5),
    "GCL": Look(sign=1, window_um=12, sigma_um=40),
    "ELM": Look(sign=0, window_um=2, flank_um=7, sigma_um=32, steepness=1.5, reach_um=14),
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
# Contrast (`refined`) from which a surface is certain.
PLAIN = {
    "ILM": 1.0, "RNFL": 0.4, "GCL": 0.25, "IPL": 0.4, "INL": 0.4, "OPL": 0.5, "ELM": 0.2,
    "EZ": 0.5, "RPE": 0.4, "BM": 0.3,
}  # fmt: skip


def segmented(
    volume: Float32,
    geometry: ScanGeometry,
    *,
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
    progress : callable, optional
        Called with the number of B-scans done and their total.

    Returns
    -------
    surfaces : SurfaceMaps
        ILM, RNFL, GCL, IPL, INL, OPL, ELM, EZ, RPE and BM, each (B, X). Where two are found, the
        one named first never lies below the other. NaN, and confidence 0, where an A-scan shows
        nothing but noise or the surface has left the scan.

    Raises
    ------
    ShapeMismatch
        Not three axes, too few A-scans, or too short a depth for a retina.

    Notes
    -----
    Mean absolute error on the simulated eye at 3.2 um a row, 48 B-scans, three seeds of each
    variant: at most 0.9 px for every surface, but 1.4 px for BM below a neovascular membrane.

    References
    ----------
    Chiu et al. 2010, https://doi.org/10.1364/OE.18.019413: surfaces as paths of least cost, from
    the clearest to the faintest, each within those found before. Hirschmueller 2008,
    https://doi.org/10.1109/TPAMI.2007.1166: the aggregation.
    """
    _check(volume, geometry)
    bscans, _, ascans = volume.shape
    noise = darkest_level(volume, geometry)
    rows = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    confidence = {name: np.empty((bscans, ascans), np.float32) for name in NAMES}
    lap = min(BLOCK // 4, round(OVERLAP_UM / 1000 / geometry.bscan_mm))
    for block in blocks(bscans, BLOCK):
        first, last = max(0, block.start - lap), min(bscans, block.stop + lap)
        found = _block(volume[first:last], geometry, noise)
        core = slice(block.start - first, block.stop - first)
        for name in NAMES:
            rows[name][block] = found.rows[name][core]
            confidence[name][block] = found.confidence[name][core]
        if progress is not None:
            progress(block.stop, bscans)
    return SurfaceMaps(rows, confidence)


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


def _block(volume: Float32, geometry: ScanGeometry, noise: float) -> SurfaceMaps:
    """The surfaces of a few B-scans."""
    coarse = anchors(volume, geometry, noise)
    places: dict[str, Float32] = dict(outer_surfaces(volume, coarse, geometry, noise))
    rows, contrast = {}, {}
    places["ILM"] = coarse.ilm
    for name in ("ILM", "EZ", "RPE"):
        # Twice: the first time the offsets between B-scans are known only to whole cells.
        for _ in range(2):
            found = refined(volume, places[name], geometry, LOOKS[name])
            places[name], contrast[name] = found
        rows[name] = places[name]
    places |= inner_surfaces(volume, rows["ILM"], rows["EZ"], geometry, noise)
    places["ELM"] = rows["EZ"] - np.float32(ELM_TO_EZ_UM / geometry.axial_um)
    for name, (over, under) in BETWEEN.items():
        between = rows[over], rows[under]
        start = np.clip(places[name], *between)
        rows[name], contrast[name] = refined(volume, start, geometry, LOOKS[name], between=between)
    rows = {name: even(row, EVEN_UM, geometry) for name, row in rows.items()}
    rows["BM"], contrast["BM"] = bruchs_membrane(volume, rows["RPE"], geometry)
    ordered = np.maximum.accumulate([rows[name] for name in NAMES], axis=0)
    rows = dict(zip(NAMES, ordered, strict=True))
    present = presence(volume, rows["ILM"], rows["BM"], geometry, noise)
    has_end = rows["BM"] < volume.shape[1] - 1 - BELOW_UM / geometry.axial_um
    return SurfaceMaps(*judged(rows, contrast, PLAIN, present, has_end))
