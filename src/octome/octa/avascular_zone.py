"""The foveal avascular zone: where it is, how large, of what shape."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.octa.acquisition import Float32
from octome.octa.outline import perimeter_mm
from octome.octa.verdict import Verdict
from octome.octa.vessel_mask import Mask, checked_image, without_specks

# Half of the widest gap in a ring of capillaries. Meshes of capillaries are 50 to 100 um wide,
# the zone 300 to 800.
GAP_MM = 0.045
# Of the least zone: 2.3 standard deviations below the mean of healthy eyes, and its diameter.
LEAST_MM2, LEAST_MM = 0.03, 0.2
LARGEST_MM2 = 3.0  # beyond those of eyes with diabetic macular ischaemia
# The second widest hole over the widest, at most, where nobody says which is the fovea's.
RIVAL = 0.7
FAR_MM = 0.5  # between a given centre and the edge of its hole, at most
# The pit of a fovea is at least this much thinner than the retina 0.5 to 1.25 mm away.
PIT = 0.75
PIT_RING_MM = (0.5, 1.25)
SMOOTHING_MM = 0.1  # standard deviation, of the thickness of the retina
DENT_MM = 0.2  # half of the window whose median is taken first; a pit is 0.7 mm wide at half depth


@dataclass(frozen=True, kw_only=True)
class AvascularZone:
    """One hole in the mesh of vessels. Its numbers are NaN and its mask is empty if there is none.

    In healthy eyes its area is 0.26 mm2 in the superficial plexus, standard deviation 0.10
    (Linderman et al. 2017: https://doi.org/10.1167/tvst.6.3.16).
    """

    mask: Mask
    """(B, X)."""
    area_mm2: float
    perimeter_mm: float
    circularity: float
    """4 pi area / perimeter squared: 1 for a disc, less the more ragged or oblong."""
    equivalent_diameter_mm: float
    """Of the disc of the same area."""
    axis_ratio: float
    """Longer over shorter axis of the ellipse with the same second moments, 1 or more."""
    centre: tuple[float, float]
    """B-scan and A-scan of its centroid, px."""
    is_cut: bool
    """It reaches the edge of the scan or of a part that is absent: its area is too small."""
    reason: str
    """Why there is no zone; empty if there is one."""
    verdict: Verdict | None = None
    """On the surfaces of the slab, if it was given."""


def avascular_zone(
    vessels: Mask,
    *,
    bscan_mm: float,
    ascan_mm: float,
    seen: Mask | None = None,
    centre: tuple[float, float] | None = None,
    gap_mm: float = GAP_MM,
    verdict: Verdict | None = None,
) -> AvascularZone:
    """The widest hole in a mask of vessels, or the one at a given centre.

    In the superficial plexus the vessels around the fovea close to a ring. Deeper plexuses end
    further out, so a zone of a deep slab is wider. The hole is what a disc of radius `gap_mm` can
    reach without touching a vessel, so gaps in the ring around it that are narrower than the disc
    do not enlarge the hole. Single specks do not count as vessels. Absent B-scans that are narrower
    than the disc are bridged.

    Parameters
    ----------
    vessels : bool, (B, X)
        Of the superficial plexus or of the whole retina, as of `vessel_mask.vessel_map`.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    seen : bool, (B, X), optional
        Where there was anything to see, as of `vessel_mask.vessel_map`; everywhere if None.
    centre : (float, float), optional
        B-scan and A-scan, px, of the fovea, as of `foveal_centre`; NaN if there is none. The hole
        nearest to it is taken, if it is at most 0.5 mm away. If None, the one that fits the largest
        disc, which must be clearly wider than any other; whole holes come before those cut by the
        edge of the scan.
    gap_mm : float
        Radius of the disc.
    verdict : Verdict, optional
        On the surfaces that the slab was cut by, as `SurfaceMaps.verdict`.

    Returns
    -------
    zone : AvascularZone
        Absent, with a reason, if no hole is 0.2 mm wide, none stands out, nothing was seen, or the
        verdict is that the segmentation failed.

    Raises
    ------
    ShapeMismatch
        Masks of different shape.

    References
    ----------
    The disc is our own method; measures as reviewed by Grieshop et al. 2023:
    https://doi.org/10.1167/tvst.12.6.26 (circularity and axis ratio; the perimeter is that of
    `outline.perimeter_mm`).

    Examples
    --------
    >>> b, x = np.ogrid[:100, :100]
    >>> vessels = np.hypot(b - 50, x - 45) >= 30
    >>> zone = avascular_zone(vessels, bscan_mm=0.01, ascan_mm=0.01)
    >>> round(zone.equivalent_diameter_mm, 2), zone.centre
    (0.6, (50.0, 45.0))
    """
    checked_image(vessels)
    seen = np.ones(vessels.shape, bool) if seen is None else seen
    checked_image(seen, like=vessels.shape)
    if verdict is not None and verdict.outcome == "failed":
        zone = _absent(vessels.shape, f"the segmentation {verdict}")
    else:
        zone = _zone(vessels, seen, (bscan_mm, ascan_mm), centre, gap_mm)
    return replace(zone, verdict=verdict)


def _zone(
    vessels: Mask,
    seen: Mask,
    spacing: tuple[float, float],
    centre: tuple[float, float] | None,
    gap_mm: float,
) -> AvascularZone:
    """The hole, or why there is none."""
    if centre is not None and not np.isfinite(centre).all():
        return _absent(vessels.shape, "there is no fovea here")
    wall = _wide(~seen, spacing, gap_mm)
    found = _bridged(vessels & seen, seen, wall)
    if not (vessels & seen).any():
        return _absent(vessels.shape, "vessels do not stand out from noise")
    open_ = ~(without_specks(found, spacing) | wall)
    reach = _distance(open_, spacing)
    hole, reason = _chosen(reach, gap_mm, wall, spacing, centre)
    if reason:
        return _absent(vessels.shape, reason)
    # The disc itself covers what lies around the places where its centre may be.
    mask = (_distance(~hole, spacing) <= gap_mm) & open_
    zone = _measured(mask, spacing, is_cut=bool((mask & _next_to(wall)).any()))
    if not LEAST_MM2 <= zone.area_mm2 <= LARGEST_MM2:
        return _absent(
            vessels.shape,
            f"the hole between the vessels has {zone.area_mm2:.3f} mm2; an avascular zone has "
            f"{LEAST_MM2} to {LARGEST_MM2}",
        )
    return zone


def foveal_centre(
    upper: Float32, lower: Float32, *, bscan_mm: float, ascan_mm: float
) -> tuple[float, float]:
    """The place where the retina is thinnest: the foveal pit.

    Parameters
    ----------
    upper, lower : float32, (B, X)
        Rows of two surfaces, best ILM and IPL or OPL: the layers between them vanish there.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.

    Returns
    -------
    centre : (float, float)
        B-scan and A-scan, px; NaN if the surfaces are nowhere both, or if there is no pit: the
        thinnest place lies at the edge of the scan or of an absent part, or is not 25 % thinner
        than the median 0.5 to 1.25 mm away.
    """
    checked_image(upper)
    checked_image(lower, like=upper.shape)
    thickness = lower - upper
    present = np.isfinite(thickness)
    nowhere = (float("nan"), float("nan"))
    if not present.any():
        return nowhere
    spacing = bscan_mm, ascan_mm
    smooth = _smoothed(_without_dents(thickness, present, spacing), present, spacing)
    b, x = np.unravel_index(int(np.argmin(smooth)), smooth.shape)
    if b in (0, smooth.shape[0] - 1) or x in (0, smooth.shape[1] - 1):
        return nowhere
    rows, columns = np.ogrid[: smooth.shape[0], : smooth.shape[1]]
    away = np.hypot((rows - b) * bscan_mm, (columns - x) * ascan_mm)
    if (~present & (away <= SMOOTHING_MM)).any():
        return nowhere
    ring = present & (away >= PIT_RING_MM[0]) & (away <= PIT_RING_MM[1])
    if not ring.any() or smooth[b, x] > PIT * np.median(smooth[ring]):
        return nowhere
    return float(b), float(x)


def _without_dents(thickness: Float32, present: Mask, spacing: tuple[float, float]) -> Float32:
    """The thickness without what is smaller than a pit: places where a surface was lost."""
    _, nearest = ndimage.distance_transform_edt(~present, return_indices=True)
    filled = thickness[tuple(nearest)]
    # A few samples to each window: the median of all is slow and no better.
    stride = [max(1, int(SMOOTHING_MM / 2 / step)) for step in spacing]
    size = [
        2 * round(DENT_MM / (step * skip)) + 1 for step, skip in zip(spacing, stride, strict=True)
    ]
    coarse = ndimage.median_filter(filled[:: stride[0], :: stride[1]], size, mode="nearest")
    b, x = (np.arange(n) / skip for n, skip in zip(filled.shape, stride, strict=True))
    at = np.meshgrid(b, x, indexing="ij")
    return np.asarray(ndimage.map_coordinates(coarse, at, order=1, mode="nearest"), np.float32)


def _smoothed(thickness: Float32, present: Mask, spacing: tuple[float, float]) -> Float32:
    """The thickness, averaged over what is present; infinite where it is absent."""
    sigma = [SMOOTHING_MM / step for step in spacing]
    total = ndimage.gaussian_filter(np.where(present, thickness, 0), sigma)
    weight = ndimage.gaussian_filter(present.astype(np.float32), sigma)
    return np.where(present, total / np.maximum(weight, np.float32(1e-6)), np.float32(np.inf))


def _distance(mask: Mask, spacing: tuple[float, float]) -> NDArray[np.float64]:
    """From each pixel of the mask to the nearest outside it, mm; far where all is inside."""
    if mask.all():
        return np.full(mask.shape, np.inf)
    return np.asarray(ndimage.distance_transform_edt(mask, sampling=spacing))


def _bridged(vessels: Mask, seen: Mask, wall: Mask) -> Mask:
    """The vessels, those nearest carried on through absent parts that are narrow."""
    narrow = ~seen & ~wall
    if not narrow.any() or not seen.any():
        return vessels
    _, nearest = ndimage.distance_transform_edt(~seen, return_indices=True)
    return np.where(narrow, vessels[tuple(nearest)], vessels)


def _wide(absent: Mask, spacing: tuple[float, float], gap_mm: float) -> Mask:
    """The absent parts into which the disc fits."""
    core = _distance(absent, spacing) > gap_mm
    return absent & (_distance(~core, spacing) <= gap_mm) if core.any() else core


def _chosen(
    reach: NDArray[np.float64],
    gap_mm: float,
    wall: Mask,
    spacing: tuple[float, float],
    centre: tuple[float, float] | None,
) -> tuple[Mask, str]:
    """The places of one hole where the centre of the disc may be; or why there is none."""
    labels, count = ndimage.label(reach > gap_mm)
    nothing = np.zeros(reach.shape, bool)
    if count == 0:
        return nothing, f"no hole between the vessels is {2 * gap_mm:.2f} mm wide"
    numbers = np.arange(1, count + 1)
    # Infinite only where the hole is all there is.
    room = np.minimum(ndimage.maximum(reach, labels, numbers), 1e3)
    is_cut = np.isin(numbers, labels[_next_to(wall)])
    if centre is None:
        # Of those wide enough the whole ones come first.
        best = int(np.lexsort((room, ~is_cut, 2 * room >= LEAST_MM))[-1])
    else:
        b, x = np.ogrid[: reach.shape[0], : reach.shape[1]]
        away = np.hypot((b - centre[0]) * spacing[0], (x - centre[1]) * spacing[1])
        distance = ndimage.minimum(away, labels, numbers)
        best = int(np.argmin(distance))
        if distance[best] > FAR_MM:
            return nothing, f"no hole between the vessels within {FAR_MM} mm of the fovea"
    wide = 2 * room[best]
    if wide < LEAST_MM:
        return nothing, (
            f"the hole between the vessels is {wide:.2f} mm wide; an avascular zone is at least "
            f"{LEAST_MM} mm"
        )
    rival = 2 * float(np.max(np.delete(np.where(is_cut, 0.0, room), best), initial=0))
    if centre is None and rival > RIVAL * wide:
        return nothing, (
            f"two holes between the vessels are {wide:.2f} and {rival:.2f} mm wide: neither is "
            "clearly the fovea's"
        )
    return np.asarray(labels == numbers[best]), ""


def _next_to(wall: Mask) -> Mask:
    """The pixels at the edge of the image or next to a wall."""
    framed = np.pad(wall, 1, constant_values=True)
    return framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:]


def _measured(mask: Mask, spacing: tuple[float, float], *, is_cut: bool) -> AvascularZone:
    pixels = int(mask.sum())
    area = float(pixels * spacing[0] * spacing[1])
    perimeter = perimeter_mm(mask, bscan_mm=spacing[0], ascan_mm=spacing[1])
    b, x = (index.astype(np.float64) for index in np.nonzero(mask))
    # A pixel is not a point: its own second moment is a twelfth of its side squared.
    own = np.diag([side**2 / 12 for side in spacing])
    moments = np.atleast_2d(np.cov(np.stack([b * spacing[0], x * spacing[1]]), bias=True)) + own
    shorter, longer = np.linalg.eigvalsh(moments)
    return AvascularZone(
        mask=mask,
        area_mm2=area,
        perimeter_mm=perimeter,
        # The perimeter of a disc is right to a few per mille, and no shape is rounder than one.
        circularity=float(min(1.0, 4 * np.pi * area / perimeter**2)),
        equivalent_diameter_mm=float(np.sqrt(4 * area / np.pi)),
        axis_ratio=float(np.sqrt(longer / shorter)),
        centre=(float(b.mean()), float(x.mean())),
        is_cut=is_cut,
        reason="",
    )


def _absent(shape: tuple[int, ...], reason: str) -> AvascularZone:
    nan = float("nan")
    return AvascularZone(
        mask=np.zeros(shape, bool),
        area_mm2=nan,
        perimeter_mm=nan,
        circularity=nan,
        equivalent_diameter_mm=nan,
        axis_ratio=nan,
        centre=(nan, nan),
        is_cut=False,
        reason=reason,
    )
