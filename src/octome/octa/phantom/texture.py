"""What is uneven within the layers: capillaries, exudates, cysts, the vessels of the choroid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from octome.octa.acquisition import Float32
from octome.octa.phantom.anatomy import Field
from octome.octa.phantom.scan_path import ScanPath
from octome.octa.phantom.section import Section
from octome.octa.phantom.structural_bscan import Spots

CYST_GAIN = 0.004
UPPER = {"INL": ("IPL", "INL"), "ONL": ("OPL", "ELM"), "GCL": ("RNFL", "GCL")}
TILE_UM = (8.0, 20.0)  # of the choroid's texture, depth and width
LUMEN = 0.3  # power in a vessel of the choroid


@dataclass(frozen=True)
class Dots:
    """Bright dots of one sort: how many, and from and to which half height and gain."""

    per_mm: float
    half_um: tuple[float, float]
    gain_db: tuple[float, float]
    shade: float
    """The least share of power that passes one."""


CAPILLARIES = Dots(14, (4, 11), (2, 7), 0.93)
FOCI = Dots(2, (8, 30), (6, 14), 0.5)


def spots(
    section: Section,
    depths: dict[str, Field],
    path: ScanPath,
    rng: np.random.Generator,
    *,
    has_foci: bool,
) -> Spots:
    """Capillaries cut across, hyperreflective foci if there are any, and cysts."""
    rows = [_dots(section, depths, path, rng, CAPILLARIES)]
    if has_foci:
        rows.append(_dots(section, depths, path, rng, FOCI))
    rows.append(_cysts(section, depths, path))
    b, x, depth, half_px, half_um, gain, shade = np.concatenate(rows).T
    return Spots(
        b=b.astype(np.int64),
        x=x.astype(np.int64),
        depth_um=depth,
        half_px=half_px,
        half_um=half_um,
        gain=gain,
        shade=shade,
    )


def _dots(
    section: Section,
    depths: dict[str, Field],
    path: ScanPath,
    rng: np.random.Generator,
    dots: Dots,
) -> Field:
    """Bright dots between RNFL and OPL, one row each."""
    bscans, ascans = section.y.shape
    pitch_um = path.geometry.ascan_mm * 1000
    count = rng.poisson(dots.per_mm * bscans * ascans * path.geometry.ascan_mm)
    b, x = rng.integers(0, bscans, count), rng.integers(0, ascans, count)
    upper, lower = depths["RNFL"][b, x], depths["OPL"][b, x]
    size = rng.uniform(*dots.half_um, count)
    return np.column_stack(
        [
            b,
            x,
            upper + rng.uniform(0, 1, count) * (lower - upper),
            np.maximum(size / pitch_um, 0.5),
            0.8 * size,
            10 ** (rng.uniform(*dots.gain_db, count) / 10),
            rng.uniform(dots.shade, 1, count),
        ]
    )


def _cysts(section: Section, depths: dict[str, Field], path: ScanPath) -> Field:
    """Each cyst as each B-scan cuts it."""
    found = []
    pitch = path.geometry.ascan_mm
    for cyst, layer in section.cysts:
        from_disc = section.disc.distance(np.array(cyst.y), np.array(cyst.x))
        if from_disc < section.disc.radius_mm + cyst.radius:
            continue
        away = np.hypot(section.y - cyst.y, section.x - cyst.x) / cyst.radius
        for b in np.flatnonzero(away.min(axis=1) < 0.95):
            x = int(np.argmin(away[b]))
            share = np.sqrt(1 - away[b, x] ** 2)
            upper, lower = (depths[name][b, x] for name in UPPER[layer])
            width, high = cyst.radius * share / pitch, 0.45 * (lower - upper) * share
            found.append([b, x, (upper + lower) / 2, max(width, 0.5), high, CYST_GAIN, 1.0])
    return np.array(found).reshape(-1, 7)


def choroid_texture(path: ScanPath, rows: int, rng: np.random.Generator) -> Float32:
    """Dark lumens in the choroid, small ones above and large ones below, (B, X, rows)."""
    g = path.geometry
    shape = (int(rows * g.axial_um / TILE_UM[0]) + 1, 700)
    small, large = (
        gaussian_filter(rng.standard_normal(shape, np.float32), size, mode="wrap")
        for size in ((1.6, 1.0), (5.0, 3.5))
    )
    deep = np.clip(np.arange(shape[0])[:, None] * TILE_UM[0] / 120, 0, 1)
    field = (1 - deep) * small / small.std() + deep * large / large.std()
    dark = 1 / (1 + np.exp(-5 * (field - 0.5)))
    tile = (1 - (1 - LUMEN) * dark).astype(np.float32)
    row = (np.arange(rows) * g.axial_um / TILE_UM[0]).astype(int)
    bscans, ascans = path.y.shape
    across = np.arange(bscans)[:, None] * g.bscan_mm + np.arange(ascans)[None] * g.ascan_mm
    column = (across * 1000 / TILE_UM[1]).astype(int) % shape[1]
    return np.ascontiguousarray(tile.T[column][:, :, row])
