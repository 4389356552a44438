"""The step that writes an en face image (E, F): the same in a chain and on a workstation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from textwrap import shorten

import numpy as np
from highdicom.sr import CodedConcept

from octome.errors import InstancesDisagree, NothingThere, SurfaceMissing
from octome.instances.anatomic_region import stated_region
from octome.instances.code import FLOW_SOURCE, STRUCTURAL_SOURCE, coded
from octome.instances.composite import Reference, reference_to
from octome.instances.enface_image import Projected, enface_image
from octome.instances.enface_profile import (
    EnfaceProfile,
    Localizer,
    SegmentedSurface,
    SlabSide,
)
from octome.instances.file import read_instance, write_instance
from octome.instances.frame_position import frame_places
from octome.instances.grid import Grid
from octome.instances.palette import Palette
from octome.instances.scale import UINT16_TOP, Scale, Stored, linear_scale
from octome.instances.segment import segments_by_name
from octome.instances.stored_volume import StoredVolume
from octome.instances.transfer_syntax import CompressionName
from octome.octa.acquisition import Float32
from octome.octa.depth_encoding import depth_indices, depth_of_maximum, depth_palette
from octome.octa.enface import Projection, enface
from octome.octa.flow.stripes import stripes_removed
from octome.octa.picture import window
from octome.octa.slab import EDGES, Slab, bound_rows
from octome.pipeline.enface_spec import EnfaceSpec
from octome.pipeline.step import InstanceJob, Progress
from octome.pipeline.stored_layers import (
    LoadedVolume,
    StoredLayers,
    flow_volume,
    read_surfaces,
    stored_layers,
)

# A projection in context group 7203, which has no concept for a deviation.
OLDER_PROJECTION_CODES: dict[Projection, tuple[str, str]] = {
    "mean": ("DCM", "113049"),
    "sum": ("DCM", "113042"),
    "max": ("DCM", "113078"),
    "min": ("DCM", "113079"),
    "std": ("SCT", "386136009"),
}
# Of context group 4274, the algorithms of en face images since edition 2024d.
PROJECTION_CODES: dict[Projection, tuple[str, str]] = {
    **OLDER_PROJECTION_CODES,
    "mean": ("DCM", "130924"),
    "sum": ("DCM", "130926"),
}
# Later roles win: a height map has the surfaces of its mesh, and the newer profile refers to it.
SURFACE_ROLES = ("surfaces", "bounds", "height map")
DEPTH_PERCENT = 1.0, 99.5  # of the pixels of a depth-encoded image: below black, at full colour
MOST_CROSSING = 0.5  # share of the A-scans where the bounds of a slab may cross


@dataclass(frozen=True, kw_only=True)
class EnfaceParameters:
    """What an en face image depends on in addition to its volume and surfaces."""

    spec: EnfaceSpec
    enface_profile: EnfaceProfile
    compression: CompressionName | None


def enface_of_layers(job: InstanceJob[EnfaceParameters], _progress: Progress) -> Reference:
    """E or F, of `structure` or `flow` and of the surfaces of `SURFACE_ROLES`.

    Raises
    ------
    SurfaceMissing
        The slab needs a surface that is missing.
    InstancesDisagree
        Its surfaces cross in most A-scans.
    NothingThere
        The image would have no pixel with a value.
    """
    parameters = job.parameters
    layers = stored_layers(job.inputs["structure"], job.inputs["surfaces"])
    spec = parameters.spec.with_surfaces(layers.maps.rows)
    volume = flow_volume(job.inputs["flow"]) if spec.volume == "flow" else layers.structure
    image = projected(volume, layers, spec)
    stored, meaning, colours = _pixels(image, volume, layers, spec)
    instance = enface_image(
        stored,
        meaning,
        layers.structure.stored.grid,
        job.exam,
        spec.kind,
        job.series,
        projected=_description(job, spec, layers, volume.stored, colours),
        sources=[
            (volume.stored.reference, FLOW_SOURCE if spec.volume == "flow" else STRUCTURAL_SOURCE)
        ],
        enface_profile=parameters.enface_profile,
        localizer=_localizer(job, layers.structure.stored),
        region=stated_region(layers.structure.stored.header),
    )
    write_instance(job.output, instance, stored, compression=parameters.compression)
    return reference_to(instance)


def _localizer(job: InstanceJob[EnfaceParameters], structure: StoredVolume) -> Localizer | None:
    """The picture of the fundus if the image has two corners on it; otherwise an en face image."""
    fundus, enface = (job.references.get(name) for name in ("fundus", "localizer"))
    if fundus is not None:
        photograph = reference_to(read_instance(fundus).header)
        places = frame_places(structure.header)
        corners = places.corners(structure.grid.shape[0])
        if corners is not None and places.photograph == photograph.sop_instance:
            return Localizer(photograph, corners)
    return None if enface is None else Localizer(reference_to(read_instance(enface).header))


def projected(volume: LoadedVolume, layers: StoredLayers, spec: EnfaceSpec) -> Float32:
    """The image, (B, X); an angiogram with its stripes removed. NaN where there is none.

    Raises
    ------
    SurfaceMissing
        The slab needs a surface that is missing.
    InstancesDisagree
        Its surfaces cross in most A-scans.
    """
    grid, rows = layers.structure.stored.grid, layers.maps.rows
    crossing = crossing_share(grid, rows, spec.slab)
    if crossing > MOST_CROSSING:
        raise InstancesDisagree(
            f"the surfaces of the slab {spec.slab} cross: in {crossing:.0%} of the A-scans "
            f"{spec.slab.upper} lies at or below {spec.slab.lower}",
            found=crossing,
        )
    axial_mm = grid.geometry.axial_mm
    image = enface(volume.values, rows, spec.slab, axial_mm, projection=spec.projection)
    return stripes_removed(image) if spec.volume == "flow" else image


def crossing_share(grid: Grid, rows: Mapping[str, Float32], slab: Slab) -> float:
    """The share of A-scans with both bounds where the upper is not above the lower."""
    upper, lower = (
        bound_rows(bound, rows, grid.geometry.axial_mm, grid.shape)
        for bound in (slab.upper, slab.lower)
    )
    both = np.isfinite(upper) & np.isfinite(lower)
    return float((upper[both] >= lower[both]).mean()) if both.any() else 0.0


# The name of a bound -> the surface that is it.
StoredBounds = dict[str, SegmentedSurface]


def bounds_apart(specs: Iterable[EnfaceSpec], profile: EnfaceProfile) -> list[str]:
    """The bounds away from a surface: the profile 2024c knows whole pixels only.

    So they become surfaces of their own, at their exact places.

    >>> from octome.pipeline.enface_spec import enface_spec
    >>> bounds_apart([enface_spec("flow", "superficial")], "2024c")
    ['IPL-10um']
    """
    if profile != "2024c":
        return []
    names = {
        str(bound)
        for spec in specs
        for bound in (spec.slab.upper, spec.slab.lower)
        if bound.offset_um and bound.surface not in EDGES
    }
    return sorted(names)


def slab_sides(
    slab: Slab, stored: StoredBounds, profile: EnfaceProfile, grid: Grid
) -> list[SlabSide]:
    """The stored surfaces that bound a slab, with their offsets; edges of the volume without.

    Raises
    ------
    SurfaceMissing
        No stored instance has the surface.
    """
    found = []
    for is_upper, bound in ((True, slab.upper), (False, slab.lower)):
        offset = bound.offset_um / grid.geometry.axial_um
        if bound.surface in EDGES:
            from_top = 0.0 if bound.surface == "top" else float(grid.shape[1])
            found.append(SlabSide(is_upper=is_upper, surface=None, offset_px=from_top + offset))
            continue
        is_own = profile == "2024c" and bool(bound.offset_um)
        name = str(bound) if is_own else bound.surface
        if name not in stored:
            raise SurfaceMissing(f"no stored segmentation has the surface {name}", needed=name)
        found.append(
            SlabSide(is_upper=is_upper, surface=stored[name], offset_px=0.0 if is_own else offset)
        )
    return found


def _stored_bounds(job: InstanceJob[EnfaceParameters]) -> StoredBounds:
    """The older profile numbers surfaces, the newer one segments."""
    found: StoredBounds = {}
    for role in SURFACE_ROLES:
        if role not in job.inputs:
            continue
        stored = read_surfaces(job.inputs[role])
        for name, item in segments_by_name(stored.header).items():
            is_older = job.parameters.enface_profile == "2024c"
            found[name] = SegmentedSurface(
                instance=stored.reference,
                number=stored.numbers[name] if is_older else int(item.SegmentNumber),
                code=deepcopy(item.SegmentedPropertyTypeCodeSequence[0]),
            )
    return found


def _pixels(
    image: Float32, volume: LoadedVolume, layers: StoredLayers, spec: EnfaceSpec
) -> tuple[Stored, Scale | Palette, dict[str, str]]:
    """What is stored, what it means, and the parameters of that."""
    if not spec.type.is_depth_encoded:
        scale = _scale(image, volume.stored, spec)
        return scale.stored(image), scale, {}
    if not np.isfinite(image).any():
        raise NothingThere("there is no image to write: no pixel has a value")
    black, full = (f"{value:.6g}" for value in window(image, *DEPTH_PERCENT))
    grid = layers.structure.stored.grid
    upper, lower = (
        bound_rows(bound, layers.maps.rows, grid.geometry.axial_mm, grid.shape)
        for bound in (spec.slab.upper, spec.slab.lower)
    )
    depth = depth_of_maximum(volume.values, upper, lower)
    indices = depth_indices(image, depth, low=float(black), high=float(full))
    return indices, Palette(depth_palette()), {"colour": "depth", "black": black, "full": full}


def _scale(image: Float32, volume: StoredVolume, spec: EnfaceSpec) -> Scale:
    projected_value = volume.scale.meaning if spec.volume == "flow" else "amplitude"
    return linear_scale(
        image,
        top=UINT16_TOP,
        unit="[arb'U]" if volume.scale.is_decibel else volume.scale.unit,
        label=spec.volume.upper(),
        # As many whole words as the attribute takes.
        meaning=shorten(f"{spec.projection} of the slab's {projected_value}", 64, placeholder=""),
    )


def _description(
    job: InstanceJob[EnfaceParameters],
    spec: EnfaceSpec,
    layers: StoredLayers,
    volume: StoredVolume,
    colours: dict[str, str],
) -> Projected:
    """How the image was computed."""
    is_flow = spec.volume == "flow"
    stripes = {"stripes": "removed"} if is_flow else {}
    profile = job.parameters.enface_profile
    kind = spec.type.as_before_2024d if profile == "2024c" else spec.type
    code = kind.flow_code if is_flow else kind.structure_code
    return Projected(
        slab=spec.text,
        method=(
            "slab projection",
            _family(volume, spec, profile),
            {"projection": spec.projection, **stripes, **colours},
        ),
        image_type=coded("DCM", code),
        sides=slab_sides(spec.slab, _stored_bounds(job), profile, layers.structure.stored.grid),
        signal_db=layers.signal_db,
        fovea=layers.fovea,
    )


def _family(volume: StoredVolume, spec: EnfaceSpec, profile: EnfaceProfile) -> CodedConcept:
    """Family of the algorithm: the projection; up to 2024c that of the flow, if it is stated."""
    if profile == "2024d":
        return coded(*PROJECTION_CODES[spec.projection])
    methods = volume.header.get("AcquisitionMethodAlgorithmSequence")
    if spec.volume == "flow" and methods:
        return CodedConcept.from_dataset(methods[0].AlgorithmFamilyCodeSequence[0])
    return coded(*OLDER_PROJECTION_CODES[spec.projection])
