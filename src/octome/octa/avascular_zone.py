"""The foveal avascular zone: where it is, how large, of what shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.octa.acquisition import Float32
from octome.octa.outline import perimeter_mm
from octome.octa.vessel_mask import Mask, checked_image

# Half of the widest gap in a ring of capillaries. Meshes of capillaries are 50 to 100 um wide,
# the zone 300 to 800.
GAP_MM = 0.045
# Smaller pieces that stand alone are noise: capillaries connect over far more. In noisy simulated
# scans half of the zone is lost at 0.06, a tenth or less at 0.15.
SPECK_MM = 0.15


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


def avascular_zone(
    vessels: Mask,
    *,
    bscan_mm: float,
    ascan_mm: float,
    seen: Mask | None = None,
    centre: tuple[float, float] | None = None,
    gap_mm: float = GAP_MM,
) -> AvascularZone:
    """The largest hole in a mask of vessels, or the one at a given centre.

    The hole is what a disc of radius `gap_mm` can reach without touching a vessel, so gaps in the
    ring around it that are narrower than the disc do not enlarge the hole. Single specks do not
    count as vessels. Absent B-scans that are narrower than the disc are bridged.

    Parameters
    ----------
    vessels : bool, (B, X)
        Of the superficial plexus or of the whole retina, as of `vessel_mask.vessel_mask`.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    seen : bool, (B, X), optional
        Where there was anything to see, ``np.isfinite(angiogram)``; everywhere if None.
    centre : (float, float), optional
        B-scan and A-scan, px, of the fovea, as of `foveal_centre`: the hole that is nearest to it
        is taken. If None, the one that fits the largest disc; whole holes come before
        those cut by the edge of the scan.
    gap_mm : float
        Radius of the disc.

    Returns
    -------
    zone : AvascularZone

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
    spacing = (bscan_mm, ascan_mm)
    wall = _wide(~seen, spacing, gap_mm)
    open_ = ~(_without_specks(vessels & seen, spacing) | wall)
    reach = _distance(open_, spacing)
    hole = _chosen(reach, gap_mm, wall, spacing, centre)
    # The disc itself covers what lies around the places where its centre may be.
    mask = (_distance(~hole, spacing) <= gap_mm) & open_ if hole.any() else hole
    return _measured(mask, spacing, is_cut=bool((mask & _next_to(wall)).any()))


def foveal_centre(
    upper: Float32, lower: Float32, *, bscan_mm: float, ascan_mm: float, smoothing_mm: float = 0.1
) -> tuple[float, float]:
    """The place where the retina is thinnest: the foveal pit.

    Parameters
    ----------
    upper, lower : float32, (B, X)
        Rows of two surfaces, best ILM and IPL or OPL: the layers between them vanish there.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    smoothing_mm : float
        Standard deviation of the Gaussian that smooths the thickness first.

    Returns
    -------
    centre : (float, float)
        B-scan and A-scan, px; NaN if the surfaces are nowhere both.
    """
    checked_image(upper)
    checked_image(lower, like=upper.shape)
    thickness = lower - upper
    present = np.isfinite(thickness)
    if not present.any():
        return float("nan"), float("nan")
    sigma = (smoothing_mm / bscan_mm, smoothing_mm / ascan_mm)
    total = ndimage.gaussian_filter(np.where(present, thickness, 0), sigma)
    weight = ndimage.gaussian_filter(present.astype(np.float32), sigma)
    smooth = np.where(present, total / np.maximum(weight, np.float32(1e-6)), np.inf)
    b, x = np.unravel_index(int(np.argmin(smooth)), smooth.shape)
    return float(b), float(x)


def _distance(mask: Mask, spacing: tuple[float, float]) -> NDArray[np.float64]:
    """From each pixel of the mask to the nearest outside it, mm; far where all is inside."""
    if mask.all():
        return np.full(mask.shape, np.inf)
    return np.asarray(ndimage.distance_transform_edt(mask, sampling=spacing))


def _wide(absent: Mask, spacing: tuple[float, float], gap_mm: float) -> Mask:
    """The absent parts into which the disc fits."""
    core = _distance(absent, spacing) > gap_mm
    return absent & (_distance(~core, spacing) <= gap_mm) if core.any() else core


def _without_specks(vessels: Mask, spacing: tuple[float, float]) -> Mask:
    """The vessels without specks that are small and alone."""
    labels, count = ndimage.label(vessels, np.ones((3, 3)))
    keep = np.zeros(count + 1, bool)
    for index, (rows, columns) in enumerate(ndimage.find_objects(labels), start=1):
        height = (rows.stop - rows.start) * spacing[0]
        width = (columns.stop - columns.start) * spacing[1]
        keep[index] = np.hypot(height, width) >= SPECK_MM
    return np.asarray(keep[labels])


def _chosen(
    reach: NDArray[np.float64],
    gap_mm: float,
    wall: Mask,
    spacing: tuple[float, float],
    centre: tuple[float, float] | None,
) -> Mask:
    """The places of one hole where the centre of the disc may be."""
    labels, count = ndimage.label(reach > gap_mm)
    if count == 0:
        return np.zeros(reach.shape, bool)
    numbers = np.arange(1, count + 1)
    if centre is not None:
        b, x = np.ogrid[: reach.shape[0], : reach.shape[1]]
        away = np.hypot((b - centre[0]) * spacing[0], (x - centre[1]) * spacing[1])
        return np.asarray(labels == numbers[np.argmin(ndimage.minimum(away, labels, numbers))])
    # Infinite only where the hole is all there is.
    room = np.minimum(ndimage.maximum(reach, labels, numbers), 1e3)
    room[np.isin(numbers, labels[_next_to(wall)])] *= 1e-6
    return np.asarray(labels == numbers[np.argmax(room)])


def _next_to(wall: Mask) -> Mask:
    """The pixels at the edge of the image or next to a wall."""
    framed = np.pad(wall, 1, constant_values=True)
    return framed[:-2, 1:-1] | framed[2:, 1:-1] | framed[1:-1, :-2] | framed[1:-1, 2:]


def _measured(mask: Mask, spacing: tuple[float, float], *, is_cut: bool) -> AvascularZone:
    pixels = int(mask.sum())
    if pixels == 0:
        nan = float("nan")
        return AvascularZone(
            mask=mask,
            area_mm2=nan,
            perimeter_mm=nan,
            circularity=nan,
            equivalent_diameter_mm=nan,
            axis_ratio=nan,
            centre=(nan, nan),
            is_cut=False,
        )
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
    )
