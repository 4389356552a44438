"""How dense the vessels of a slab are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.skeleton import skeleton, step_lengths
from octome.octa.verdict import Verdict
from octome.octa.vessel_mask import Mask, checked_image


@dataclass(frozen=True, kw_only=True)
class Perfusion:
    """Vessels by area, by length and by width, within the part of a scan that was seen.

    Each is NaN where its denominator is 0.
    """

    area_mm2: float
    """Of the scan, or of a region of it, without absent parts."""
    vessel_density: float
    """Share of that area which is vessel, 0 to 1."""
    skeleton_density: float
    """Share of the pixels which is centre line, 0 to 1; it depends on the pixels' size."""
    length_density_per_mm: float
    """Length of the centre lines over the area, mm/mm2: independent of the pixels' size."""
    vessel_diameter_um: float
    """Area of the vessels over the length of their centre lines: their mean width."""
    verdict: Verdict | None = None
    """On the surfaces of the slab, if it was given."""


def perfusion(
    vessels: Mask,
    *,
    bscan_mm: float,
    ascan_mm: float,
    seen: Mask | None = None,
    region: Mask | None = None,
    verdict: Verdict | None = None,
) -> Perfusion:
    """How dense the vessels of a mask are.

    Parameters
    ----------
    vessels : bool, (B, X)
        As of `vessel_mask.vessel_map`.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.
    seen : bool, (B, X), optional
        Where there was anything to see, as of `vessel_mask.vessel_map`; everywhere if None. The
        rest counts neither as vessel nor as area.
    region : bool, (B, X), optional
        Where to look, as of `ring`; everywhere if None. The centre lines are those of the whole
        scan, so its edge cuts vessels but makes no ends.
    verdict : Verdict, optional
        On the surfaces that the slab was cut by, as `SurfaceMaps.verdict`.

    Returns
    -------
    perfusion : Perfusion
        NaN, of an area of 0, if the verdict is that the segmentation failed.

    Raises
    ------
    ShapeMismatch
        Masks of different shape.

    References
    ----------
    Chu et al. 2016, vessel area density, skeleton density and diameter index:
    https://doi.org/10.1117/1.JBO.21.6.066008. Lengths are in mm, along the lines, where the paper
    counts the pixels of the skeleton.

    Examples
    --------
    >>> mask = np.zeros((10, 10), bool); mask[4:7] = True  # 3 of 10 rows, 0.01 mm each
    >>> found = perfusion(mask, bscan_mm=0.01, ascan_mm=0.01)
    >>> round(found.vessel_density, 3), round(found.area_mm2, 3)
    (0.3, 0.01)
    """
    checked_image(vessels)
    counted = np.ones(vessels.shape, bool)
    for mask in (seen, region):
        if mask is not None:
            checked_image(mask, like=vessels.shape)
            counted &= mask
    if verdict is not None and verdict.outcome == "failed":
        counted[:] = False
    lines = skeleton(vessels)
    length = float(step_lengths(lines, bscan_mm=bscan_mm, ascan_mm=ascan_mm)[counted].sum())
    pixels = int(counted.sum())
    area = float(pixels * bscan_mm * ascan_mm)
    vessel_area = int((vessels & counted).sum()) * bscan_mm * ascan_mm
    return Perfusion(
        area_mm2=area,
        vessel_density=_over(vessel_area, area),
        skeleton_density=_over(int((lines & counted).sum()), pixels),
        length_density_per_mm=_over(length, area),
        vessel_diameter_um=_over(1000 * vessel_area, length),
        verdict=verdict,
    )


def ring(
    shape: tuple[int, int],
    centre: tuple[float, float],
    diameters_mm: tuple[float, float],
    *,
    bscan_mm: float,
    ascan_mm: float,
) -> Mask:
    """The ring around a centre, between two circles.

    The ETDRS grid has its circles at 1, 3 and 6 mm: the parafovea is ``(1.0, 3.0)``.

    Parameters
    ----------
    shape : (int, int)
        Of the image, `(B, X)`.
    centre : (float, float)
        B-scan and A-scan, px.
    diameters_mm : (float, float)
        Of the inner circle (0 for a disc), and of the outer.
    bscan_mm, ascan_mm : float
        Between B-scans, and between A-scans.

    Returns
    -------
    ring : bool, (B, X)
        Pixels whose centre lies on or outside the inner circle and inside the outer.

    Examples
    --------
    >>> int(ring((5, 5), (2, 2), (0, 0.3), bscan_mm=0.1, ascan_mm=0.1).sum())
    9
    """
    b, x = np.ogrid[: shape[0], : shape[1]]
    away = 2 * np.hypot((b - centre[0]) * bscan_mm, (x - centre[1]) * ascan_mm)
    return np.asarray((away >= diameters_mm[0]) & (away < diameters_mm[1]))


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")
