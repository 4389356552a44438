"""Where the layers of the simulated macula lie, and how bright they are.

Thicknesses follow a foveal pit model: each inner layer thins to a few micrometres at the fovea and
the ONL thickens there, as on averaged clinical OCT. Pits are round; the shapes in use are compared
by Romero-Bascones et al. 2021, https://doi.org/10.3390/e23060699.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from octome.octa.phantom.noise import SmoothField, stream
from octome.octa.phantom.scan_plan import Variant

Field = NDArray[np.float64]

# Name, thickness at the fovea, away from it, added at the fovea's rim; um.
INNER_LAYERS = (
    ("RNFL", 5.0, 24.0, 0.0),
    ("GCL", 5.0, 34.0, 14.0),
    ("IPL", 6.0, 34.0, 8.0),
    ("INL", 6.0, 34.0, 6.0),
    ("OPL", 9.0, 26.0, 2.0),
)
ONL_UM = (95.0, 62.0)
ELM_TO_EZ_UM = (30.0, 25.0)
EZ_TO_RPE_UM = (42.0, 34.0)
RPE_TO_BM_UM = 11.0
CHORIOCAPILLARIS_UM = 12.0
CHOROID_UM = 240.0
EZ_BAND_UM = 12.0
ELM_BAND_UM = 4.0
RPE_BAND_UM = 2 * RPE_TO_BM_UM

# Backscattered power of each band, dB below the nerve fibre layer.
BANDS_DB = {
    "vitreous": -60.0,
    "RNFL": 0.0,
    "GCL": -7.5,
    "IPL": -4.0,
    "INL": -10.0,
    "OPL": -4.5,
    "ONL": -14.0,
    "ELM": -7.0,
    "myoid": -12.0,
    "EZ": 0.5,
    "outer segments": -8.0,
    "RPE": 2.0,
    "below RPE": -9.0,
    "choriocapillaris": -3.0,
    "choroid": -6.0,
    "sclera": -9.0,
}


@dataclass(frozen=True)
class Bump:
    """A round elevation: centre and radius in mm from the fovea, height in um."""

    y: float
    x: float
    radius: float
    height: float

    def at(self, y: Field, x: Field) -> Field:
        """Height at each position, um."""
        square: Field = ((y - self.y) ** 2 + (x - self.x) ** 2) / self.radius**2
        return self.height * np.exp(-(square**1.5))


@dataclass(frozen=True, kw_only=True)
class Build:
    """How one eye is built: what differs between healthy eyes."""

    tilt: tuple[float, float]
    """Of Bruch's membrane, along Y and X, um/mm."""
    curvature_mm: float
    """Radius of Bruch's membrane; positive where its edges bend towards the vitreous."""
    pit_mm: float
    """Radius of the foveal pit."""
    shoulder: float = 1.0
    """Radius of the thick rim around the pit, in parts of the pit's."""
    periphery_mm: float = float("inf")
    """Distance from the fovea at which the layers from GCL to OPL are half as thick."""
    parts: Mapping[str, float] = field(default_factory=dict)
    """Thickness of each layer in parts of the average eye's; 1 where not named."""

    @classmethod
    def usual(cls, rng: np.random.Generator) -> Build:
        """An average eye."""
        tilt = rng.uniform(-60, 60, 2)
        return cls(
            tilt=(float(tilt[0]), float(tilt[1])),
            curvature_mm=rng.uniform(14, 22),
            pit_mm=rng.uniform(0.42, 0.52),
        )


class Macula:
    """The surfaces of one eye as functions of position, in mm from the fovea; depths in um."""

    def __init__(self, variant: Variant, seed: int, build: Build | None = None) -> None:
        rng = stream(seed, "anatomy")
        self.build = build or Build.usual(rng)
        self._uneven = {
            name: SmoothField(rng, 1.6)
            for name in ("RNFL", "GCL", "IPL", "INL", "OPL", "ONL", "EZ", "BM", "CSI")
        }
        self.drusen = [
            Bump(y, x, rng.uniform(0.06, 0.2), rng.uniform(25, 75))
            for y, x in rng.uniform(-1.5, 1.5, (variant.drusen, 2))
        ]
        self.membrane = Bump(rng.uniform(-0.25, 0.25), rng.uniform(-0.25, 0.25), 0.75, 70.0)
        if variant.has_membrane:
            self.drusen.append(self.membrane)
        # Cysts sit round the pit; half in the INL, half in the ONL.
        angle = rng.uniform(0, 2 * np.pi, variant.cysts)
        away = rng.uniform(0.15, 0.9, variant.cysts)
        self.cysts = [
            Bump(w * np.sin(a), w * np.cos(a), rng.uniform(0.06, 0.14), rng.uniform(25, 70))
            for a, w in zip(angle, away, strict=True)
        ]

    def thickness(self, y: Field, x: Field) -> dict[str, Field]:
        """Of each layer down to Bruch's membrane, um, in the broadcast shape of `y` and `x`."""
        build = self.build
        r = np.hypot(y, x) / build.pit_mm
        away = 1 - np.exp(-(r**2.2))
        shoulder = r / build.shoulder
        rim = shoulder**2 * np.exp(1 - shoulder**2)
        thinned = 1 + (np.hypot(y, x) / build.periphery_mm) ** 2
        found = {}
        for name, fovea, far, hump in INNER_LAYERS:
            even = fovea + (far - fovea) * away + hump * rim
            if name != "RNFL":
                even = even / thinned
            found[name] = even * (1 + 0.07 * self._uneven[name](y, x))
        # Nerve fibres gather towards the optic disc, which lies at +x.
        found["RNFL"] = found["RNFL"] + away * 9.0 * np.clip(x + 0.5, 0, 3)
        centre = np.exp(-(r**2))
        lift = sum((bump.at(y, x) for bump in self.drusen), np.zeros(r.shape))
        onl = ONL_UM[1] + (ONL_UM[0] - ONL_UM[1]) * centre
        found["ONL"] = onl * (1 + 0.05 * self._uneven["ONL"](y, x))
        # The retina over a lifted RPE is pressed, mostly in the ONL.
        found["ONL"] = np.maximum(found["ONL"] - 0.6 * lift, 18.0)
        for index, cyst in enumerate(self.cysts):
            found[("INL", "ONL")[index % 2]] += 0.8 * cyst.at(y, x)
        found["EZ"] = ELM_TO_EZ_UM[1] + (ELM_TO_EZ_UM[0] - ELM_TO_EZ_UM[1]) * centre
        found["EZ"] = found["EZ"] * (1 + 0.02 * self._uneven["EZ"](y, x))
        found["RPE"] = EZ_TO_RPE_UM[1] + (EZ_TO_RPE_UM[0] - EZ_TO_RPE_UM[1]) * centre
        found["BM"] = RPE_TO_BM_UM + lift
        return {name: each * build.parts.get(name, 1.0) for name, each in found.items()}

    def bruchs_membrane(self, y: Field, x: Field, at_fovea_um: float) -> Field:
        """Depth of Bruch's membrane, um; `at_fovea_um` places the eye."""
        bent = 1000 * (y**2 + x**2) / (2 * self.build.curvature_mm)
        bm = at_fovea_um - bent + self.build.tilt[0] * y + self.build.tilt[1] * x
        return np.asarray(bm + 4.0 * self._uneven["BM"](y, x))

    def surfaces(self, y: Field, x: Field, bm_at_fovea_um: float) -> dict[str, Field]:
        """Depth of each surface, um, from the vitreous down; `bm_at_fovea_um` places the eye."""
        bm = self.bruchs_membrane(y, x, bm_at_fovea_um)
        return self.stacked(y, x, bm, self.thickness(y, x))

    def stacked(
        self, y: Field, x: Field, bm: Field, thickness: Mapping[str, Field]
    ) -> dict[str, Field]:
        """Depth of each surface, um, with layers of these thicknesses above Bruch's membrane."""
        depths = {"BM": bm}
        above = ("BM", "RPE", "EZ", "ONL", "OPL", "INL", "IPL", "GCL", "RNFL")
        names = ("RPE", "EZ", "ELM", "OPL", "INL", "IPL", "GCL", "RNFL", "ILM")
        depth = bm
        for layer, name in zip(above, names, strict=True):
            depth = depth - thickness[layer]
            depths[name] = depth
        depths["CC"] = bm + CHORIOCAPILLARIS_UM
        depths["CSI"] = bm + CHOROID_UM * (1 + 0.12 * self._uneven["CSI"](y, x))
        order = ("ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "ELM", "EZ", "RPE", "BM", "CC", "CSI")
        return {name: depths[name] for name in order}


def bands(surfaces: dict[str, Field]) -> tuple[Field, Field]:
    """The optical bands between the surfaces.

    Parameters
    ----------
    surfaces : dict of float64, (...,)
        Depth of each surface, um.

    Returns
    -------
    edges : float64, (N + 1, ...)
        Where each band begins, and last where the sclera ends, um.
    power : float64, (N,)
        Backscattered power of each band, 1 for the nerve fibre layer.
    """
    s = surfaces
    half_ez, half_elm = EZ_BAND_UM / 2, ELM_BAND_UM / 2
    rpe_top = s["RPE"] - RPE_BAND_UM / 2
    edges = {
        "RNFL": s["ILM"],
        "GCL": s["RNFL"],
        "IPL": s["GCL"],
        "INL": s["IPL"],
        "OPL": s["INL"],
        "ONL": s["OPL"],
        "ELM": s["ELM"] - half_elm,
        "myoid": s["ELM"] + half_elm,
        "EZ": s["EZ"] - half_ez,
        "outer segments": s["EZ"] + half_ez,
        "RPE": rpe_top,
        "below RPE": rpe_top + RPE_BAND_UM,
        "choriocapillaris": s["BM"],
        "choroid": s["CC"],
        "sclera": s["CSI"],
    }
    power = np.array([10 ** (BANDS_DB[name] / 10) for name in edges])
    end = s["CSI"] + 2000.0
    return np.stack([*edges.values(), end]), power
