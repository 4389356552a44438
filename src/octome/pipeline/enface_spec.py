"""The specification of one en face image: volume, slab, projection."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal, get_args

from octome.errors import UnknownName
from octome.instances.instance_kind import FLOW_ENFACE, STRUCTURE_ENFACE, InstanceKind
from octome.octa.enface import PROJECTIONS, Projection
from octome.octa.slab import EDGES, SLAB_TYPES, Slab, SlabType, slab_type, user_selected

ProjectedVolume = Literal["structure", "flow"]
"""The volume that an en face image projects."""
PROJECTED_VOLUMES: tuple[ProjectedVolume, ...] = get_args(ProjectedVolume)
KIND_OF: dict[ProjectedVolume, InstanceKind] = {"structure": STRUCTURE_ENFACE, "flow": FLOW_ENFACE}


@dataclass(frozen=True, kw_only=True)
class EnfaceSpec:
    """One en face image to compute.

    Raises
    ------
    UnknownName
        A volume or projection that does not exist.
    """

    volume: ProjectedVolume
    name: str
    """Of the slab, for messages and file names."""
    slab: Slab
    type: SlabType
    """The type whose codes of context group 4271 it gets."""
    projection: Projection = "mean"

    def __post_init__(self) -> None:
        if self.volume not in PROJECTED_VOLUMES:
            raise UnknownName(
                f"an en face image is of structure or flow; found {self.volume!r}",
                found=self.volume,
                known=list(PROJECTED_VOLUMES),
            )
        if self.projection not in PROJECTIONS:
            raise UnknownName(
                f"no projection {self.projection!r}; there are: {', '.join(PROJECTIONS)}",
                found=self.projection,
                known=list(PROJECTIONS),
            )

    @property
    def kind(self) -> InstanceKind:
        """E or F."""
        return KIND_OF[self.volume]

    @property
    def surfaces(self) -> set[str]:
        """The surfaces that bound it."""
        return {self.slab.upper.surface, self.slab.lower.surface} - set(EDGES)

    def with_surfaces(self, names: Collection[str]) -> EnfaceSpec:
        """The image as it can be computed with these surfaces; itself if they have its bounds.

        >>> enface_spec("flow", "retina").with_surfaces({"ILM", "BM"}).text
        'retina ILM..BM'
        """
        instead = self.type.instead
        if instead is None or self.slab != self.type.slab or self.surfaces <= set(names):
            return self
        # The type of a depth-encoded image says nothing of where its slab ends.
        fits = self.type.is_depth_encoded
        kind = self.type if fits else user_selected(instead, older=self.type.name)
        return replace(self, slab=instead, type=kind)

    @property
    def text(self) -> str:
        """The slab by name and bounds."""
        return f"{self.name} {self.slab}" if self.name != str(self.slab) else str(self.slab)


def enface_spec(
    volume: ProjectedVolume,
    slab: str,
    projection: Projection = "mean",
    *,
    type_name: str | None = None,
) -> EnfaceSpec:
    """The image of a slab, by the name of a preset or by its bounds.

    Parameters
    ----------
    volume : ProjectedVolume
    slab : str
        A preset's name, or two bounds as `ILM..IPL+10um`.
    projection : Projection
        A depth-encoded image shows the maximum, whatever is given.
    type_name : str, optional
        The preset whose codes it gets. If None, bounds get those of a user selected volume, in
        editions up to 2024c of the nearest preset.

    Raises
    ------
    UnknownName
        No such slab.
    """
    chosen = slab_type(type_name) if type_name else None
    if ".." in slab:
        bounds = Slab.parse(slab)
        name = str(bounds)
        chosen = chosen or user_selected(bounds, older=nearest_type(bounds).name)
    else:
        preset = slab_type(slab)
        name, bounds, chosen = preset.name, preset.slab, chosen or preset
    if chosen.is_depth_encoded:
        projection = "max"
    return EnfaceSpec(volume=volume, name=name, slab=bounds, type=chosen, projection=projection)


def nearest_type(slab: Slab) -> SlabType:
    """The preset, of those before 2024d, whose codes describe a custom slab best.

    The preset between the same surfaces, with any offsets; else the choroid below Bruch's membrane,
    the retina within it, or the whole eye.

    >>> nearest_type(Slab.parse("ILM..IPL+10um")).name, nearest_type(Slab.parse("RNFL..OPL")).name
    ('superficial', 'retina')
    """
    for preset in (each for each in SLAB_TYPES.values() if each.older is None):
        theirs = preset.slab.upper.surface, preset.slab.lower.surface
        if theirs == (slab.upper.surface, slab.lower.surface):
            return preset
    if slab.upper.surface in ("BM", "CC", "CSI"):
        return SLAB_TYPES["choroid"]
    if slab.upper.surface in EDGES or slab.lower.surface in (*EDGES, "CC", "CSI"):
        return SLAB_TYPES["whole"]
    return SLAB_TYPES["retina"]
