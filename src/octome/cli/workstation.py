"""The commands of a workstation: another en face image, other surfaces."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from octome.cli.options import FILE, compress_option, enface_profile_option, json_option
from octome.cli.output import note, print_json, print_lines, progress, require_new, write_picture
from octome.errors import InstanceUnwritable, MissingFact

structure_option = click.option(
    "--structure",
    type=FILE,
    help="The file of the structural volume, where there are several scans.",
)


@click.command()
@click.argument("study", type=FILE)
@click.option("--slab", help="A preset such as superficial, or bounds such as ILM..IPL+10um.")
@click.option("--upper", help="Upper bound, such as ILM or IPL-10um.")
@click.option(
    "--lower", help="Lower bound, such as IPL+10um; top and bottom are the volume's edges."
)
@click.option(
    "--projection",
    type=click.Choice(["mean", "sum", "std", "max", "min"]),
    default="mean",
    show_default=True,
)
@click.option("--of", type=click.Choice(["flow", "structure"]), default="flow", show_default=True)
@click.option(
    "--type",
    "type_name",
    help="Preset whose code the image gets: vitreous, superficial, intermediate, deep, outer, "
    "choriocapillaris, choroid, retina, peripapillary, whole, avascular, superficial-plexus, "
    "deep-plexus, rnfl-plexus, depth-encoded. By default the nearest.",
)
@structure_option
@click.option("--surfaces", type=FILE, help="A file of surfaces to use instead of the newest mesh.")
@click.option("--flow", type=FILE, help="The file of the flow volume, where there are several.")
@click.option("--out", type=FILE, help="Folder to write into; by default the scan's.")
@click.option("--picture", type=FILE, help="Also write the image as PNG.")
@compress_option
@enface_profile_option
@json_option
def enface(study: Path, *, as_json: bool, **options: Any) -> None:
    """Derive another en face image from the stored instances in the folder STUDY.

    The newest structural volume and surfaces are used, and the volume's flow; where there are
    several, choose one. The image is a new instance in a new series, and nothing is overwritten.
    """
    from octome.pipeline.enface_spec import enface_spec
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import derive_enface

    spec = enface_spec(
        options["of"], slab_of(options), options["projection"], type_name=options["type_name"]
    )
    if options["picture"] is not None:
        require_new(options["picture"], InstanceUnwritable)
    opened = Study(
        study,
        structure=options["structure"],
        surfaces=options["surfaces"],
        flow=options["flow"],
    )
    found = derive_enface(
        opened,
        spec,
        options["out"] or opened.scan_folder,
        enface_profile=options["enface_profile"],
        compression=options["compression"],
    )
    image = found.results[-1].path
    if options["picture"] is not None:
        from PIL import Image

        from octome.pipeline.study_sheet import enface_picture_of

        picture = Image.fromarray(enface_picture_of(image))
        write_picture(options["picture"], picture, InstanceUnwritable)
    if found.crossing:
        note(
            f"in {found.crossing:.1%} of the A-scans the bounds of {spec.slab} cross; "
            "the image has no values there"
        )
    if as_json:
        answer = {
            "image": str(image),
            "sop_instance": found.results[-1].sop_instance,
            "slab": str(spec.slab),
            "projection": spec.projection,
            "type": spec.type.name,
            "volume": str(found.volume),
            "surfaces": str(found.surfaces),
            "bounds": [str(each.path) for each in found.results[:-1]],
            "crossing_share": found.crossing,
        }
        print_json(answer)
        return
    click.echo(f"{image}: {spec.projection} of {spec.volume} in {spec.slab}")
    click.echo(f"  volume: {found.volume}")
    click.echo(f"  surfaces: {found.surfaces}")
    for each in found.results[:-1]:
        click.echo(f"  bounds of the slab: {each.path}")


def slab_of(options: dict[str, Any]) -> str:
    """The slab, from --slab or from both bounds."""
    by_bounds = options["upper"] or options["lower"]
    if bool(options["slab"]) == bool(by_bounds) or bool(options["upper"]) != bool(options["lower"]):
        raise MissingFact(
            "give a slab: --slab NAME, or both bounds, such as --upper ILM --lower IPL+10um",
            missing="slab",
        )
    return options["slab"] or f"{options['upper']}..{options['lower']}"


@click.command()
@click.argument("study", type=FILE)
@click.option("--out", type=FILE, help="Folder to write into; by default the scan's.")
@structure_option
@click.option("--height-map", is_flag=True, help="Also write a height map.")
@json_option
def segment(
    study: Path, out: Path | None, structure: Path | None, *, height_map: bool, as_json: bool
) -> None:
    """Find the surfaces of the layers again, in the structural volume in the folder STUDY.

    They go into a new instance in a new series; existing ones are not changed.
    """
    from octome.pipeline.coverage import coverage_lines, surface_coverage
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import segment_again

    opened = Study(study, structure=structure)
    with progress(f"Segmenting {opened.structure.file.path}") as update:
        results = segment_again(
            opened, out or opened.scan_folder, with_height_map=height_map, progress=update
        )
    coverage = surface_coverage(opened.structure.file.path, [results[0].path])
    if as_json:
        made = [{"file": str(each.path), "sop_instance": each.sop_instance} for each in results]
        answer = {
            "volume": str(opened.structure.file.path),
            "made": made,
            "coverage": [asdict(each) for each in coverage],
        }
        print_json(answer)
        return
    for each in results:
        click.echo(f"{each.path}: {each.kind.title}, of {opened.structure.file.path}")
    print_lines(coverage_lines(coverage))
