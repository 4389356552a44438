"""What en face image is wanted: of which volume, which slab, how projected."""

from __future__ import annotations

from dataclasses import dataclass

from octome.errors import UnknownName
from octome.instances.kind import FLOW_ENFACE, STRUCTURE_ENFACE, Kind
from octome.octa.slab import EDGES, SLAB_TYPES, Slab, SlabType, slab_type

KIND_OF = {"structure": STRUCTURE_ENFACE, "flow": FLOW_ENFACE}


@dataclass(frozen=True)
class EnfaceWish:
    """One en face image that is wanted."""

    of: str
    """structure or flow."""
    name: str
    """Of the slab, for people and files."""
    slab: Slab
    type: SlabType
    """Whose codes of context group 4271 it gets."""
    projection: str = "mean"

    @property
    def kind(self) -> Kind:
        """E or F."""
        return KIND_OF[self.of]

    @property
    def needed(self) -> set[str]:
        """The surfaces that bound it."""
        return {self.slab.upper.surface, self.slab.lower.surface} - set(EDGES)

    @property
    def text(self) -> str:
        """The slab by name and bounds."""
        return f"{self.name} {self.slab}" if self.name != str(self.slab) else str(self.slab)


def wish(of: str, slab: str, projection: str = "mean", kind: str | None = None) -> EnfaceWish:
    """What a user asked for in words.

    Parameters
    ----------
    of : str
        structure or flow.
    slab : str
        A preset's name, or two bounds as `ILM..IPL+10um`.
    projection : str
        Of `octa.enface.PROJECTIONS`.
    kind : str, optional
        The preset whose codes it gets; the nearest one if None.

    Raises
    ------
    UnknownName
        No such slab.
    """
    if of not in KIND_OF:
        raise UnknownName(f"an en face image is of structure or flow; asked for {of!r}", found=of)
    if ".." not in slab:
        preset = slab_type(slab)
        chosen = slab_type(kind) if kind else preset
        return EnfaceWish(of, preset.name, preset.slab, chosen, projection)
    bounds = Slab.parse(slab)
    chosen = slab_type(kind) if kind else nearest_type(bounds)
    return EnfaceWish(of, str(bounds), bounds, chosen, projection)


def nearest_type(slab: Slab) -> SlabType:
    """The preset whose codes say best what a slab of one's own is.

    The one between the same surfaces, whatever the offsets; else the choroid below Bruch's
    membrane, the retina within it, the whole eye beyond.

    >>> nearest_type(Slab.parse("ILM..IPL+10um")).name, nearest_type(Slab.parse("RNFL..OPL")).name
    ('superficial', 'retina')
    """
    for preset in SLAB_TYPES.values():
        theirs = preset.slab.upper.surface, preset.slab.lower.surface
        if theirs == (slab.upper.surface, slab.lower.surface):
            return preset
    if slab.upper.surface in ("BM", "CC", "CSI"):
        return SLAB_TYPES["choroid"]
    if slab.upper.surface in EDGES or slab.lower.surface in (*EDGES, "CC", "CSI"):
        return SLAB_TYPES["whole"]
    return SLAB_TYPES["retina"]
