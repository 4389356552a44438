"""Which pixels of an angiogram show vessels, and whether vessels stand out from noise at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.acquisition import Float32
from octome.octa.ridges import Ridges, ridges

Mask = NDArray[np.bool_]
Float64 = NDArray[np.float64]

# Standard deviation of a capillary's profile: 5 um of blood seen with a beam of 15 to 20 um.
CAPILLARY_MM = 0.008
CAPILLARY_PX = 0.8  # at least, where B-scans or A-scans are further apart than the beam is wide
REACH_MM = 0.06  # half of the widest vessel at the macula
NEARBY_MM = 0.06  # over which the background is averaged: one mesh of capillaries
LEVEL_MM = 0.3  # over which brightness is levelled: several meshes
# A line may be a vessel if it is stronger than this share of all dark lines, and one line of each
# connected piece has to be stronger than the higher share.
STRONGER_THAN, ONE_STRONGER_THAN = 0.9, 0.999
# Smaller pieces that stand alone are noise: capillaries connect over far more.
SPECK_MM = 0.15
# Of noise alone it is 0.98 to 1.02; of angiograms of healthy eyes 1.06 to 1.4; of simulated ones
# whose vessels nobody can follow below 1.05.
LEAST_EXCESS = 1.05
ROUNDING = 1e-9  # of the filters' strength


@dataclass(frozen=True, kw_only=True)
class VesselMap:
    """The vessels of one angiogram."""

    mask: Mask
    """(B, X): as wide as they look, at half of their height over the background."""
    seen: Mask
    """(B, X): where there was anything to see; nowhere if the vessels drown in the noise."""
    ridge_excess: float
    """Strength of the bright lines over that of the dark ones, at their ninth decile.

    About 1 where there is only noise, and NaN where there is nothing.
    """


def vessel_map(angiogram: Float32, *, bscan_mm: float, ascan_mm: float) -> VesselMap:
    """The vessels of an angiogram, and whether they stand out from noise.

    Brightness is levelled first, and only its order counts, so an angiogram gives the same vessels
    in whatever unit or grey curve it comes. Lines are found by oriented filters; those no stronger
    than the dark lines of the same image are noise. A vessel ends at half of the height of its
    centre over the background.

    Parameters
    ----------
    angiogram : float32, (B, X)
        Flow, projected from a slab; NaN where there is none.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans. Beyond about 0.012 mm capillaries merge or vanish, so
        densities of coarser scans are smaller, and may not be compared with those of finer ones.

    Returns
    -------
    vessels : VesselMap
        Its mask is False where the angiogram is NaN.

    Raises
    ------
    ShapeMismatch
        Not an image.

    References
    ----------
    The test of bright against dark lines is our own; the filters are those of `ridges.ridges`.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> stripes = (np.arange(90) % 9 < 3) + rng.normal(0, 0.3, (90, 90))
    >>> found = vessel_map(stripes.astype(np.float32), bscan_mm=0.01, ascan_mm=0.01)
    >>> bool(found.seen.all()), bool(found.mask[40, 45:48].all()), bool(found.mask[40, 50:53].any())
    (True, True, False)
    """
    checked_image(angiogram)
    present = np.isfinite(angiogram)
    spacing = (bscan_mm, ascan_mm)
    level = _ranks(_levelled(angiogram, spacing), present)
    width = max(CAPILLARY_MM, CAPILLARY_PX * max(spacing))
    lines = ridges(level, bscan_mm=bscan_mm, ascan_mm=ascan_mm, width_mm=width)
    excess = _excess(lines, present)
    mask = _vessels(lines, spacing) & present
    # NaN compares as False: nothing was seen.
    seen = present & bool(excess >= LEAST_EXCESS)
    return VesselMap(mask=mask, seen=seen, ridge_excess=excess)


def vessel_mask(angiogram: Float32, *, bscan_mm: float = 0.01, ascan_mm: float = 0.01) -> Mask:
    """The mask of `vessel_map`, whether or not its vessels stand out from noise.

    Parameters
    ----------
    angiogram : float32, (B, X)
        Flow, projected from a slab; NaN where there is none.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans; those of about 300 over 3 mm by default.

    Returns
    -------
    vessels : bool, (B, X)
        False where the angiogram is NaN.

    Raises
    ------
    ShapeMismatch
        Not an image.
    """
    return vessel_map(angiogram, bscan_mm=bscan_mm, ascan_mm=ascan_mm).mask


def without_specks(vessels: Mask, spacing: tuple[float, float], least_mm: float = SPECK_MM) -> Mask:
    """The vessels without pieces that are small and alone; `spacing` of B-scans and A-scans, mm."""
    labels, _ = ndimage.label(vessels, np.ones((3, 3)))
    return np.asarray(_extends(labels, spacing, least_mm)[labels])


def checked_image(image: NDArray[np.generic], *, like: tuple[int, ...] | None = None) -> None:
    """Raise for arrays that are not `(B, X)`, or not of the shape of the other image."""
    if image.ndim != 2 or min(image.shape) < 1:
        raise ShapeMismatch(
            f"an en face image has the axes (B, X); found shape {image.shape}", found=image.shape
        )
    if like is not None and image.shape != like:
        raise ShapeMismatch(
            f"two images of one scan have one shape; found {image.shape} and {like}",
            found=image.shape,
            needed=like,
        )


def _levelled(angiogram: Float32, spacing: tuple[float, float]) -> Float64:
    """The angiogram over its local brightness.

    At least half of what it is at the median pixel: a region without vessels, as the avascular
    zone, stays dark.
    """
    present = np.isfinite(angiogram)
    values = np.where(present, angiogram, 0).astype(np.float64)
    brightness = _mean_nearby(values, present, spacing, LEVEL_MM)
    usual = float(np.median(brightness[present])) if present.any() else 0.0
    if not usual > 0:
        return values
    return np.asarray(values / np.maximum(brightness, usual / 2))


def _mean_nearby(
    values: Float64, counted: Mask, spacing: tuple[float, float], radius_mm: float
) -> Float64:
    """Mean with Gaussian weights over the pixels that count."""
    sigma = [radius_mm / step for step in spacing]
    total = ndimage.gaussian_filter(np.where(counted, values, 0), sigma)
    weight = ndimage.gaussian_filter(counted.astype(np.float64), sigma)
    return np.asarray(total / np.maximum(weight, 1e-6))


def _ranks(values: Float64, present: Mask) -> Float64:
    """The share of present pixels that are darker, equal ones counted half.

    Absent pixels have that of the nearest present one, so that lines run on through a narrow gap.
    """
    found = np.full(values.shape, 0.5)
    ordered = np.sort(values[present])
    if ordered.size:
        darker = np.searchsorted(ordered, values[present], "left")
        not_brighter = np.searchsorted(ordered, values[present], "right")
        found[present] = (darker + not_brighter) / (2 * ordered.size)
        _, nearest = ndimage.distance_transform_edt(~present, return_indices=True)
        found = found[tuple(nearest)]
    return found


def _excess(lines: Ridges, present: Mask) -> float:
    if not present.any():
        return float("nan")
    dark = float(np.quantile(lines.dark_strength[present], 0.9))
    bright = float(np.quantile(lines.strength[present], 0.9))
    return bright / dark if dark > ROUNDING else float("nan")


def _vessels(lines: Ridges, spacing: tuple[float, float]) -> Mask:
    may_be, has_to_be = np.quantile(lines.dark_strength, [STRONGER_THAN, ONE_STRONGER_THAN])
    centre = lines.is_crest(*spacing) & (lines.strength > max(may_be, ROUNDING))
    if not centre.any():
        return np.zeros(centre.shape, bool)
    # Far below any line, so between the vessels.
    between = lines.strength < 0.3 * np.median(lines.dark_strength)
    background = _mean_nearby(lines.along, between, spacing, NEARBY_MM)
    away, nearest = ndimage.distance_transform_edt(~centre, sampling=spacing, return_indices=True)
    height = lines.along[tuple(nearest)] - background
    bright = (lines.along > background + height / 2) & (away <= REACH_MM)
    labels, count = ndimage.label(bright, np.ones((3, 3)))
    keep = _extends(labels, spacing, SPECK_MM)
    certain = np.zeros(count + 1, bool)
    certain[labels[centre & (lines.strength > has_to_be)]] = True
    return np.asarray((keep & certain)[labels])


def _extends(labels: NDArray[np.int32], spacing: tuple[float, float], least_mm: float) -> Mask:
    """For each label, from 0, whether its piece is at least that long."""
    pieces = ndimage.find_objects(labels)
    keep = np.zeros(len(pieces) + 1, bool)
    for index, (rows, columns) in enumerate(pieces, start=1):
        height = (rows.stop - rows.start) * spacing[0]
        width = (columns.stop - columns.start) * spacing[1]
        keep[index] = np.hypot(height, width) >= least_mm
    return keep
