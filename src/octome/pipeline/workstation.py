"""What a workstation does with stored instances: other surfaces, other en face images.

It never overwrites an instance: what it makes are new instances in new series of the same study
(PS3.3 C.8.17.14.1.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from octome.instances.composite import Series
from octome.instances.file import write_instance
from octome.instances.height_map import height_map
from octome.instances.kind import HEIGHT_MAP, SURFACES, Kind
from octome.instances.surface_segmentation import (
    read_surface_segmentation,
    surface_segmentation,
)
from octome.octa.segmentation.layers import segmented
from octome.pipeline.enface import (
    Numbered,
    bounds_above,
    bounds_instance,
    crossing_share,
    numbered,
    scan_signal_db,
    write_enface,
)
from octome.pipeline.enface_spec import EnfaceWish
from octome.pipeline.step_result import Made
from octome.pipeline.steps import OWN_SEGMENTATION
from octome.pipeline.study import Study

Progress = Callable[[str, float], object]


@dataclass(frozen=True)
class MadeEnface:
    """New instances, and what they were made of."""

    made: list[Made]
    """The surfaces that bound the slab, if the form needs them as their own; then the image."""
    volume: Path
    surfaces: Path
    crossing: float
    """Share of the A-scans where the slab's bounds cross: the image is absent there."""


def derive_enface(
    study: Study,
    wanted: EnfaceWish,
    out: Path,
    *,
    form: str = "2024c",
    compression: str | None = None,
) -> MadeEnface:
    """One more en face image of a study.

    Parameters
    ----------
    study : Study
    wanted : EnfaceWish
    out : Path
        The folder to write into.
    form : str
        Of `instances.enface_form.FORMS`.
    compression : str, optional
        Of `instances.transfer_syntax.COMPRESSIONS`.

    Raises
    ------
    OctomeError
        Something that it needs is not in the study, or does not belong together.
    """
    number = study.next_series_number()
    surfaces: Numbered = numbered(study.surfaces.reference, study.surfaces.numbers)
    names = bounds_above([wanted]) if form != "current" else []
    made = []
    if names:
        series = Series(number + 1, description="Bounds of en face slabs")
        instance = bounds_instance(study, names, series)
        path = free_path(out, f"{wanted.name}-bounds")
        write_instance(path, instance)
        made.append(Made(SURFACES, path, str(instance.SOPInstanceUID), 0.0, is_new=True))
        stored = read_surface_segmentation(path)
        surfaces |= numbered(stored.reference, stored.numbers)
    path = free_path(out, f"{wanted.name}-{wanted.projection}-{wanted.of}")
    try:
        image = write_enface(
            path,
            study,
            wanted,
            Series(number, description=f"{wanted.kind.title}: {wanted.text}"[:64]),
            surfaces=surfaces,
            form=form,
            compression=compression,
            signal=lambda: scan_signal_db(study),
        )
    except BaseException:
        # Without the image its bounds are of no use.
        for other in made:
            other.path.unlink()
        raise
    made.append(Made(wanted.kind, path, str(image.SOPInstanceUID), 0.0, is_new=True))
    volume = study.flow if wanted.of == "flow" else study.structure
    return MadeEnface(
        made, volume.file.path, study.surfaces_path, crossing_share(study, wanted.slab)
    )


def segment_anew(
    study: Study, out: Path, *, with_height_map: bool = False, progress: Progress | None = None
) -> list[Made]:
    """The surfaces of a study's structural volume, found again, in an instance of their own.

    Returns
    -------
    made : list of Made
        The Surface Segmentation, then the Height Map Segmentation if it was asked for.
    """
    say = progress or (lambda _step, _share: None)
    structure = study.structure
    grid, exam = structure.grid, structure.exam
    found = segmented(
        study.structure_values,
        grid.geometry,
        progress=lambda done, count: say("segmentation", done / count),
    )
    number = study.next_series_number()
    made = []
    kinds: list[tuple[Kind, str]] = [(SURFACES, "surfaces")]
    if with_height_map:
        kinds.append((HEIGHT_MAP, "height-map"))
    for kind, name in kinds:
        build = surface_segmentation if kind is SURFACES else height_map
        instance = build(
            found.rows,
            grid,
            exam,
            Series(number, description=f"{kind.title}, found anew"),
            structure=structure.reference,
            method=OWN_SEGMENTATION,
        )
        path = free_path(out, name)
        write_instance(path, instance)
        made.append(Made(kind, path, str(instance.SOPInstanceUID), 0.0, is_new=True))
        number += 1
    return made


def free_path(folder: Path, name: str) -> Path:
    """A file of that name in a folder which is not there yet.

    >>> free_path(Path("/nowhere"), "ILM..IPL+10um").name
    'ILM..IPL+10um.dcm'
    """
    path, number = folder / f"{name}.dcm", 2
    while path.exists():
        path, number = folder / f"{name}-{number}.dcm", number + 1
    return path
