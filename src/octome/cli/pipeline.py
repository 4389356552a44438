"""The commands that make instances: process, enface, segment, profile."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from octome.cli.options import json_option
from octome.errors import MissingFact

if TYPE_CHECKING:
    from octome.instances.multiframe import Timing
    from octome.octa.acquisition import ScanGeometry
    from octome.pipeline.made import Made
    from octome.pipeline.request import Request

Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)
FORMS = ("2024c", "current")

compress_option = click.option(
    "--compress",
    "compression",
    metavar="NAME",
    help="Lossless compression of the pixels: htj2k (the fastest), jpeg-ls, rle or jpeg2000.",
)
form_option = click.option(
    "--edition",
    "form",
    type=click.Choice(FORMS),
    default="2024c",
    show_default=True,
    help="Form of the en face images: up to edition 2024c, or the current one.",
)


def patient_options(command: Command) -> Command:
    """Who was examined, which eye and when."""
    for option in (
        click.option("--patient-name", default="", help="As Family^Given; empty for nobody."),
        click.option("--patient-id", default=""),
        click.option("--patient-birth-date", default="", metavar="YYYY-MM-DD"),
        click.option("--patient-sex", default="", type=click.Choice(["", "M", "F", "O"])),
        click.option("--laterality", type=click.Choice(["R", "L"]), help="Which eye."),
        click.option("--acquired", metavar="TIME", help="As 2026-01-31T14:05:00."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("raw", type=FILE)
@click.argument("out", type=FILE)
@click.option(
    "--algorithm",
    help="Flow: omag, ssada, decorrelation, speckle-variance, correlation-mapping, "
    "phase-variance, ratio.",
)
@click.option(
    "--slabs",
    metavar="A,B,...",
    help="En face images: presets (superficial, intermediate, deep, outer, choriocapillaris, "
    "retina, vitreous, choroid, peripapillary) or bounds as ILM..IPL+10um.",
)
@click.option("--projection", type=click.Choice(["mean", "sum", "std", "max", "min"]))
@patient_options
@click.option("--profile", type=FILE, help="The scanner's device profile (octome profile).")
@click.option(
    "--centred-on",
    type=click.Choice(["macula", "disc", "disc-macula"]),
    help="What the scan was aimed at.",
)
@click.option(
    "--spacing-mm",
    metavar="Z,X,B",
    help="Of a maker's file that does not say it: between rows, A-scans and B-scans.",
)
@click.option("--flow-file", type=FILE, help="A maker's second file, where it keeps flow apart.")
@click.option("--repeats", type=click.IntRange(1), help="Of a maker's flow volume.")
@click.option("--repeat-interval-ms", type=click.FloatRange(0, min_open=True), help="Of the same.")
@compress_option
@form_option
@click.option("--height-map", is_flag=True, help="Also write the surfaces as a height map.")
@click.option("--no-raw", is_flag=True, help="Do not write the acquisition as Raw Data.")
@json_option
def process(raw: Path, out: Path, *, as_json: bool, **asked: Any) -> None:
    """Turn RAW into the whole chain of DICOM instances, in the folder OUT.

    RAW is an acquisition file (octome simulate), a Raw Data instance, a maker's file (Heidelberg
    .vol, .e2e, XML; Topcon .fda, .fds; Zeiss .img; Optovue and Bioptigen .oct) or another maker's
    Ophthalmic Tomography Image. OUT gets the structural volume, the surfaces of the layers, the
    flow volume and en face images, each kind in a series of its own. Finished steps are not done
    again.
    """
    from octome.pipeline.chain import process as run
    from octome.terminal.progress import ProgressBar

    request = request_of(asked)
    with ProgressBar() as bar:
        if sys.stderr.isatty():
            bar.say(f"Processing {raw}")
        made = run(
            raw,
            out,
            request,
            bar.update,
            spacing=spacing_of(asked["spacing_mm"]),
            flow_path=asked["flow_file"],
        )
    tell(out, made, left_out(request, made), as_json=as_json)


def request_of(asked: dict[str, Any]) -> Request:
    """The options as the pipeline wants them."""
    from octome.instances.device import load_profile
    from octome.instances.exam import Patient
    from octome.instances.transfer_syntax import compression_named
    from octome.pipeline.request import Request

    if asked["compression"]:
        compression_named(asked["compression"])
    slabs = asked["slabs"]
    request = Request(
        algorithm=asked["algorithm"],
        slabs=tuple(name.strip() for name in slabs.split(",") if name.strip()) if slabs else None,
        projection=asked["projection"] or "mean",
        patient=Patient(
            asked["patient_name"],
            asked["patient_id"],
            asked["patient_birth_date"],
            asked["patient_sex"],
        ),
        laterality=asked["laterality"],
        acquired=time_of(asked["acquired"]),
        profile=load_profile(asked["profile"]) if asked["profile"] else None,
        timing=timing_of(asked),
        centred_on=asked["centred_on"],
        compression=asked["compression"],
        form=asked["form"],
        with_raw=not asked["no_raw"],
        with_height_map=asked["height_map"],
    )
    # Refused before the long work, not after it.
    request.wishes((), with_flow=True)
    return request


def spacing_of(text: str | None) -> ScanGeometry | None:
    """Three distances as the user wrote them."""
    from octome.octa.acquisition import ScanGeometry

    if text is None:
        return None
    try:
        axial, ascan, bscan = (float(number) for number in text.split(","))
    except ValueError as error:
        raise MissingFact(
            f"--spacing-mm {text!r} is no spacing; write three lengths in mm, as 0.0039,0.01,0.05",
            fact="spacing",
        ) from error
    return ScanGeometry(axial, ascan, bscan)


def left_out(request: Request, made: list[Made]) -> list[str]:
    """The usual images that could not be made: without surfaces, or without values."""
    from octome.pipeline.request import SLABS

    names = {each.path.stem for each in made}
    kinds = (
        ("structure", "flow") if any(each.kind.letter == "C" for each in made) else ("structure",)
    )
    return [
        f"{slab} {of}"
        for slab in (SLABS if request.slabs is None else ())
        for of in kinds
        if not any(name.startswith(f"{slab}-{of}") for name in names)
    ]


def time_of(text: str | None) -> datetime | None:
    """A time as the user wrote it."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise MissingFact(
            f"--acquired {text!r} is no time; write it as 2026-01-31T14:05:00", fact="acquired"
        ) from error


def timing_of(asked: dict[str, Any]) -> Timing | None:
    """How B-scans followed each other, if the user said it."""
    from octome.instances.multiframe import Timing

    repeats, interval = asked["repeats"], asked["repeat_interval_ms"]
    if repeats is None and interval is None:
        return None
    if repeats is None or interval is None:
        raise MissingFact("--repeats and --repeat-interval-ms belong together", fact="timing")
    return Timing(repeats, interval)


def tell(out: Path, made: list[Made], missing: list[str], *, as_json: bool) -> None:
    """What was made, and how it hangs together."""
    from octome.pipeline.tree import as_data, as_lines, study_tree

    ours = {each.sop_instance for each in made}
    leaves = [leaf for leaf in study_tree(out) if leaf.sop_instance in ours]
    new = [each for each in made if each.is_new]
    if as_json:
        said = {
            "folder": str(out),
            "made": len(new),
            "found_finished": len(made) - len(new),
            "left_out": missing,
            "seconds": {each.path.stem: each.seconds for each in made},
            "instances": as_data(leaves),
        }
        click.echo(json.dumps(said, indent=2))
        return
    for line in as_lines(leaves):
        click.echo(line)
    if missing:
        click.echo(f"left out, for want of surfaces or of values: {', '.join(missing)}")
    were = len(made) - len(new)
    click.echo(
        f"{out}: {len(new)} instances made"
        + (f", {were} were there already" if were else "")
        + (f", in {sum(each.seconds for each in new):.1f} s" if new else "")
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
    from octome.pipeline.enface import wish
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import derive_enface

    wanted = wish(asked["of"], slab_of(asked), asked["projection"], asked["kind"])
    opened = Study(study, surfaces=asked["surfaces"])
    found = derive_enface(
        opened,
        wanted,
        asked["out"] or study,
        form=asked["form"],
        compression=asked["compression"],
    )
    image = found.made[-1].path
    if asked["picture"] is not None:
        from octome.pipeline.sheet import enface_picture_of, write_sheet

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
            "type": asdict(wanted.type)["name"],
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
@click.option("--height-map", is_flag=True, help="Also as a height map.")
@json_option
def segment(study: Path, out: Path | None, *, height_map: bool, as_json: bool) -> None:
    """Find the surfaces of the layers anew in the structural volume in the folder STUDY.

    They go into a new instance in a new series; the ones that were there stay as they are.
    """
    from octome.pipeline.study import Study
    from octome.pipeline.workstation import segment_anew
    from octome.terminal.progress import ProgressBar

    opened = Study(study)
    with ProgressBar() as bar:
        if sys.stderr.isatty():
            bar.say(f"Segmenting {opened.structure.file.path}")
        made = segment_anew(opened, out or study, with_height_map=height_map, progress=bar.update)
    if as_json:
        said = [{"file": str(each.path), "sop_instance": each.sop_instance} for each in made]
        click.echo(json.dumps({"volume": str(opened.structure.file.path), "made": said}, indent=2))
        return
    for each in made:
        click.echo(f"{each.path}: {each.kind.title}, of {opened.structure.file.path}")


@click.command()
@click.argument("file", type=FILE)
def profile(file: Path) -> None:
    """Write a device profile to fill in, as FILE: what a scanner must state of itself."""
    from octome.errors import InstanceUnwritable
    from octome.instances import device

    if file.exists():
        raise InstanceUnwritable(f"{file} exists already", path=str(file))
    try:
        file.write_text(device.empty_profile(), encoding="utf-8")
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {file}: {error.strerror}", path=str(file)
        ) from error
    click.echo(f"{file}: fill in every value, then give it with --profile {file}")
