"""What a workstation does with stored instances: new surfaces, new en face images.

It never overwrites an instance: its results are new instances in new series of the same study
(PS3.3 C.8.17.14.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octome.instances.composite import Series
from octome.instances.enface_profile import EnfaceProfile
from octome.instances.instance_kind import HEIGHT_MAP, SURFACES
from octome.instances.stored_volume import StoredVolume
from octome.instances.transfer_syntax import CompressionName
from octome.pipeline.chain_plan import BOUNDS_TITLE
from octome.pipeline.enface_spec import EnfaceSpec
from octome.pipeline.executor import run_plan
from octome.pipeline.new_files import NewFiles
from octome.pipeline.step import InstanceStep, Progress, Step, StoredFile
from octome.pipeline.step_result import StepResult
from octome.pipeline.steps.enface_image import (
    EnfaceParameters,
    bounds_apart,
    crossing_share,
    enface_of_layers,
)
from octome.pipeline.steps.surfaces import (
    OWN_SEGMENTATION,
    BoundsParameters,
    SurfacesParameters,
    found_surfaces,
    slab_bounds,
    surfaces_as_height_map,
)
from octome.pipeline.study import Study


@dataclass(frozen=True)
class DerivedEnface:
    """New instances, and what they were derived from."""

    results: list[StepResult]
    """The surfaces that bound the slab, if the profile needs them separately; then the image."""
    volume: Path
    surfaces: Path
    crossing: float
    """Share of the A-scans where the slab's bounds cross: the image has no value there."""


def enface_plan(
    study: Study,
    spec: EnfaceSpec,
    *,
    enface_profile: EnfaceProfile = "2024d",
    compression: CompressionName | None = None,
) -> list[Step]:
    """The steps to another en face image of a study.

    Raises
    ------
    OctomeError
        Something is missing in the study, or its instances do not fit.
    """
    number, exam = study.next_series_number(), study.structure.exam
    inputs: dict[str, StoredFile | str] = {
        "structure": _file(study.structure),
        "surfaces": StoredFile(study.surfaces_path, str(study.surfaces.header.SOPInstanceUID)),
    }
    steps: list[Step] = []
    names = bounds_apart([spec], enface_profile)
    existing = study.bounds_with(names) if names else None
    if existing is not None:
        inputs["bounds"] = StoredFile(existing.path, existing.sop_instance)
    elif names:
        bounds = InstanceStep(
            name=f"{spec.name}-bounds",
            kind=SURFACES,
            inputs=dict(inputs),
            parameters=BoundsParameters(tuple(names)),
            exam=exam,
            series=Series(number=number + 1, description=BOUNDS_TITLE),
            run=slab_bounds,
        )
        steps.append(bounds)
        inputs["bounds"] = bounds.name
    if spec.volume == "flow":
        inputs["flow"] = _file(study.flow)
    located = {"localizer": study.localizer(), "fundus": study.photograph()}
    image = InstanceStep(
        name=f"{spec.name}-{spec.projection}-{spec.volume}",
        kind=spec.kind,
        inputs=inputs,
        # Only referred to: its digest is in no key.
        references={name: StoredFile(path, "") for name, path in located.items() if path},
        parameters=EnfaceParameters(
            spec=spec, enface_profile=enface_profile, compression=compression
        ),
        exam=exam,
        series=Series(number=number, description=f"{spec.kind.title}: {spec.text}"[:64]),
        run=enface_of_layers,
    )
    return [*steps, image]


def derive_enface(
    study: Study,
    spec: EnfaceSpec,
    out: Path,
    *,
    enface_profile: EnfaceProfile = "2024d",
    compression: CompressionName | None = None,
) -> DerivedEnface:
    """Another en face image of a study.

    Parameters
    ----------
    study : Study
    spec : EnfaceSpec
    out : Path
        The folder to write into.
    enface_profile : EnfaceProfile
    compression : CompressionName, optional

    Raises
    ------
    OctomeError
        Something is missing in the study, or its instances do not fit. No partial file is left.
    """
    steps = enface_plan(study, spec, enface_profile=enface_profile, compression=compression)
    results = run_plan(steps, NewFiles(out))
    volume = study.flow if spec.volume == "flow" else study.structure
    rows = study.maps.rows
    crossing = crossing_share(study.structure.grid, rows, spec.with_surfaces(rows).slab)
    return DerivedEnface(results, volume.file.path, study.surfaces_path, crossing)


def segment_plan(study: Study, *, with_height_map: bool = False) -> list[Step]:
    """The steps to new surfaces of a study's structural volume."""
    number, exam = study.next_series_number(), study.structure.exam
    structure, parameters = (
        _file(study.structure),
        SurfacesParameters(method=OWN_SEGMENTATION, enface_profile="2024d"),
    )
    surfaces = InstanceStep(
        name="surfaces",
        kind=SURFACES,
        inputs={"structure": structure},
        parameters=parameters,
        exam=exam,
        series=Series(number=number, description=f"{SURFACES.title}, found again"),
        run=found_surfaces,
        weight=0.9,
    )
    if not with_height_map:
        return [surfaces]
    height_map = InstanceStep(
        name="height-map",
        kind=HEIGHT_MAP,
        inputs={"structure": structure, "surfaces": "surfaces"},
        parameters=parameters,
        exam=exam,
        series=Series(number=number + 1, description=f"{HEIGHT_MAP.title}, found again"),
        run=surfaces_as_height_map,
    )
    return [surfaces, height_map]


def segment_again(
    study: Study,
    out: Path,
    *,
    with_height_map: bool = False,
    progress: Progress = lambda _label, _share: None,
) -> list[StepResult]:
    """The surfaces of a study's structural volume, found again, in a new instance.

    Returns
    -------
    results : list of StepResult
        The Surface Segmentation, then the Height Map Segmentation if it was requested.
    """
    steps = segment_plan(study, with_height_map=with_height_map)
    return run_plan(steps, NewFiles(out), progress=progress)


def _file(volume: StoredVolume) -> StoredFile:
    return StoredFile(volume.file.path, str(volume.header.SOPInstanceUID))
