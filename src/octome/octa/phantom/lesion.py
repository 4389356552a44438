"""What ails an eye: each lesion changes a section of it.

Shapes and sizes are those that clinical OCT shows; what is gone is absent from the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from octome.octa.phantom.anatomy import Bump, Field
from octome.octa.phantom.noise import SmoothField
from octome.octa.phantom.optic_disc import smooth_step
from octome.octa.phantom.section import Section

Lesion = Literal[
    "drusen", "pigment epithelial detachment", "subretinal fluid", "cysts", "wrinkles",
    "hole", "lamellar hole", "atrophy",
]  # fmt: skip
HOLE_LIP_MM = 0.22
STEEPEST = 400.0  # of drusen, um of height to a mm of radius
DRUSEN_DB = -8.0
BRIGHT_MATERIAL = 0.25  # share of subretinal lesions
SEROUS_DB = -32.0
SWOLLEN, SWOLLEN_MM = 1.7, 0.35  # radius of the swelling: in parts of the cyst's, and at least
CYST_LAYERS = ("INL", "ONL", "ONL", "GCL")
THIN_ROOFS = 0.4  # share of cystic eyes with one large cyst below a thin roof


def place(section: Section, rng: np.random.Generator) -> tuple[float, float]:
    """A position that the scan passes through, away from its ends and from the disc: Y and X."""
    bscans, ascans = section.y.shape
    b, i = rng.integers(bscans, size=20), rng.integers(ascans // 8, ascans - ascans // 8, 20)
    y, x = section.y[b, i], section.x[b, i]
    away = section.disc.distance(y, x) > 2 * section.disc.radius_mm
    at = int(np.argmax(away)) if away.any() else int(np.argmax(section.disc.distance(y, x)))
    return float(y[at]), float(x[at])


def bumps(
    section: Section,
    rng: np.random.Generator,
    count: int,
    *,
    radius: tuple[float, float],
    height: tuple[float, float],
) -> list[Bump]:
    """Elevations at random places, of these ranges of radius (mm) and height (um)."""
    return [
        Bump(*place(section, rng), rng.uniform(*radius), rng.uniform(*height)) for _ in range(count)
    ]


def drusen(section: Section, rng: np.random.Generator) -> None:
    """Deposits between the RPE and Bruch's membrane."""
    for bump in bumps(section, rng, int(rng.integers(4, 16)), radius=(0.04, 0.25), height=(15, 90)):
        low = Bump(bump.y, bump.x, bump.radius, min(bump.height, STEEPEST * bump.radius))
        section.lift_um = np.maximum(section.lift_um, low.at(section.y, section.x))
    section.lift_db[:] = DRUSEN_DB + rng.uniform(-5, 4)


def detachment(section: Section, rng: np.random.Generator) -> None:
    """The RPE lifted off Bruch's membrane, by serum or by tissue."""
    (bump,) = bumps(section, rng, 1, radius=(0.3, 0.9), height=(60, 200))
    uneven = 1 + 0.12 * SmoothField(rng, 0.9)(section.y, section.x)
    section.lift_um = np.maximum(section.lift_um, bump.at(section.y, section.x) * uneven)
    section.lift_db[:] = SEROUS_DB if rng.random() < 0.4 else rng.uniform(-14, -5)


def subretinal_fluid(section: Section, rng: np.random.Generator) -> None:
    """Clear fluid between the photoreceptors and the RPE, or bright material."""
    (bump,) = bumps(section, rng, 1, radius=(0.4, 1.2), height=(30, 260))
    if rng.random() < BRIGHT_MATERIAL:
        section.fluid_db = rng.uniform(-9, -3)
    section.fluid_um = section.fluid_um + bump.at(section.y, section.x)


def cysts(section: Section, rng: np.random.Generator) -> None:
    """Pockets of fluid within the retina, which thicken it."""
    count = int(rng.integers(3, 22))
    for bump in bumps(section, rng, count, radius=(0.05, 0.22), height=(30, 110)):
        add_cyst(section, bump, str(rng.choice(CYST_LAYERS)))
    if rng.random() < THIN_ROOFS:
        thin_roofed_cyst(section, rng)


def thin_roofed_cyst(section: Section, rng: np.random.Generator) -> None:
    """A large pocket near the fovea; the layers above it are stretched to a thin roof."""
    r = np.hypot(section.y, section.x)
    at = int(np.argmin(np.abs(r - rng.uniform(0, 0.5))))
    radius, height = rng.uniform(0.1, 0.32), rng.uniform(100, 320)
    bump = Bump(float(section.y.flat[at]), float(section.x.flat[at]), radius, height)
    add_cyst(section, bump, str(rng.choice(["INL", "ONL"])))
    stretched = 1 - rng.uniform(0.6, 0.95) * replace(bump, height=1.0).at(section.y, section.x)
    for name in ("RNFL", "GCL", "IPL", "INL", "OPL")[: 3 if section.cysts[-1][1] == "INL" else 5]:
        section.thickness[name] = section.thickness[name] * stretched


def add_cyst(section: Section, bump: Bump, layer: str) -> None:
    """One pocket of fluid; the tissue around it gives way over a wider area."""
    wide = Bump(bump.y, bump.x, max(SWOLLEN * bump.radius, SWOLLEN_MM), 0.7 * bump.height)
    grown = np.maximum(section.thickness[layer], 20.0 + wide.at(section.y, section.x))
    section.thickness[layer] = grown
    section.cysts.append((bump, layer))


def wrinkles(section: Section, rng: np.random.Generator) -> None:
    """Folds of the inner retina under an epiretinal membrane, which also thickens it."""
    y, x = place(section, rng)
    reach = np.exp(-((np.hypot(section.y - y, section.x - x) / rng.uniform(0.8, 3)) ** 2))
    folds = SmoothField(rng, rng.uniform(0.18, 0.5))(section.y, section.x)
    fold = reach * (rng.uniform(3, 11) * folds + rng.uniform(0, 45))
    section.thickness["GCL"] = np.maximum(section.thickness["GCL"] + fold, 2.0)


def hole(section: Section, rng: np.random.Generator) -> None:
    """A hole through the whole macula, its lips rounded, swollen and lifted."""
    r = np.hypot(section.y, section.x)
    nearest = float(r.min())
    radius = nearest + rng.uniform(0.1, 0.32)
    lip = (r - radius) / HOLE_LIP_MM
    section.is_hole = section.is_hole | (lip < 0)
    swollen = 1 + rng.uniform(0.1, 0.5) * np.exp(-(((lip - 0.6) / 1.2) ** 2))
    for name in ("INL", "ONL"):
        section.thickness[name] = section.thickness[name] * swollen
    section.fluid_um = section.fluid_um + rng.uniform(15, 80) * np.exp(-(np.maximum(lip, 0) ** 2))
    section.bare = np.maximum(section.bare, np.where(lip < rng.uniform(0.3, 1.2), 1.0, 0.0))
    whole = sum(section.thickness[name] for name in ("RNFL", "GCL", "IPL", "INL", "OPL", "ONL"))
    rounded = 1 - np.sqrt(1 - (1 - np.clip(lip, 0, 1)) ** 2)
    section.cut_um = section.cut_um + 0.55 * rounded * whole
    for _ in range(rng.integers(0, 7)):
        angle, away = rng.uniform(0, 2 * np.pi), radius + rng.uniform(0.12, 0.4)
        y, x = away * np.sin(angle), away * np.cos(angle)
        if nearest < 0.05:
            # In the plane of the scan, or it is not seen.
            at = int(np.argmin(np.abs(r - away)))
            y, x = float(section.y.flat[at]), float(section.x.flat[at])
        add_cyst(section, Bump(y, x, rng.uniform(0.08, 0.18), rng.uniform(40, 130)), "INL")


def lamellar_hole(section: Section, rng: np.random.Generator) -> None:
    """The inner layers gone at the fovea, its edge steep."""
    r = np.hypot(section.y, section.x)
    radius = float(r.min()) + rng.uniform(0.15, 0.4)
    depth = rng.uniform(90, 190)
    inside = 1 - smooth_step((r - radius) / rng.uniform(0.15, 0.45))
    limit = sum(section.thickness[name] for name in ("RNFL", "GCL", "IPL", "INL", "OPL"))
    section.cut_um = section.cut_um + np.minimum(
        depth * inside, limit + 0.6 * section.thickness["ONL"]
    )


def atrophy(section: Section, rng: np.random.Generator) -> None:
    """Patches without RPE and photoreceptors: the choroid below is bright."""
    y, x = place(section, rng)
    away = np.hypot(section.y - y, section.x - x) / rng.uniform(0.3, 1.5)
    edge: Field = 1.0 + 0.35 * SmoothField(rng, 0.9)(section.y, section.x)
    section.atrophy = np.maximum(section.atrophy, smooth_step((edge - away) / 0.15 + 0.5))
    section.sunk = np.maximum(section.sunk, smooth_step((edge - away) / 1.2 + 0.5))


LESIONS: dict[Lesion, Callable[[Section, np.random.Generator], None]] = {
    "drusen": drusen,
    "pigment epithelial detachment": detachment,
    "subretinal fluid": subretinal_fluid,
    "cysts": cysts,
    "wrinkles": wrinkles,
    "hole": hole,
    "lamellar hole": lamellar_hole,
    "atrophy": atrophy,
}
