"""How much light each band of the retina returns: by layer, by angle, and from eye to eye."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.phantom.anatomy import BANDS_DB, CHORIOCAPILLARIS_UM, Field
from octome.octa.phantom.noise import SmoothField
from octome.octa.phantom.section import Section
from octome.octa.phantom.vitreous import Vitreous

DARKEST_DB = -60.0
ILM_LINE_UM = 3.0
EZ_UM = 14.0
ELM_UM = 4.0
BRUCH_UM = 3.0
# Power lost on the way down and up, per mm: exp(-loss * depth).
LOSS = {"RPE": 32.0, "below RPE": 2.0, "disc": 9.0, "vitreous": 0.0, "hyaloid": 0.0, "bursa": 0.0}
CHOROID_LOSS = (7.0, 22.0)  # from eye to eye: pigment, and the wavelength of the light
CHOROID = ("choriocapillaris", "choroid", "Haller", "sclera")
RETINA_LOSS = 1.0
# From the vitreous down. Power against the nerve fibre layer: `anatomy.BANDS_DB`, but for MORE_DB,
# which follows a Spectralis scan (GCL 9.6 dB below the RNFL; choroid 12 to 20 dB below the RPE).
BANDS = ("vitreous", "hyaloid", "bursa", "ILM line", "disc", "RNFL", "GCL", "IPL", "INL", "OPL",
         "Henle", "ONL", "ELM", "myoid", "EZ", "outer segments", "fluid", "tips", "RPE",
         "below RPE", "Bruch", "choriocapillaris", "choroid", "Haller", "sclera")  # fmt: skip
MORE_DB = {"disc": -3.0, "GCL": -8.5, "IPL": -5.0, "Henle": -12.0, "OPL": -6.3,
           "tips": -2.0, "RPE": 3.0, "Bruch": -4.0}  # fmt: skip
SPANNED = ("GCL", "IPL", "INL", "OPL", "ONL", "myoid")
PATCHY = ("RNFL", "GCL", "IPL", "INL", "OPL", "ONL", "EZ", "tips", "RPE", "choroid")
PATCHES_MM, BUNDLES_MM = (0.25, 2.0), (0.06, 0.4)  # wavelength; bundles of nerve fibres are narrow
CHOROID_DB = (-14.0, -4.0)  # of the choroid below the choriocapillaris, from eye to eye


@dataclass(frozen=True)
class Bands:
    """Bands along each A-scan; the first begins far above the scan."""

    edges_um: Float32
    """(N + 1, B, X): where each begins, and the end of the last."""
    power: Float32
    """(N, B, X)."""
    loss: Float32
    """(N,): of power, per mm."""


@dataclass(frozen=True, kw_only=True)
class Looks:
    """How bright the layers of one eye are."""

    offset_db: dict[str, float]
    """Of each band against the average eye."""
    span: float
    """Of the layers between nerve fibres and photoreceptors, dB against the average eye's."""
    aim: float
    """Angle of the beam, um sideways per um of depth: it decides how bright fibres are."""
    fibre: float
    """How fast nerve fibres darken with the angle between them and the beam."""
    henle_db: float
    """How much brighter Henle's fibres are where they lie across the beam."""
    tips_um: float
    """Height of the interdigitation zone above the RPE."""
    choroid_db: float
    patches: dict[str, tuple[SmoothField, float]]
    """How brightness varies along each of some bands, and its deviation, dB."""
    choroid_loss: float
    """Of power in the choroid and the sclera, per mm."""

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Looks:
        """Of one eye."""
        offset = {name: float(rng.normal(0, 1.3)) for name in BANDS}
        offset["ILM line"] = rng.uniform(-4, 9)
        # In many scans hardly a line: a step from the dark ONL to the myoid.
        offset["ELM"] = 2 * offset["ELM"] - 2
        offset["tips"] = rng.uniform(-7, 1)
        offset["Bruch"] = rng.uniform(-5, 2)
        return cls(
            offset_db=offset,
            span=rng.uniform(0.85, 1.35),
            aim=rng.normal(0, 0.08),
            fibre=rng.uniform(1.5, 5),
            henle_db=rng.uniform(0, 8),
            tips_um=rng.uniform(5, 17),
            choroid_db=rng.uniform(*CHOROID_DB),
            patches={name: _patches(rng, name) for name in PATCHY},
            choroid_loss=rng.uniform(*CHOROID_LOSS),
        )


def _patches(rng: np.random.Generator, band: str) -> tuple[SmoothField, float]:
    """How the brightness of a band varies, and its deviation, dB."""
    span = BUNDLES_MM if band == "RNFL" else PATCHES_MM
    return SmoothField(rng, rng.uniform(*span)), rng.uniform(0, 1.6)


def slope(section: Section, depth: Field) -> Field:
    """How steeply a surface falls along the B-scan, um/um."""
    if depth.shape[1] < 2:
        return np.zeros(depth.shape)
    step = np.hypot(np.gradient(section.y, axis=1), np.gradient(section.x, axis=1)) * 1000
    return np.asarray(np.gradient(depth, axis=1) / np.maximum(step, 1e-3))


def bands_of(section: Section, depths: dict[str, Field], vitreous: Vitreous, looks: Looks) -> Bands:
    """The optical bands of a section.

    Parameters
    ----------
    section : Section
    depths : dict of float64, (B, X)
        As `Section.depths` gives them, um.
    vitreous : Vitreous
        What lies above.
    looks : Looks
        How bright this eye's layers are.
    """
    starts = _starts(section, depths, vitreous, looks.tips_um)
    edges = np.stack([starts[name] for name in BANDS] + [depths["CSI"] + 2000.0])
    edges = np.maximum.accumulate(edges, axis=0)
    power = _power_db(section, depths, vitreous, looks)
    losses = LOSS | dict.fromkeys(CHOROID, looks.choroid_loss)
    loss = np.array([losses.get(name, RETINA_LOSS) for name in BANDS], np.float32)
    linear = np.stack([10 ** (power[name] / 10) for name in BANDS])
    return Bands(edges.astype(np.float32), linear.astype(np.float32), loss)


def _starts(
    section: Section, d: dict[str, Field], vitreous: Vitreous, tips_um: float
) -> dict[str, Field]:
    """Where each band begins, um."""
    ilm = d["ILM"]
    half_rpe = (section.bm - d["RPE"] - section.lift_um).clip(4.0, None)
    gone = section.atrophy
    rpe_top = np.where(gone > 0, d["BM"] - (d["BM"] - d["RPE"] + half_rpe) * (1 - gone),
                       d["RPE"] - half_rpe)  # fmt: skip
    rpe_end = np.minimum(d["RPE"] + half_rpe, d["BM"] - BRUCH_UM)
    tips = tips_um * (section.fluid_um < 10) * (1 - np.maximum(gone, section.bare))
    os_end = np.maximum(rpe_top - tips - section.fluid_um, d["EZ"])
    outside = np.maximum(ilm, d["RNFL"])
    line = np.minimum(ilm + ILM_LINE_UM, outside)
    inside = section.disc.is_inside(section.y, section.x)
    end = np.where(inside, np.maximum(d["CSI"], ilm + 1500.0), line)
    henle = d["OPL"] + _henle_share(section) * (d["ELM"] - d["OPL"])
    choroid_um = d["CSI"] - d["CC"]
    low = np.full(ilm.shape, -1e5)
    return {
        "vitreous": low,
        "hyaloid": np.minimum(vitreous.hyaloid_um, ilm),
        "bursa": np.minimum(vitreous.hyaloid_um + vitreous.thick_um, ilm),
        "ILM line": ilm,
        "disc": line,
        "RNFL": end,
        "GCL": d["RNFL"],
        "IPL": d["GCL"],
        "INL": d["IPL"],
        "OPL": d["INL"],
        "Henle": d["OPL"],
        "ONL": henle,
        "ELM": d["ELM"] - ELM_UM / 2,
        "myoid": d["ELM"] + ELM_UM / 2,
        "EZ": d["EZ"] - EZ_UM / 2,
        "outer segments": d["EZ"] + EZ_UM / 2,
        "fluid": os_end,
        "tips": rpe_top - tips,
        "RPE": rpe_top,
        "below RPE": rpe_end,
        "Bruch": d["BM"] - BRUCH_UM,
        "choriocapillaris": d["BM"],
        "choroid": d["BM"] + CHORIOCAPILLARIS_UM,
        "Haller": d["CC"] + 0.4 * choroid_um,
        "sclera": d["CSI"],
    }


def _henle_share(section: Section) -> Field:
    """Of the layer between OPL and ELM that Henle's fibres fill: most around the fovea."""
    r = np.hypot(section.y, section.x)
    return np.asarray(0.15 + 0.4 * np.exp(-(((r - 0.7) / 0.6) ** 2)))


def _power_db(
    section: Section, d: dict[str, Field], vitreous: Vitreous, looks: Looks
) -> dict[str, Field]:
    """Power of each band, dB against the nerve fibre layer of the average eye."""
    shape = section.y.shape
    base = BANDS_DB | MORE_DB
    base |= {name: looks.span * base[name] for name in SPANNED}
    db = {
        name: np.full(shape, base.get(name, DARKEST_DB) + looks.offset_db[name]) for name in BANDS
    }
    db["vitreous"] = np.full(shape, vitreous.above_db)
    db["hyaloid"] = vitreous.hyaloid_db
    db["bursa"] = np.full(shape, vitreous.below_db)
    angle = np.arctan(slope(section, d["ILM"])) - looks.aim
    db["RNFL"] = db["RNFL"] - np.minimum(looks.fibre * (angle / 0.2) ** 2, 7.0)
    # A mirror, but only where it faces the beam.
    facing = np.exp(-((angle / 0.12) ** 2))
    db["ILM line"] = db["RNFL"] + looks.offset_db["ILM line"] * facing + vitreous.membrane_db
    db["Henle"] = db["ONL"] + looks.henle_db * _across(section, d, looks)
    db["choroid"] = looks.choroid_db + 7.0 * section.atrophy
    db["Haller"] = db["choroid"] - 2.0
    db["sclera"] = db["choroid"] + looks.offset_db["sclera"]
    # The choriocapillaris lies between its neighbours in brightness as well.
    db["choriocapillaris"] = 0.65 * db["choroid"] + 0.35 * db["RPE"] * (1 - section.atrophy)
    db["fluid"] = np.full(shape, section.fluid_db)
    db["below RPE"] = np.where(section.lift_um > 3, section.lift_db, db["RPE"] - 2)
    for name in ("ELM", "myoid", "EZ", "outer segments", "tips"):
        db[name] = db[name] + (db["ONL"] - db[name]) * np.maximum(section.bare, section.atrophy)
    for name, (field, deviation) in looks.patches.items():
        db[name] = db[name] + deviation * field(section.y, section.x)
    inside = section.disc.is_inside(section.y, section.x)
    for name in BANDS[BANDS.index("RNFL") :]:
        db[name] = np.where(inside, DARKEST_DB, db[name])
    bare = section.is_hole
    for name in BANDS[BANDS.index("ILM line") : BANDS.index("tips") + 1]:
        db[name] = np.where(bare, vitreous.below_db, db[name])
    return db


def _across(section: Section, d: dict[str, Field], looks: Looks) -> Field:
    """0 to 1: how much Henle's fibres lie across the beam.

    They run outwards from the fovea and down; a beam that enters off the pupil's centre meets those
    of one side across, and lights them up.
    """
    r = np.maximum(np.hypot(section.y, section.x), 0.05)
    along = np.gradient(r, axis=1) if r.shape[1] > 1 else np.zeros(r.shape)
    step = np.hypot(np.gradient(section.y, axis=1), np.gradient(section.x, axis=1))
    outward = along / np.maximum(step, 1e-6)
    lean = 0.45 * outward * np.exp(-(((r - 0.7) / 0.9) ** 2))
    met = lean + 5 * looks.aim - np.arctan(slope(section, d["OPL"]))
    return np.asarray(np.exp(-((met / 0.3) ** 2)))
