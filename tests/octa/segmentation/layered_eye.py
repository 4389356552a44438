"""A small layered retina with speckle and a known place for every surface."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.ndimage import gaussian_filter1d

from octome.octa.acquisition import Float32, ScanGeometry

# Power of each layer in dB, from the vitreous downwards, and the surface at its lower edge.
LAYERS = (
    ("ILM", -80.0),
    ("RNFL", 0.0),
    ("GCL", -8.0),
    ("IPL", -5.0),
    ("INL", -11.0),
    ("OPL", -5.0),
    ("ONL", -14.0),
)


@dataclass(frozen=True)
class LayeredEye:
    """A structural volume, where it lies in space, and its surfaces in px."""

    volume: Float32
    geometry: ScanGeometry
    surfaces: dict[str, Float32]


def layered_eye(
    *,
    seed: int = 0,
    bscans: int = 12,
    ascans: int = 96,
    rows: int = 320,
    geometry: ScanGeometry | None = None,
    variant: str = "normal",
    pit: bool = True,
    jump_px: float = 2.0,
    noise: float = 0.05,
) -> LayeredEye:
    """A tilted, curved retina with a pit in its middle and a jump before each B-scan."""
    chance = np.random.default_rng(seed)
    geometry = geometry or ScanGeometry(0.0032, 0.01, 0.01)
    y = (np.arange(bscans)[:, None] - bscans / 2) * geometry.bscan_mm * 1000
    x = (np.arange(ascans)[None] - ascans / 2) * geometry.ascan_mm * 1000
    surfaces = heights_um(x, y, variant=variant, pit=pit)
    top = 0.3 * rows * geometry.axial_um + 0.08 * x + 0.05 * y + 2e-5 * (x**2 + y**2)
    jumps = np.cumsum(chance.normal(0, jump_px, (bscans, 1)), axis=0) * geometry.axial_um
    top = top + (jumps - jumps.mean()) + 340
    places = {
        name: ((top + below) / geometry.axial_um).astype(np.float32)
        for name, below in surfaces.items()
    }
    power = reflectivity(places, rows, geometry)
    volume = speckled(power, geometry, chance, noise)
    return LayeredEye(volume, geometry, places)


def heights_um(x: Float32, y: Float32, *, variant: str, pit: bool) -> dict[str, Float32]:
    """How far each surface lies below BM, in um (negative: above)."""
    far = 1 - (np.exp(-(x**2 + y**2) / (2 * 350.0**2)) if pit else 0 * (x + y))
    thick = {
        "RNFL": 4 + 26 * far + 0.004 * x,
        "GCL": 3 + 42 * far,
        "IPL": 3 + 32 * far,
        "INL": 3 + 32 * far,
        "OPL": 6 + 20 * far,
        "ONL": 110 - 30 * far,
        "ELM-EZ": 24 + 0 * far,
        "EZ-RPE": 38 - 6 * far,
        "RPE-BM": 12 + 0 * far,
    }
    bump = 0 * far
    if variant == "drusen":
        for centre_x, centre_y, wide, high in (
            (-200, 0, 60, 60),
            (150, 20, 90, 45),
            (330, 0, 40, 35),
        ):
            bump = bump + high * np.exp(
                -((x - centre_x) ** 2 + (y - centre_y) ** 2) / (2 * wide**2)
            )
    below = {"BM": 0 * far, "RPE": -thick["RPE-BM"] - bump}
    below["EZ"] = below["RPE"] - thick["EZ-RPE"]
    below["ELM"] = below["EZ"] - thick["ELM-EZ"]
    below["OPL"] = below["ELM"] - thick["ONL"] + 0.7 * bump
    for name, under in (
        ("INL", "OPL"),
        ("IPL", "INL"),
        ("GCL", "IPL"),
        ("RNFL", "GCL"),
        ("ILM", "RNFL"),
    ):
        below[name] = below[under] - thick[under]
    return {name: np.asarray(below[name], np.float32) for name in reversed(below)}


def reflectivity(places: dict[str, Float32], rows: int, geometry: ScanGeometry) -> Float32:
    """The power scattered at each voxel, `(B, Z, X)`."""
    row = np.arange(rows, dtype=np.float32)[None, :, None]
    at = {name: place[:, None, :] for name, place in places.items()}
    um = geometry.axial_um
    db = np.full(np.broadcast_shapes(row.shape, at["ILM"].shape), -80.0, np.float32)
    for (upper, _), (_, level) in pairwise(LAYERS):
        db = np.where(row >= at[upper], level, db)
    db = np.where(np.abs(row - at["ELM"]) < 4 / um, -9.0, db)
    db = np.where(row >= at["EZ"] - 9 / um, 0.0, db)
    db = np.where(row >= at["EZ"] + 9 / um, -8.0, db)
    db = np.where(row >= at["RPE"] - 10 / um, 2.0, db)
    db = np.where(row >= at["RPE"] + 10 / um, -7.0, db)
    db = np.where(np.abs(row - at["BM"] + 2 / um) < 2 / um, 0.0, db)
    db = np.where(row >= at["BM"], -6 - (row - at["BM"]) * um / 20, db)
    return (10 ** (db / 10)).astype(np.float32)


def speckled(
    power: Float32, geometry: ScanGeometry, chance: np.random.Generator, noise: float
) -> Float32:
    """The amplitude seen: fully developed speckle of 15 um by 15 um by 4.5 um, and noise."""
    shape = power.shape
    field = chance.normal(size=(2, *shape)).astype(np.float32) * np.sqrt(power)
    widths_px = (
        15 / 2355 / geometry.bscan_mm,
        4.5 / 2355 / geometry.axial_mm,
        15 / 2355 / geometry.ascan_mm,
    )
    gain = 1.0
    for axis, width in enumerate(widths_px):
        field = gaussian_filter1d(field, width, axis + 1, mode="nearest")
        point = gaussian_filter1d(np.eye(1, 41, 20, dtype=np.float32)[0], width)
        gain *= float((point**2).sum())
    field /= np.sqrt(2 * gain)
    total = np.zeros(shape, np.float32)
    for _ in range(4):
        grain = chance.normal(0, noise / np.sqrt(2), (2, *shape)).astype(np.float32)
        total += np.hypot(field[0] + grain[0], field[1] + grain[1])
    return total / 4
