"""The retina along every A-scan of a scan: thicknesses, what is missing, and what was added."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Float32
from octome.octa.phantom.anatomy import Bump, Field, Macula
from octome.octa.phantom.optic_disc import OpticDisc

Mask = NDArray[np.bool_]
INNER = ("RNFL", "GCL", "IPL", "INL", "OPL")
CLEAR_FLUID_DB = -34.0
LEAST_ONL_UM = 18.0
# The ONL gives way to most of a small lift of the RPE, and to half of what is above.
SMALL_LIFT_UM, GIVES = 50.0, (0.92, 0.5)
# Of atrophy (0 to 1) above which a layer counts as gone.
GONE = 0.25
QUARTER = 0.6745  # deviations from the middle of a Gaussian, beyond which a quarter of it lies
SEEN_UM = 0.5  # a layer thinner than this is not there


@dataclass(kw_only=True)
class Section:
    """One eye at the positions of a scan, `(B, X)` each; lesions change it before it is drawn."""

    y: Field
    x: Field
    macula: Macula
    disc: OpticDisc
    thickness: dict[str, Field]
    """Of each layer, um, named as in `Macula.thickness`."""
    bm: Field
    """Depth of Bruch's membrane, um."""
    fluid_um: Field
    """Between the photoreceptors and the RPE."""
    fluid_db: float
    """What fills that space, dB against the nerve fibre layer."""
    lift_um: Field
    """Of the RPE off Bruch's membrane, beyond what is usual."""
    lift_db: Field
    """What fills the space below a lifted RPE, dB against the nerve fibre layer."""
    cut_um: Field
    """Missing from the top of the retina."""
    is_hole: Mask
    atrophy: Field
    """0 to 1: the RPE and the photoreceptors are gone."""
    sunk: Field
    """0 to 1: the outer retina has thinned, over a wider area than the atrophy itself."""
    bare: Field
    """0 to 1: the photoreceptors alone are gone."""
    cysts: list[tuple[Bump, str]] = field(default_factory=list)
    """Pockets of fluid, and the layer that each lies in."""

    @classmethod
    def healthy(
        cls, y: Field, x: Field, *, macula: Macula, disc: OpticDisc, pit_lost_mm: float = 0.0
    ) -> Section:
        """A healthy eye.

        Parameters
        ----------
        y, x : float64, (B, X)
            Positions, mm from the fovea.
        macula, disc
            The eye.
        pit_lost_mm : float
            Within this distance of the fovea the layers are as thick as at this distance.
        """
        r = np.maximum(np.hypot(y, x), 1e-6)
        out = np.maximum(1.0, pit_lost_mm / r)
        thickness = macula.thickness(y * out, x * out)
        # Nerve fibres are few at the fovea; the model of the disc has them everywhere.
        away = 1 - np.exp(-((r * out / macula.build.pit_mm) ** 2.2))
        thickness["RNFL"] = 4.0 + away * disc.fibres(y, x) * macula.build.parts.get("RNFL", 1.0)
        taper = disc.taper(y, x)
        for name in ("GCL", "IPL", "INL", "OPL", "ONL"):
            thickness[name] = thickness[name] * taper
        nothing = np.zeros(y.shape)
        return cls(
            y=y,
            x=x,
            macula=macula,
            disc=disc,
            thickness=thickness,
            bm=macula.bruchs_membrane(y, x, 0.0),
            fluid_um=nothing.copy(),
            fluid_db=CLEAR_FLUID_DB,
            lift_um=nothing.copy(),
            lift_db=np.full(y.shape, -9.0),
            cut_um=nothing.copy(),
            is_hole=np.zeros(y.shape, bool),
            atrophy=nothing.copy(),
            sunk=nothing.copy(),
            bare=nothing.copy(),
        )

    def depths(self) -> dict[str, Field]:
        """Depth of each surface where its layer would be, um, from the vitreous down, ordered."""
        thickness = dict(self.thickness)
        low = np.minimum(self.lift_um, SMALL_LIFT_UM)
        given = GIVES[0] * low + GIVES[1] * (self.lift_um - low)
        pressed = np.maximum(thickness["ONL"] - given, LEAST_ONL_UM)
        thickness["ONL"] = np.minimum(thickness["ONL"], pressed) * (1 - 0.6 * self.sunk)
        thickness["RPE"] = thickness["RPE"] + self.fluid_um
        for name in ("EZ", "RPE"):
            thickness[name] = thickness[name] * (1 - 0.8 * self.sunk)
        thickness["BM"] = thickness["BM"] + self.lift_um
        depths = self.macula.stacked(self.y, self.x, self.bm, thickness)
        depths["ILM"] = depths["ILM"] + self.cut_um
        inside = self.disc.is_inside(self.y, self.x)
        if inside.any():
            at_edge = self.bm - depths["ILM"]
            low = self.bm - self.disc.height(self.y, self.x, at_edge)
            depths["ILM"] = np.where(inside, low, depths["ILM"])
        for name in ("ILM", *INNER, "ELM", "EZ"):
            depths[name] = np.where(self.is_hole, depths["RPE"], depths[name])
        # What was cut off is gone: no layer lies above the ILM.
        for name in list(depths)[1:10]:
            depths[name] = np.maximum(depths[name], depths["ILM"])
        return depths

    def truth(self, depths: dict[str, Field]) -> dict[str, Field]:
        """Depth of each surface from ILM to BM, um; NaN where it does not exist."""
        missing = {"ILM": self.is_hole}
        missing |= {name: self.disc.is_inside(self.y, self.x) for name in list(depths)[1:10]}
        for name in (*INNER, "ELM", "EZ"):
            missing[name] = missing[name] | self.is_hole
        for name in ("ELM", "EZ", "RPE"):
            missing[name] = missing[name] | (self.atrophy > GONE)
        for name in ("ELM", "EZ"):
            missing[name] = missing[name] | (self.bare > GONE)
        for name in INNER:
            # Cut away: nothing of the layer is left between it and the ILM.
            cut = (self.cut_um > 0) & (depths[name] - depths["ILM"] < SEEN_UM)
            missing[name] = missing[name] | cut
        return {name: np.where(gone, np.nan, depths[name]) for name, gone in missing.items()}


def seen_ilm(row: Float32, blur_px: float) -> Float32:
    """Where the ILM is drawn in a scan that is blurred by a Gaussian of this deviation of power.

    The edge of bright tissue shows above it. A vendor's line in two scans, and the labels of four
    maculae, lie where the amplitude has risen to about half: a quarter of the power.

    >>> round(float(seen_ilm(np.float32([10.0]), 2.0)[0]), 2)
    8.65
    """
    above = row - np.float32(QUARTER * blur_px)
    return np.asarray(np.maximum(above, np.float32(-0.5)), np.float32)


def in_rows(
    depths: dict[str, Field], top_um: Field, axial_um: float, rows: int
) -> dict[str, Float32]:
    """Depths, um, as rows of `SurfaceMaps`; NaN outside the window.

    A row is counted from the centre of row 0, and the window begins at the upper edge of row 0: in
    edges of rows, a boundary lies at depth / spacing.

    Parameters
    ----------
    depths : dict of float64, (B, X)
    top_um : float64, (B, 1)
        Depth of the upper edge of row 0 in each B-scan.
    axial_um : float
        Height of a row.
    rows : int
        Of the window.

    Examples
    --------
    >>> z = {"ILM": np.array([[7.0, -1.0]])}
    >>> in_rows(z, np.zeros((1, 1)), 2.0, 100)["ILM"].tolist()
    [[3.0, nan]]
    """
    found = {}
    for name, depth in depths.items():
        edge = (depth - top_um) / axial_um
        seen = (edge >= 0) & (edge <= rows)
        found[name] = np.where(seen, edge - 0.5, np.nan).astype(np.float32)
    return found
