"""The commands of a workstation: another en face image, other surfaces."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from octome.cli.options import FILE, compress_option, form_option, json_option
from octome.errors import MissingFact

structure_option = click.option(
    "--structure",
    type=FILE,
    help="The file of the structural volume, where there are several scans.",
)


@click.command()
@click.argument("study", type=FILE)
@click.option("--slab", help="A preset, as superficial; or bounds, as ILM..IPL+10um.")
@click.option("--upper", help="Upper bound, as ILM or IPL-10um.")
@click.option("--lower", help="Lower bound, as IPL+10um; top and bottom are the volume's edges.")
@click.option(
    "--projection",
    type=click.Choice(["mean", "sum", "std", "max", "min"]),
    default="mean",
    show_default=True,
)
@click.option("--of", type=click.Choice(["flow", "structure"]), default="flow", show_default=True)
@click.option("--type", "kind", help="Preset whose code it gets; the nearest if not given.")
@structure_option
@click.option("--surfaces", type=FILE, help="The file of surfaces to use, not the newest mesh.")
@click.option("--out", type=FILE, help="Folder to write into; the study's own if not given.")
@click.option("--picture", type=FILE, help="Also write the image as PNG.")
@compress_option
@form_option
@json_option
def enface(study: Path, *, as_json: bool, **asked: Any) -> None:
    """Derive one more en face image from the stored instances in the folder STUDY.

    The newest structural volume, flow volume and surfaces are used; the image is a new instance in
    a new series, and nothing is overwritten.
    """
    from octome.pipeline.enface_spec import wish
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import derive_enface

    wanted = wish(asked["of"], slab_of(asked), asked["projection"], asked["kind"])
    opened = Study(study, structure=asked["structure"], surfaces=asked["surfaces"])
    found = derive_enface(
        opened,
        wanted,
        asked["out"] or study,
        form=asked["form"],
        compression=asked["compression"],
    )
    image = found.made[-1].path
    if asked["picture"] is not None:
        from octome.pipeline.study_sheet import enface_picture_of, write_sheet

        write_sheet(asked["picture"], enface_picture_of(image))
    if found.crossing:
        click.echo(
            f"octome: in {found.crossing:.1%} of the A-scans the bounds of {wanted.slab} cross; "
            "the image has nothing there",
            err=True,
        )
    if as_json:
        said = {
            "image": str(image),
            "sop_instance": found.made[-1].sop_instance,
            "slab": str(wanted.slab),
            "projection": wanted.projection,
            "type": wanted.type.name,
            "volume": str(found.volume),
            "surfaces": str(found.surfaces),
            "bounds": [str(each.path) for each in found.made[:-1]],
            "crossing_share": found.crossing,
        }
        click.echo(json.dumps(said, indent=2))
        return
    click.echo(f"{image}: {wanted.projection} of {wanted.of} in {wanted.slab}")
    click.echo(f"  volume: {found.volume}")
    click.echo(f"  surfaces: {found.surfaces}")
    for each in found.made[:-1]:
        click.echo(f"  bounds of the slab: {each.path}")


def slab_of(asked: dict[str, Any]) -> str:
    """The slab, which may be said in two ways."""
    by_bounds = asked["upper"] or asked["lower"]
    if bool(asked["slab"]) == bool(by_bounds) or bool(asked["upper"]) != bool(asked["lower"]):
        raise MissingFact(
            "say which slab: --slab NAME, or --upper and --lower, as --upper ILM --lower IPL+10um",
            fact="slab",
        )
    return asked["slab"] or f"{asked['upper']}..{asked['lower']}"


@click.command()
@click.argument("study", type=FILE)
@click.option("--out", type=FILE, help="Folder to write into; the study's own if not given.")
@structure_option
@click.option("--height-map", is_flag=True, help="Also as a height map.")
@json_option
def segment(
    study: Path, out: Path | None, structure: Path | None, *, height_map: bool, as_json: bool
) -> None:
    """Find the surfaces of the layers anew in the structural volume in the folder STUDY.

    They go into a new instance in a new series; the ones that were there stay as they are.
    """
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import segment_anew
    from octome.terminal.progress import ProgressBar

    opened = Study(study, structure=structure)
    with ProgressBar() as bar:
        if sys.stderr.isatty():
            bar.begin(f"Segmenting {opened.structure.file.path}")
        made = segment_anew(opened, out or study, with_height_map=height_map, progress=bar.update)
    if as_json:
        said = [{"file": str(each.path), "sop_instance": each.sop_instance} for each in made]
        click.echo(json.dumps({"volume": str(opened.structure.file.path), "made": said}, indent=2))
        return
    for each in made:
        click.echo(f"{each.path}: {each.kind.title}, of {opened.structure.file.path}")
