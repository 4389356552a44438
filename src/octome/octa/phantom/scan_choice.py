"""Which scan is made of an eye: pattern, place, number and distance of A-scans, wandering gaze."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.anatomy import Field
from octome.octa.phantom.optic_disc import OpticDisc
from octome.octa.phantom.scan_path import ScanPath, circle, raster, star
from octome.octa.phantom.trouble import Conditions

AXIAL_UM = (2.0, 6.0)
PITCH_UM = (4.0, 60.0)
ASCANS = (128, 192, 256, 384, 512, 768, 1024)
MOST_COLUMNS = 3000  # A-scans of a scan whose shape is drawn
MOST_MM = 9.0  # from the first to the last B-scan
STILL_UM, RESTLESS_UM = 6.0, 60.0  # from one B-scan to the next, standard deviation
RADII_MM = (1.73, 1.73, 1.73, 2.05, 2.35)


def chosen_path(
    rng: np.random.Generator,
    conditions: Conditions,
    disc: OpticDisc,
    shape: tuple[int, int] | None,
) -> ScanPath:
    """The path of a scan that shows the troubles of these conditions."""
    axial_mm = rng.uniform(*AXIAL_UM) / 1000
    bscans, ascans = shape or _shape(rng, conditions)
    if conditions.has("circle"):
        centre = (disc.y + rng.normal(0, 0.12), disc.x + rng.normal(0, 0.12))
        radius = float(rng.choice(RADII_MM)) * rng.uniform(0.93, 1.1)
        start = rng.uniform(0, 2 * np.pi)
        return circle(max(ascans, 512), axial_mm, centre=centre, radius_mm=radius, start=start)
    width_mm = rng.uniform(2.5, 12.0)
    pitch_mm = float(np.clip(width_mm * 1000 / ascans, *PITCH_UM)) / 1000
    slow_mm = float(np.exp(rng.uniform(np.log(0.01), np.log(0.3))))
    slow_mm = min(slow_mm, MOST_MM / bscans)
    geometry = ScanGeometry(axial_mm, pitch_mm, slow_mm)
    if conditions.has("disc"):
        centre = (disc.y + rng.normal(0, 0.3), disc.x + rng.normal(0, 0.5))
        if rng.random() < 0.3:
            return star((bscans, ascans), geometry, centre=centre)
        # Fovea and disc in one B-scan, or the disc alone.
        middle = disc.x * rng.uniform(0.4, 0.6) if pitch_mm * ascans > 7 else centre[1]
        return raster((bscans, ascans), geometry, centre=(centre[0], middle), angle=_angle(rng))
    if conditions.has("hole", "lamellar hole"):
        angle, along, aside = _angle(rng), rng.normal(0, 0.3), rng.normal(0, 0.03)
        centre = (
            along * np.sin(angle) + aside * np.cos(angle),
            along * np.cos(angle) - aside * np.sin(angle),
        )
        slow = ScanGeometry(axial_mm, pitch_mm, min(slow_mm, 0.25 / bscans))
        return raster((bscans, ascans), slow, centre=centre, angle=angle)
    spread = 0.3 if rng.random() < 0.6 else 1.6
    centre = (rng.normal(0, spread), rng.normal(0, spread))
    if rng.random() < 0.1:
        return star((bscans, ascans), geometry, centre=centre)
    return raster((bscans, ascans), geometry, centre=centre, angle=_angle(rng))


def _shape(rng: np.random.Generator, conditions: Conditions) -> tuple[int, int]:
    """Number of B-scans and of A-scans."""
    ascans = int(rng.choice(ASCANS))
    most = max(1, MOST_COLUMNS // ascans)
    if conditions.has("circle") or (rng.random() < 0.3 and not conditions.has("fixation")):
        return 1, ascans
    if conditions.has("fixation"):
        return int(rng.integers(min(5, most), min(16, most) + 1)), ascans
    return int(rng.integers(1, min(12, most) + 1)), ascans


def _angle(rng: np.random.Generator) -> float:
    """Of the B-scans: level from either side, or upright; rad."""
    level = rng.choice([0.0, 0.0, np.pi, np.pi, np.pi / 2, -np.pi / 2])
    return float(level + rng.normal(0, 0.06))


def wandering(
    rng: np.random.Generator, conditions: Conditions, path: ScanPath
) -> tuple[ScanPath, Field, NDArray[np.bool_]]:
    """Where the beam went in an eye that moved; its axial place in each B-scan; its blinks.

    Returns
    -------
    path : ScanPath
    offset_um : float64, (B,)
        How much deeper the window began.
    is_blink : bool, (B,)
    """
    count = len(path.y)
    restless = conditions.has("fixation")
    offset = np.cumsum(rng.normal(0, STILL_UM * rng.uniform(0, 1), count))
    is_blink = np.zeros(count, bool)
    if restless:
        for at in rng.integers(0, count, rng.integers(1, 4)):
            offset[at:] += rng.normal(0, RESTLESS_UM)
            shift = np.where(np.arange(count) >= at, 1.0, 0.0)
            path = path.moved(shift * rng.normal(0, 0.12), shift * rng.normal(0, 0.12))
        if count >= 4 and rng.random() < 0.4:
            is_blink[rng.integers(count)] = True
    return path, offset - offset.mean(), is_blink
