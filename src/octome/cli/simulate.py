"""The command that simulates a scan."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import json_option
from octome.cli.output import print_json, progress, require_new, write_picture
from octome.errors import AcquisitionUnwritable, UnknownName

if TYPE_CHECKING:
    from octome.octa.acquisition import RawAcquisition
    from octome.octa.phantom.eye import SimulatedEye

# B-scans, repeats, A-scans, samples of the spectrum, side of the field in mm.
SIZES = {
    "small": (96, 4, 96, 1024, 1.0),
    "medium": (200, 4, 200, 1024, 2.0),
    "full": (304, 4, 304, 1024, 3.0),
}

SIZE_HELP = (
    f"{', '.join(SIZES)}: {', '.join(str(size[0]) for size in SIZES.values())} B-scans and A-scans "
    f"over {', '.join(f'{size[4]:g}' for size in SIZES.values())} mm; or B-scans, repeats, A-scans "
    "and samples, as 304x4x304x1024."
)


def scan_of(size: str, field_mm: float | None) -> dict[str, Any]:
    """The fields of the scan plan for a size.

    >>> scan_of("96x4x192x1024", 3.0)["ascan_mm"]
    0.015625
    """
    if size in SIZES:
        bscans, repeats, ascans, samples, side = SIZES[size]
    else:
        found = re.fullmatch(r"(\d{1,5})x(\d{1,3})x(\d{1,5})x(\d{1,5})", size)
        if found is None:
            raise UnknownName(
                f"no size {size!r}; there are {', '.join(SIZES)}, or numbers as in 304x4x304x1024 "
                "(B-scans, repeats, A-scans, samples)",
                found=size,
                known=list(SIZES),
            )
        bscans, repeats, ascans, samples = (int(number) for number in found.groups())
        side = 3.0
    side = field_mm or side
    return {
        "bscans": bscans,
        "repeats": repeats,
        "ascans": ascans,
        "samples": samples,
        "bscan_mm": side / max(bscans, 1),
        "ascan_mm": side / max(ascans, 1),
    }


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--variant", default="normal", show_default=True, help="normal, drusen, cnv, fluid, noisy."
)
@click.option(
    "--seed",
    default=0,
    type=click.IntRange(0),
    show_default=True,
    help="Another number gives another eye.",
)
@click.option("--size", default="medium", show_default=True, help=SIZE_HELP)
@click.option(
    "--field",
    "field_mm",
    type=click.FloatRange(0.01, 20),
    help="Side of the scanned square, in mm.",
)
@click.option(
    "--content",
    default="spectra",
    show_default=True,
    type=click.Choice(["spectra", "bscans"]),
    help="What the scanner records: raw spectra, or B-scans.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    help="Also write a picture of the true eye, as PNG.",
)
@json_option
def simulate(out: Path, picture: Path | None, *, as_json: bool, **options: Any) -> None:
    """Simulate an OCT-A scan of an eye and write it to OUT, a new HDF5 file.

    The file holds what a scanner would record and, separately, the truth: the eye's surfaces,
    vessels and motion.
    """
    from octome.octa.acquisition_file import write_acquisition
    from octome.octa.phantom.eye import SimulatedEye

    scan = scan_of(options["size"], options["field_mm"])
    for path in (out, picture):
        if path is not None and not path.is_dir():
            require_new(path, AcquisitionUnwritable)
    with progress(f"Simulating {' x '.join(str(n) for n in list(scan.values())[:4])}") as update:
        update("the eye", 0.0)
        eye = SimulatedEye(options["variant"], options["seed"], **scan)
        if picture is not None:
            update("the picture", 0.0)
            draw(eye, picture)
        write_acquisition(
            out,
            simulated_acquisition(eye, options["content"]),
            truth=eye.truth,
            replaces=False,
            progress=lambda done, total: update(f"B-scan {done} of {total}", done / total),
        )
    report(out, eye, options["content"], as_json=as_json)


def simulated_acquisition(eye: SimulatedEye, content: str) -> RawAcquisition:
    """The recording of the simulated scanner, with the current time."""
    acquisition = eye.acquisition(content)
    now = datetime.now().astimezone().replace(microsecond=0).isoformat()
    return replace(acquisition, metadata={**acquisition.metadata, "acquired": now})


def draw(eye: SimulatedEye, picture: Path) -> None:
    """Write the picture of the true eye."""
    from PIL import Image

    from octome.octa.phantom.truth_sheet import truth_sheet

    write_picture(picture, Image.fromarray(truth_sheet(eye)), AcquisitionUnwritable)


def report(out: Path, eye: SimulatedEye, content: str, *, as_json: bool) -> None:
    """Print what was written."""
    b, r, x, k = eye.plan.shape
    shape = (b, r, x, k) if content == "spectra" else (b, r, k // 2, x)
    data: dict[str, Any] = {
        "file": str(out),
        "variant": eye.variant,
        "seed": eye.seed,
        "content": content,
        "shape": shape,
        "megabytes": round(out.stat().st_size / 1e6, 1),
        "field_mm": [round(b * eye.plan.bscan_mm, 4), round(x * eye.plan.ascan_mm, 4)],
        "axial_um": round(eye.geometry.axial_um, 4),
        "saccade_frames": int(eye.truth.motion.is_saccade.sum()),
    }
    if as_json:
        print_json(data)
        return
    axes = "B-scans x repeats x A-scans x samples"
    if content == "bscans":
        axes = "B-scans x repeats x rows x A-scans"
    click.echo(f"{out}: {data['megabytes']} MB, a simulated eye ({eye.variant}, seed {eye.seed})")
    click.echo(f"  {content}: {' x '.join(str(n) for n in shape)} ({axes})")
    click.echo(f"  field: {data['field_mm'][0]} x {data['field_mm'][1]} mm")
    click.echo(f"  frames during saccades: {data['saccade_frames']}")
