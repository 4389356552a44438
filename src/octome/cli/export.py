"""The command that writes plain copies of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from octome.cli.options import FILE, json_option
from octome.cli.output import note, print_json, progress, require_new
from octome.errors import InstanceUnwritable

if TYPE_CHECKING:
    from octome.export.exported_study import ExportedFile
    from octome.export.writers import OutputFormat


@click.command()
@click.argument("study", type=FILE)
@click.argument("out", type=FILE)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["sc", "tiff", "png"]),
    default="sc",
    show_default=True,
    help="sc: DICOM, multi-frame Secondary Capture. tiff: OME-TIFF with the spacing. png: "
    "pictures in the proportions of the tissue.",
)
@click.option(
    "--structure",
    type=FILE,
    help="The file of the structural volume, where there are several scans.",
)
@click.option("--surfaces", type=FILE, help="A file of surfaces to use instead of the newest mesh.")
@click.option("--flow", type=FILE, help="The file of the flow volume, where there are several.")
@json_option
def export(
    study: Path,
    out: Path,
    output_format: OutputFormat,
    structure: Path | None,
    surfaces: Path | None,
    flow: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write plain copies of the study in the folder STUDY into the new folder OUT.

    For viewers that show the structural volume and nothing else of a study: the flow in grey, the
    flow over the structure in colour, the surfaces drawn on the structure, and each en face image.

    In DICOM they are new series of the same study, with Copy of ... as Series Description. The same
    study gives the same copies.
    """
    from octome.export.exported_study import export_study
    from octome.pipeline.study import Study

    require_new(out, InstanceUnwritable)
    opened = Study(study, structure=structure, surfaces=surfaces, flow=flow)
    with progress(f"Exporting into {out}") as update:
        done = export_study(opened, out, output_format, progress=update)
    if as_json:
        answer = {
            "out": str(out),
            "format": output_format,
            "copies": [_data(each) for each in done.files],
            "left_out": [{"what": each.what, "why": each.why} for each in done.left_out],
        }
        print_json(answer)
        return
    for each in done.files:
        frames = each.copy.image.shape[0]
        click.echo(f"{each.path}: {each.copy.title}{f', {frames} frames' * (frames > 1)}")
    for missing in done.left_out:
        note(f"no copy of {missing.what}: {missing.why}")


def _data(each: ExportedFile) -> dict[str, object]:
    return {
        "file": str(each.path),
        "title": each.copy.title,
        "frames": each.copy.image.shape[0],
        "copy_of": [str(source.file.path) for source in each.copy.image.sources],
        "series_number": each.series_number,
        "sop_instance": each.sop_instance,
    }
