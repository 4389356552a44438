"""Slabs: what lies between two surfaces, with the presets of context group 4271.

A slab is written as `ILM..IPL-10um`: two bounds, each a surface (`surface.SURFACE_NAMES`, or `top`
and `bottom` of the volume) and an offset in micrometres, positive downwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from octome.errors import SurfaceMissing, UnknownName
from octome.octa.acquisition import Float32
from octome.octa.surface import SURFACE_NAMES

EDGES = ("top", "bottom")
BOUND = re.compile(r"([A-Za-z]+)(?:([+-]\d+(?:\.\d+)?)(?:um|µm)?)?")


@dataclass(frozen=True)
class Bound:
    """One side of a slab: a surface, and how far below it.

    >>> Bound.parse("IPL-10um")
    Bound(surface='IPL', offset_um=-10.0)
    >>> str(Bound("BM", 20))
    'BM+20um'
    """

    surface: str
    """A surface's name, or `top` or `bottom` of the volume."""
    offset_um: float = 0.0

    def __post_init__(self) -> None:
        if self.surface not in SURFACE_NAMES + EDGES:
            known = ", ".join(SURFACE_NAMES + EDGES)
            raise UnknownName(
                f"no surface {self.surface!r}; there are: {known}",
                found=self.surface,
                known=[*SURFACE_NAMES, *EDGES],
            )

    @classmethod
    def parse(cls, text: str) -> Bound:
        """Read what `str` of a bound writes; letters may be small.

        Raises
        ------
        UnknownName
            Not a surface with an offset.
        """
        found = BOUND.fullmatch(text.strip().replace(" ", ""))
        if found is None:
            raise UnknownName(
                f"{text!r} is not a bound of a slab; write a surface and an offset, as in IPL-10um",
                found=text,
                known=[*SURFACE_NAMES, *EDGES],
            )
        names = {name.lower(): name for name in SURFACE_NAMES + EDGES}
        return cls(names.get(found[1].lower(), found[1]), float(found[2] or 0))

    def __str__(self) -> str:
        return f"{self.surface}{self.offset_um:+g}um" if self.offset_um else self.surface


@dataclass(frozen=True)
class Slab:
    """What lies between two bounds.

    >>> Slab.parse("ILM..IPL-10um").lower
    Bound(surface='IPL', offset_um=-10.0)
    """

    upper: Bound
    lower: Bound

    @classmethod
    def parse(cls, text: str) -> Slab:
        """Read what `str` of a slab writes.

        Raises
        ------
        UnknownName
            Not two bounds with `..` between them.
        """
        upper, dots, lower = text.partition("..")
        if not dots:
            raise UnknownName(
                f"{text!r} is not a slab; write two bounds, as in ILM..IPL-10um", found=text
            )
        return cls(Bound.parse(upper), Bound.parse(lower))

    def __str__(self) -> str:
        return f"{self.upper}..{self.lower}"


@dataclass(frozen=True, kw_only=True)
class SlabType:
    """A type of en face image: its slab and its codes, scheme DCM, context group 4271."""

    name: str
    slab: Slab
    structure_code: str
    structure_meaning: str
    flow_code: str
    flow_meaning: str
    basis: str
    """Where the slab's bounds come from."""
    aliases: tuple[str, ...] = ()
    instead: Slab | None = None
    """Its slab where the surfaces do not have its lower bound: a user selected volume then."""
    older: str | None = None
    """The type whose codes it has in editions up to 2024c; None if it is older than 2024d."""
    is_depth_encoded: bool = False
    """Whether colour shows the depth of the brightest voxel, and brightness its value."""

    @property
    def as_before_2024d(self) -> SlabType:
        """The type with the codes that editions up to 2024c have."""
        return self if self.older is None else SLAB_TYPES[self.older]


INNER = "the scheme of common instruments: 10 um short of the IPL, 10 um past the OPL"
CUSTOM = "octome's own choice"
DEFINED = "the definition of its code (PS3.16, context group 4271)"
DEPTH_ENCODED = "depth-encoded"
_TYPES = (
    ("vitreous", "top..ILM", "128262", "128261", "Vitreous", "by its name", ()),
    (
        "superficial", "ILM..IPL-10um", "128266", "128265", "Superficial retina", INNER,
        ("superficial-retina",),
    ),
    (
        "intermediate", "IPL-10um..IPL+15um", "128268", "128267", "Middle inner",
        "where the intermediate plexus lies: Campbell et al. 2017, doi.org/10.1038/srep42201",
        ("middle-inner", "middle-inner-retina", "icp"),
    ),
    ("deep", "IPL+15um..OPL+10um", "128270", "128269", "Deep retina", INNER, ("deep-retina",)),
    ("outer", "OPL+10um..EZ", "128272", "128271", "Outer retina", DEFINED, ("outer-retina",)),
    (
        "choriocapillaris", "BM..BM+20um", "128274", "128273", "Choriocapillaris",
        "its thickness of 10 to 20 um", ("cc",),
    ),
    ("choroid", "BM+20um..BM+150um", "128276", "128275", "Choroid", CUSTOM, ()),
    ("retina", "ILM..EZ", "128260", "128259", "Retina", DEFINED, ("whole-retina",)),
    (
        "peripapillary", "ILM..RNFL", "128264", "128263", "Radial peripapillary",
        "the nerve fibre layer", ("radial-peripapillary", "rpc"),
    ),
    ("whole", "top..bottom", "128278", "128277", "Whole eye", "by its name", ("whole-eye",)),
)  # fmt: skip
# With Supplement 240, edition 2024d; the last word names the type of the codes before it.
_NEWER_TYPES = (
    (
        "avascular", "OPL+10um..BM", "128307", "128306", "Avascular complex", DEFINED,
        ("avascular-complex",), "outer",
    ),
    (
        "superficial-plexus", "RNFL..IPL", "128309", "128308", "Superficial vascular plexus",
        DEFINED, ("svp", "scp", "superficial-vascular-plexus"), "superficial",
    ),
    (
        "deep-plexus", "IPL+15um..OPL", "128311", "128310", "Deep capillary plexus", DEFINED,
        ("dcp", "deep-capillary-plexus"), "deep",
    ),
    (
        "rnfl-plexus", "ILM..RNFL", "128313", "128312", "RNFL vascular plexus", DEFINED,
        ("rnfl", "nfl-plexus", "rnfl-vascular-plexus"), "peripapillary",
    ),
)  # fmt: skip
USER_SELECTED = (
    "128315",
    "User selected volume structure map",
    "128314",
    "User selected volume flow",
)


def _slab_type(
    name: str, slab: str, structure: str, flow: str, words: str, basis: str, also: tuple[str, ...]
) -> SlabType:
    # The context group calls the flow of this one slab by a longer name than its structure.
    flow_words = "Middle inner retina" if words == "Middle inner" else words
    return SlabType(
        name=name,
        slab=Slab.parse(slab),
        structure_code=structure,
        structure_meaning=f"{words} structural reflectance map",
        flow_code=flow,
        flow_meaning=f"{flow_words} vasculature flow",
        basis=basis,
        aliases=also,
        # Devices often find the ILM and Bruch's membrane alone.
        instead=Slab.parse("ILM..BM") if name in ("retina", DEPTH_ENCODED) else None,
        is_depth_encoded=name == DEPTH_ENCODED,
    )


def _newer_type(row: tuple[str, str, str, str, str, str, tuple[str, ...], str]) -> SlabType:
    name, slab, structure, flow, words, basis, also, older = row
    return SlabType(
        name=name,
        slab=Slab.parse(slab),
        structure_code=structure,
        structure_meaning=f"{words} map",
        flow_code=flow,
        flow_meaning=f"{words} flow",
        basis=basis,
        aliases=also,
        older=older,
    )


SLAB_TYPES = {row[0]: _slab_type(*row) for row in _TYPES}
SLAB_TYPES |= {row[0]: _newer_type(row) for row in _NEWER_TYPES}
SLAB_TYPES[DEPTH_ENCODED] = _slab_type(
    DEPTH_ENCODED, "ILM..EZ", "128258", "128257", "Retina depth encoded", DEFINED, ("depth",)
)
_BY_ALIAS = {alias: kind for kind in SLAB_TYPES.values() for alias in (kind.name, *kind.aliases)}


def user_selected(slab: Slab, *, older: str) -> SlabType:
    """The type of a slab that a person chose.

    Parameters
    ----------
    slab : Slab
    older : str
        The type whose codes it has in editions up to 2024c, which have none for it.
    """
    structure, structure_words, flow, flow_words = USER_SELECTED
    return SlabType(
        name="user-selected",
        slab=slab,
        structure_code=structure,
        structure_meaning=structure_words,
        flow_code=flow,
        flow_meaning=flow_words,
        basis="a person's choice",
        older=older,
    )


def slab_type(name: str) -> SlabType:
    """The preset of that name or alias.

    Raises
    ------
    UnknownName
        There is none; the message lists the known names.

    Examples
    --------
    >>> str(slab_type("avascular").slab)
    'OPL+10um..BM'
    """
    found = _BY_ALIAS.get(name.strip().lower().replace(" ", "-").replace("_", "-"))
    if found is None:
        raise UnknownName(
            f"no slab {name!r}; there are: {', '.join(SLAB_TYPES)}, "
            "or two bounds as in ILM..IPL-10um",
            found=name,
            known=list(SLAB_TYPES),
        )
    return found


def bound_rows(
    bound: Bound, surfaces: Mapping[str, Float32], axial_mm: float, shape: tuple[int, int, int]
) -> Float32:
    """The row of one bound at each A-scan.

    Parameters
    ----------
    bound : Bound
    surfaces : mapping of float32, (B, X)
        Rows by name, as `SurfaceMaps.rows`.
    axial_mm : float
        Between rows.
    shape : (int, int, int)
        Of the volume, `(B, Z, X)`.

    Returns
    -------
    row : float32, (B, X)
        Fractional; NaN where the surface is.

    Raises
    ------
    SurfaceMissing
        The volume has no such surface.
    """
    bscans, depth, ascans = shape
    offset = np.float32(bound.offset_um / (axial_mm * 1000))
    if bound.surface in EDGES:
        # The edges of the first and the last voxel, not their centres.
        row = -0.5 if bound.surface == "top" else depth - 0.5
        return np.full((bscans, ascans), row, np.float32) + offset
    if bound.surface not in surfaces:
        raise SurfaceMissing(
            f"the slab is bounded by the surface {bound.surface}, which was not found; "
            f"there are: {', '.join(surfaces)}",
            needed=bound.surface,
            found=list(surfaces),
        )
    return np.asarray(surfaces[bound.surface] + offset, np.float32)
