"""The command that makes an acquisition from a laboratory's plain arrays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, json_option
from octome.cli.output import print_json, progress, require_new, write_picture
from octome.errors import AcquisitionUnwritable

if TYPE_CHECKING:
    from octome.octa.acquisition import RawAcquisition


@click.command(name="import")
@click.argument("description", type=FILE)
@click.argument("out", type=FILE)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Write no acquisition: draw the first B-scan to OUT, as PNG, and print the rest.",
)
@click.option(
    "--allow-outside",
    is_flag=True,
    help="Read files that DESCRIPTION names outside of its folder too.",
)
@json_option
def import_scan(
    description: Path, out: Path, *, dry_run: bool, allow_outside: bool, as_json: bool
) -> None:
    """Make an acquisition from a plain array.

    DESCRIPTION is a TOML file of a few lines: where the array is (.npy, TIFF, or numbers alone),
    what its axes are, wavelengths and distances. docs/acquisition.md shows one. OUT is a new HDF5
    file, which octome process takes.
    """
    from octome.formats.laboratory_scan import read_laboratory_scan
    from octome.octa.acquisition_file import write_acquisition

    require_new(out, AcquisitionUnwritable)
    with progress(f"Importing {description}") as update:
        acquisition = read_laboratory_scan(description, allow_outside=allow_outside)
        data = facts(acquisition, out)
        if dry_run:
            update("the first B-scan", 0.0)
            data["dispersion_rad"] = draw_first(acquisition, out)
        else:
            write_acquisition(
                out,
                acquisition,
                replaces=False,
                progress=lambda done, total: update(f"B-scan {done} of {total}", done / total),
            )
    if as_json:
        print_json(data)
        return
    axes = "samples" if acquisition.spectra is not None else "rows"
    b, r, *rest = data["shape"]
    x, deep = rest if acquisition.spectra is not None else reversed(rest)
    click.echo(f"{out}: {'the first of' if dry_run else ''} {b} B-scans".replace("  ", " "))
    click.echo(f"  {r} repeat{'s' * (r != 1)} of {x} A-scans of {deep} {axes} ({data['content']})")
    click.echo(f"  field: {data['field_mm'][0]} x {data['field_mm'][1]} mm")
    click.echo(f"  depth: {data['rows']} rows of {data['axial_um']} um in tissue")
    if data.get("dispersion_rad"):
        click.echo("  dispersion: " + ", ".join(f"{c:.2f}" for c in data["dispersion_rad"]))
    if data["process_needs"]:
        click.echo(
            f"  octome process will need {', '.join(data['process_needs'])}, or profile, acquired "
            "and laterality in DESCRIPTION"
        )


def facts(acquisition: RawAcquisition, out: Path) -> dict[str, Any]:
    """What was understood."""
    from octome.pipeline.chain_metadata import not_stated

    shape, g = tuple(int(n) for n in acquisition.recorded.shape), acquisition.geometry
    is_spectra = acquisition.spectra is not None
    metadata = acquisition.metadata
    lacking = not_stated(acquisition.laterality, metadata.get("acquired"), metadata)
    ascans = shape[2] if is_spectra else shape[3]
    return {
        "file": str(out),
        "content": "spectra" if is_spectra else "B-scans",
        "shape": shape,
        "rows": shape[3] // 2 if is_spectra else shape[2],
        "field_mm": [round(shape[0] * g.bscan_mm, 4), round(ascans * g.ascan_mm, 4)],
        "axial_um": round(g.axial_um, 4),
        "laterality": acquisition.laterality,
        "process_needs": [f"--{name}" for name in lacking],
    }


def draw_first(acquisition: RawAcquisition, out: Path) -> list[float]:
    """Draw the first B-scan; the dispersion that it was reconstructed with."""
    import numpy as np
    from PIL import Image

    from octome.octa.angiography import reconstructed
    from octome.octa.picture import bscan_picture

    bscans, calibration = reconstructed(acquisition, count=1)
    amplitude = np.abs(bscans[0]).mean(axis=0)
    picture = bscan_picture(
        amplitude,
        axial_mm=acquisition.geometry.axial_mm,
        ascan_mm=acquisition.geometry.ascan_mm,
    )
    write_picture(out, Image.fromarray(picture), AcquisitionUnwritable)
    return list(calibration.dispersion) if calibration else []
