"""The command that turns an acquisition into the chain of instances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from octome.cli.options import FILE, compress_option, enface_profile_option, json_option
from octome.cli.output import (
    note,
    print_json,
    print_lines,
    progress,
    require_new,
    write_picture,
)
from octome.cli.worklist import from_worklist, worklist_options
from octome.errors import InstanceUnwritable, MissingFact

if TYPE_CHECKING:
    from octome.formats.reading_options import ReadingOptions
    from octome.instances.multiframe import Timing
    from octome.octa.acquisition import ScanGeometry
    from octome.pipeline.request import Request
    from octome.pipeline.step_result import StepResult
    from octome.pipeline.track_thickness import LayerThickness

Command = TypeVar("Command", bound=Callable[..., Any])


def patient_options(command: Command) -> Command:
    """The options for the patient, the study, the eye and the time."""
    options = (
        click.option("--patient-name", default="", help="As Family^Given; empty for no patient."),
        click.option("--patient-id", default=""),
        click.option("--patient-birth-date", default="", metavar="YYYY-MM-DD"),
        click.option("--patient-sex", default="", type=click.Choice(["", "M", "F", "O"])),
        click.option(
            "--study-uid", default="", help="Study Instance UID, for both eyes of one visit."
        ),
        click.option("--accession", default="", help="Accession Number."),
        click.option("--study-id", default="", help="Study ID."),
        click.option("--referring", default="", help="Referring physician, as Family^Given."),
        click.option("--study-time", metavar="TIME", help="When the visit began."),
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
    "retina, vitreous, choroid, peripapillary, depth-encoded) or bounds as ILM..IPL+10um.",
)
@click.option("--projection", type=click.Choice(["mean", "sum", "std", "max", "min"]))
@patient_options
@worklist_options
@click.option("--profile", type=FILE, help="The scanner's device profile (octome profile).")
@click.option(
    "--centred-on",
    type=click.Choice(["macula", "disc", "disc-macula"]),
    help="The structure that the scan is centred on.",
)
@click.option(
    "--spacing-mm",
    metavar="Z,X,B",
    help="Spacing of rows, A-scans and B-scans, for a vendor file that does not state it.",
)
@click.option("--series", type=click.IntRange(1), help="Which scan of a file that holds several.")
@click.option(
    "--size",
    metavar="Z,X,B",
    help="Rows, A-scans and B-scans, for a Zeiss .img file whose name does not state them.",
)
@click.option(
    "--grey-span-db",
    type=click.FloatRange(0, min_open=True),
    help="dB of amplitude from black to white, for a vendor file of grey values (40).",
)
@click.option("--flow-file", type=FILE, help="A device's second file, which holds its flow.")
@click.option("--surfaces", type=FILE, help="Surfaces of OCTExplorer (XML) in a device's volume.")
@click.option(
    "--repeats", type=click.IntRange(1), help="Repeats of each B-scan, for a device's flow volume."
)
@click.option(
    "--repeat-interval-ms",
    type=click.FloatRange(0, min_open=True),
    help="Time between repeats, for the same volume.",
)
@compress_option
@enface_profile_option
@click.option("--height-map", is_flag=True, help="Also write the surfaces as a height map.")
@click.option("--no-raw", is_flag=True, help="Do not write the acquisition as Raw Data.")
@click.option("--picture", type=FILE, help="Also draw the study on one sheet, as PNG.")
@json_option
def process(raw: Path, out: Path, *, as_json: bool, **options: Any) -> None:
    """Turn RAW into the whole chain of DICOM instances, in the folder OUT.

    RAW is an acquisition file (octome simulate), a Raw Data instance, a vendor file (Heidelberg
    .vol, .e2e, XML; Topcon .fda, .fds; Zeiss .img; Optovue, Bioptigen, Thorlabs .oct) or an
    Ophthalmic Tomography Image of another system. OUT gets the structural volume, the surfaces of
    the layers, the flow volume and en face images, each kind in its own series. Single lines,
    circles, stars and uneven rasters have no en face images: of these, the thickness of the nerve
    fibre layer and the retina is printed. Finished steps are not run again.

    The same acquisition with the same options gives the same instances, byte for byte; other
    options give other instances in the same study. Acquisitions with one --study-uid, or with one
    --patient-id and --accession or --study-id, are one study: both eyes of a visit, for example.
    """
    from octome.pipeline.chain import process as run

    request = request_of(from_worklist(options))
    if options["picture"] is not None:
        require_new(options["picture"], InstanceUnwritable)
    with progress(f"Processing {raw}") as update:
        results = run(
            raw,
            out,
            request,
            update,
            options=reading_of(options),
            flow_path=options["flow_file"],
            surfaces_path=options["surfaces"],
        )
        if options["picture"] is not None:
            update("the picture", 1.0)
            draw(out, results, raw.name, options["picture"])
    missing = left_out(request, results) if has_enface_images(results) else None
    report(out, results, missing, as_json=as_json)


def draw(
    study: Path, results: list[StepResult], title: str, picture: Path, *, replaces: bool = False
) -> None:
    """Write the sheet of a study, with the volumes and surfaces of one run."""
    from PIL import Image

    from octome.pipeline.study import Study
    from octome.pipeline.study_sheet import study_sheet

    # Of the surfaces the last: a device's own come after those that octome found.
    files = {each.kind.letter: each.path for each in results}
    opened = Study(study, structure=files["B"], surfaces=files["D1"], flow=files.get("C"))
    sheet = Image.fromarray(study_sheet(opened, title=title))
    write_picture(picture, sheet, InstanceUnwritable, replaces=replaces)


def request_of(options: dict[str, Any]) -> Request:
    """The request in the options."""
    from octome.instances.device import load_profile
    from octome.instances.exam import Patient
    from octome.instances.study_details import StudyDetails
    from octome.pipeline.request import Request

    slabs = (name.strip() for name in (options["slabs"] or "").split(","))
    return Request(
        algorithm=options["algorithm"],
        slabs=tuple(name for name in slabs if name) or None,
        projection=options["projection"] or "mean",
        patient=Patient(
            options["patient_name"],
            options["patient_id"],
            options["patient_birth_date"],
            options["patient_sex"],
        ),
        study=StudyDetails(
            uid=options["study_uid"],
            accession_number=options["accession"],
            id=options["study_id"],
            referring_physician=options["referring"],
            description=options.get("study_description", ""),
            began=time_of("--study-time", options["study_time"]),
        ),
        laterality=options["laterality"],
        acquired=time_of("--acquired", options["acquired"]),
        profile=load_profile(options["profile"]) if options["profile"] else None,
        timing=timing_of(options),
        centred_on=options["centred_on"],
        compression=options["compression"],
        enface_profile=options["enface_profile"],
        with_raw=not options["no_raw"],
        with_height_map=options["height_map"],
    )


def reading_of(options: dict[str, Any]) -> ReadingOptions:
    """What the user states about a vendor file."""
    from octome.formats.reading_options import ReadingOptions

    return ReadingOptions(
        spacing=spacing_of(options["spacing_mm"]),
        series=options["series"],
        size=size_of(options["size"]),
        grey_span_db=options["grey_span_db"],
    )


def size_of(text: str | None) -> tuple[int, int, int] | None:
    """The size from the three numbers of the user."""
    if text is None:
        return None
    try:
        rows, ascans, bscans = (int(number) for number in text.split(","))
    except ValueError as error:
        raise MissingFact(
            f"--size {text!r} is not a size; write three whole numbers: 1024,512,128",
            missing="size",
        ) from error
    return rows, ascans, bscans


def spacing_of(text: str | None) -> ScanGeometry | None:
    """The spacing from the three distances of the user."""
    from octome.octa.acquisition import ScanGeometry

    if text is None:
        return None
    try:
        axial, ascan, bscan = (float(number) for number in text.split(","))
    except ValueError as error:
        raise MissingFact(
            f"--spacing-mm {text!r} is not a spacing; write three lengths in mm: 0.0039,0.01,0.05",
            missing="spacing",
        ) from error
    return ScanGeometry(axial, ascan, bscan)


def left_out(request: Request, results: list[StepResult]) -> list[str]:
    """The usual images that could not be written."""
    from octome.pipeline.request import USUAL_SLABS

    names = {each.path.stem for each in results}
    has_flow = any(each.kind.letter == "C" for each in results)
    volumes = ("structure", "flow") if has_flow else ("structure",)
    return [
        f"{slab} {volume}"
        for slab in (USUAL_SLABS if request.slabs is None else ())
        for volume in volumes
        if not any(name.startswith(f"{slab}-{volume}") for name in names)
    ]


def has_enface_images(results: list[StepResult]) -> bool:
    """Whether the scan may have en face images at all: an even raster."""
    from octome.instances.grid import Grid
    from octome.instances.tomography_image import read_tomography_image

    volume = next(each for each in results if each.kind.letter == "B")
    return isinstance(read_tomography_image(volume.path).placement, Grid)


def gaps(volume: Path) -> str:
    """Which B-scans the raster of a stored volume lacks; empty if none."""
    from octome.instances.scan_track import ScanTrack
    from octome.instances.tomography_image import read_tomography_image

    placement = read_tomography_image(volume).placement
    missing = placement.path.missing_bscans if isinstance(placement, ScanTrack) else []
    listed = ", ".join(f"{count} after B-scan {after}" for after, count in missing)
    return f", and some are missing here: {listed} (counted from 0)" if missing else ""


def thickness_of(results: list[StepResult]) -> list[LayerThickness]:
    """The thickness of layers along a scan that is not an even raster."""
    from octome.pipeline.track_thickness import track_thickness

    volume = next(each for each in results if each.kind.letter == "B")
    return track_thickness(volume.path, [each.path for each in results if each.kind.letter == "D1"])


def time_of(option: str, text: str | None) -> datetime | None:
    """The time that the user gave."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise MissingFact(
            f"{option} {text!r} is not a time; write it as 2026-01-31T14:05:00",
            missing=option.removeprefix("--").replace("-", "_"),
        ) from error


def timing_of(options: dict[str, Any]) -> Timing | None:
    """When B-scans were taken, if the user gave it."""
    from octome.instances.multiframe import Timing

    repeats, interval = options["repeats"], options["repeat_interval_ms"]
    if repeats is None and interval is None:
        return None
    if repeats is None or interval is None:
        raise MissingFact(
            "--repeats and --repeat-interval-ms must be given together", missing="timing"
        )
    return Timing(repeats, interval)


def report(
    out: Path, results: list[StepResult], missing: list[str] | None, *, as_json: bool
) -> None:
    """Print what was written, and how the instances refer to each other.

    `missing` are the usual images that are left out; None for a scan that has none.
    """
    from octome.pipeline.coverage import (
        coverage_lines,
        empty_images,
        empty_lines,
        surface_coverage,
    )
    from octome.pipeline.study_tree import as_data, as_lines, study_tree
    from octome.pipeline.track_thickness import thickness_lines

    thickness = thickness_of(results) if missing is None else []
    volume = next(each.path for each in results if each.kind.letter == "B")
    coverage = surface_coverage(volume, [each.path for each in results if each.kind.letter == "D1"])
    empty = empty_images(each.path for each in results if each.kind.letter in ("E", "F"))
    ours = {each.sop_instance for each in results}
    leaves = [leaf for leaf in study_tree(out) if leaf.sop_instance in ours]
    new = [each for each in results if each.is_new]
    if as_json:
        answer = {
            "folder": str(out),
            "made": len(new),
            "found_finished": len(results) - len(new),
            "left_out": missing,
            "coverage": [asdict(each) for each in coverage],
            "mostly_empty": [asdict(each) for each in empty],
            "thickness": [asdict(each) for each in thickness],
            "seconds": {each.path.stem: each.seconds for each in results},
            "instances": as_data(leaves),
        }
        print_json(answer)
        return
    print_lines(as_lines(leaves))
    print_lines(coverage_lines(coverage))
    for line in empty_lines(empty):
        note(f"warning: {line}")
    if missing is None:
        click.echo(f"no en face images: they need a raster of evenly spaced B-scans{gaps(volume)}")
        print_lines(thickness_lines(thickness))
    elif missing:
        click.echo(f"left out, because surfaces or values are missing: {', '.join(missing)}")
    old = len(results) - len(new)
    click.echo(
        f"{out}: {len(new)} instances written"
        + (f", {old} already existed" if old else "")
        + (f", in {sum(each.seconds for each in new):.1f} s" if new else "")
    )
