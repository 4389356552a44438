"""En face images (E, F) of stored volumes and surfaces: the same for a chain and for one more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset

from octome.errors import InstancesDisagree, SurfaceMissing
from octome.instances.code import FLOW_SOURCE, STRUCTURAL_SOURCE, coded
from octome.instances.composite import Reference, Series
from octome.instances.enface_form import SlabSide
from octome.instances.enface_image import Projected, enface_image
from octome.instances.file import write_instance
from octome.instances.scale import UINT16_TOP, linear_scale
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import BOUNDS_LABEL, surface_segmentation
from octome.octa.acquisition import Float32
from octome.octa.enface import enface
from octome.octa.flow.stripes import stripes_removed
from octome.octa.quality import signal_db
from octome.octa.slab import EDGES, Bound, Slab, bound_rows
from octome.octa.surface import SURFACES, SurfaceMaps
from octome.pipeline.enface_spec import EnfaceWish

# What a projection is in context group 7203; a deviation is none of its concepts.
PROJECTION_CODES = {
    "mean": ("DCM", "113049"),
    "sum": ("DCM", "113042"),
    "max": ("DCM", "113078"),
    "min": ("DCM", "113079"),
    "std": ("SCT", "386136009"),
}
_CODES = {surface.name: (surface.scheme, surface.code) for surface in SURFACES}


class Layers(Protocol):
    """Where volumes and surfaces come from: a study's folder, or a chain that is being made."""

    @property
    def structure(self) -> StoredVolume:
        """B."""

    @property
    def flow(self) -> StoredVolume:
        """C."""

    @property
    def maps(self) -> SurfaceMaps:
        """D on the grid of B."""

    @property
    def structure_values(self) -> Float32:
        """B's amplitudes."""

    @property
    def flow_values(self) -> Float32:
        """C's flow."""


def projected(layers: Layers, wanted: EnfaceWish) -> Float32:
    """The image, (B, X); an angiogram with its stripes removed. NaN where there is none.

    Raises
    ------
    SurfaceMissing
        The slab needs a surface that is not there.
    InstancesDisagree
        Its surfaces cross in most places.
    """
    volume = layers.flow_values if wanted.of == "flow" else layers.structure_values
    grid = layers.structure.grid
    rows = layers.maps.rows
    image = enface(volume, rows, wanted.slab, grid.geometry.axial_mm, projection=wanted.projection)
    crossing = crossing_share(layers, wanted.slab)
    if crossing > 0.5:
        raise InstancesDisagree(
            f"the surfaces of the slab {wanted.slab} cross: in {crossing:.0%} of the A-scans "
            f"{wanted.slab.upper} lies at or below {wanted.slab.lower}",
            found=crossing,
        )
    return stripes_removed(image) if wanted.of == "flow" else image


def crossing_share(layers: Layers, slab: Slab) -> float:
    """In what share of the A-scans that have both bounds the upper is not above the lower."""
    grid = layers.structure.grid
    upper, lower = (
        bound_rows(bound, layers.maps.rows, grid.geometry.axial_mm, grid.shape)
        for bound in (slab.upper, slab.lower)
    )
    both = np.isfinite(upper) & np.isfinite(lower)
    return float((upper[both] >= lower[both]).mean()) if both.any() else 0.0


def scan_signal_db(layers: Layers) -> float | None:
    """Signal over noise of the scan; None where its retina was not found."""
    rows = layers.maps.rows
    if "ILM" not in rows or "BM" not in rows:
        return None
    found = signal_db(np.nan_to_num(layers.structure_values), rows["ILM"], rows["BM"])
    return found if np.isfinite(found) else None


# A surface by the name of a bound: the instance that holds it, and its number there.
Numbered = dict[str, tuple[Reference, int]]


def bounds_above(wishes: Iterable[EnfaceWish]) -> list[str]:
    """The bounds above a surface: the form up to 2024c has no sign, so they become surfaces.

    >>> from octome.pipeline.enface_spec import wish
    >>> bounds_above([wish("flow", "superficial")])
    ['IPL-10um']
    """
    names = {
        str(bound)
        for wanted in wishes
        for bound in (wanted.slab.upper, wanted.slab.lower)
        if bound.offset_um < 0 and bound.surface not in EDGES
    }
    return sorted(names)


def bounds_instance(layers: Layers, names: list[str], series: Series) -> Dataset:
    """Surfaces that only bound slabs, as a Surface Segmentation of their own."""
    grid = layers.structure.grid
    rows = {
        name: bound_rows(Bound.parse(name), layers.maps.rows, grid.geometry.axial_mm, grid.shape)
        for name in names
    }
    return surface_segmentation(
        rows,
        grid,
        layers.structure.exam,
        series,
        structure=layers.structure.reference,
        method=("surface moved along depth", {}),
        label=BOUNDS_LABEL,
    )


def sides(slab: Slab, surfaces: Numbered, *, form: str) -> list[SlabSide]:
    """The stored surfaces that bound a slab, with what is left of their offsets.

    Raises
    ------
    SurfaceMissing
        A surface is in no stored instance.
    """
    found = []
    for is_upper, bound in ((True, slab.upper), (False, slab.lower)):
        if bound.surface in EDGES:
            continue
        is_own = form != "current" and bound.offset_um < 0
        name = str(bound) if is_own else bound.surface
        if name not in surfaces:
            raise SurfaceMissing(f"the surface {name} is in no stored segmentation", needed=name)
        instance, number = surfaces[name]
        offset = 0.0 if is_own else bound.offset_um
        found.append(SlabSide(is_upper, instance, number, coded(*_CODES[bound.surface]), offset))
    return found


def numbered(stored_reference: Reference, numbers: Mapping[str, int]) -> Numbered:
    """Surfaces of one instance by name."""
    return {name: (stored_reference, number) for name, number in numbers.items()}


def write_enface(
    path: Path,
    layers: Layers,
    wanted: EnfaceWish,
    series: Series,
    *,
    surfaces: Numbered,
    form: str = "2024c",
    compression: str | None = None,
    signal: Callable[[], float | None] = lambda: None,
    localizer: Reference | None = None,
) -> Dataset:
    """Make an en face image and write it.

    Returns
    -------
    instance : Dataset
        Without its pixels.
    """
    image = projected(layers, wanted)
    volume = layers.flow if wanted.of == "flow" else layers.structure
    unit = "[arb'U]" if volume.scale.is_decibel else volume.scale.unit
    scale = linear_scale(
        image,
        top=UINT16_TOP,
        unit=unit,
        label=wanted.of.upper(),
        meaning=f"{wanted.projection} of the slab's "
        f"{volume.scale.meaning if wanted.of == 'flow' else 'amplitude'}"[:64],
    )
    is_flow = wanted.of == "flow"
    parameters = {"projection": wanted.projection} | ({"stripes": "removed"} if is_flow else {})
    stored = scale.stored(image)
    kind_type = wanted.type
    instance = enface_image(
        stored,
        scale,
        layers.structure.grid,
        layers.structure.exam,
        wanted.kind,
        series,
        projected=Projected(
            slab=wanted.text,
            method=("slab projection", _family(volume, wanted), parameters),
            image_type=coded("DCM", kind_type.flow_code if is_flow else kind_type.structure_code),
            sides=sides(wanted.slab, surfaces, form=form),
            signal_db=signal(),
        ),
        sources=[(volume.reference, FLOW_SOURCE if is_flow else STRUCTURAL_SOURCE)],
        form=form,
        localizer=localizer,
    )
    write_instance(path, instance, stored, compression=compression)
    return instance


def _family(volume: StoredVolume, wanted: EnfaceWish) -> CodedConcept:
    """Of the algorithm: the flow's own where it is known, else that of the projection."""
    methods = volume.header.get("AcquisitionMethodAlgorithmSequence")
    if wanted.of == "flow" and methods:
        return CodedConcept.from_dataset(methods[0].AlgorithmFamilyCodeSequence[0])
    return coded(*PROJECTION_CODES[wanted.projection])
