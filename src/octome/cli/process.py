"""The command that turns an acquisition into the chain of instances."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from octome.cli.options import FILE, compress_option, form_option, json_option
from octome.errors import MissingFact

if TYPE_CHECKING:
    from octome.instances.multiframe import Timing
    from octome.octa.acquisition import ScanGeometry
    from octome.pipeline.request import Request
    from octome.pipeline.step_result import Made

Command = TypeVar("Command", bound=Callable[..., Any])


def patient_options(command: Command) -> Command:
    """Who was examined, which eye and when."""
    options = (
        click.option("--patient-name", default="", help="As Family^Given; empty for nobody."),
        click.option("--patient-id", default=""),
        click.option("--patient-birth-date", default="", metavar="YYYY-MM-DD"),
        click.option("--patient-sex", default="", type=click.Choice(["", "M", "F", "O"])),
        click.option("--laterality", type=click.Choice(["R", "L"]), help="Which eye."),
        click.option("--acquired", metavar="TIME", help="As 2026-01-31T14:05:00."),
    )
    # The last decorator is the first in the help.
    for option in reversed(options):
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
@click.option("--picture", type=FILE, help="Also show what was made on one sheet, as PNG.")
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
            bar.begin(f"Processing {raw}")
        made = run(
            raw,
            out,
            request,
            bar.update,
            spacing=spacing_of(asked["spacing_mm"]),
            flow_path=asked["flow_file"],
        )
        if asked["picture"] is not None:
            bar.update("the picture", 1.0)
            draw(out, raw.name, asked["picture"])
    tell(out, made, left_out(request, made), as_json=as_json)


def draw(study: Path, title: str, picture: Path) -> None:
    """Write the sheet of a study."""
    from octome.pipeline.study import Study
    from octome.pipeline.study_sheet import study_sheet, write_sheet

    write_sheet(picture, study_sheet(Study(study), title=title))


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
    from octome.pipeline.study_tree import as_data, as_lines, study_tree

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
