"""The step that writes the picture of the fundus that a device took with a scan."""

from __future__ import annotations

from dataclasses import dataclass

from octome.errors import NothingThere
from octome.formats.reading_options import ReadingOptions
from octome.instances.composite import Reference, reference_to
from octome.instances.file import write_instance
from octome.instances.fundus_photograph import fundus_photograph
from octome.pipeline.source import read_volume
from octome.pipeline.step import InstanceJob, Progress


@dataclass(frozen=True)
class FundusParameters:
    """What the picture depends on in addition to the file."""

    options: ReadingOptions


def fundus_of_device(job: InstanceJob[FundusParameters], _progress: Progress) -> Reference:
    """The picture of the fundus in a vendor file.

    Raises
    ------
    NothingThere
        The file holds none.
    """
    picture = read_volume(job.inputs, job.parameters.options).fundus
    if picture is None:
        raise NothingThere(f"{job.inputs['source']} holds no picture of the fundus")
    instance = fundus_photograph(picture, job.exam, job.series)
    write_instance(job.output, instance, picture.pixels)
    return reference_to(instance)
