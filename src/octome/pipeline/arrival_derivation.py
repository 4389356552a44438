"""What a study lacks, made from what it has: surfaces, and the usual en face images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from octome.pipeline.arrival import arrived_scans
from octome.pipeline.enface_spec import ProjectedVolume, enface_spec
from octome.pipeline.executor import run_plan
from octome.pipeline.new_files import NewFiles
from octome.pipeline.request import USUAL_SLABS
from octome.pipeline.step import InstanceStep, Step
from octome.pipeline.study import Study
from octome.pipeline.workstation import enface_plan, segment_again


def derive_missing(study: Path) -> Iterator[Path]:
    """Make the surfaces and the usual en face images that scans of a study lack.

    Of each scan with a single structural volume. They are written into the folder of that volume,
    and what is there is not changed.

    Yields
    ------
    path : Path
        Of each new instance.

    Raises
    ------
    OctomeError
        A step failed; what was made before stays.
    """
    for scan in arrived_scans(study):
        if len(scan.files.get("B", ())) != 1:
            continue
        volume = scan.files["B"][0]
        if "D" in scan.missing:
            for result in segment_again(Study(study, structure=volume), volume.parent):
                yield result.path
        yield from _enface_images(Study(study, structure=volume), volume.parent, scan.missing)


def _enface_images(study: Study, out: Path, missing: tuple[str, ...]) -> Iterator[Path]:
    volumes: list[ProjectedVolume] = ["structure"] if "E" in missing else []
    if "F" in missing and "C" not in missing:
        volumes.append("flow")
    steps: list[Step] = []
    for volume in volumes:
        for slab in USUAL_SLABS:
            # The plan of one image: each of them is a series of its own.
            for step in enface_plan(study, enface_spec(volume, slab, "mean")):
                assert isinstance(step, InstanceStep)  # noqa: S101  (it has no other)
                series = replace(step.series, number=step.series.number + len(steps))
                steps.append(replace(step, series=series, is_optional=True))
    for result in run_plan(steps, NewFiles(out)) if steps else []:
        yield result.path
