"""The command that shows the whole chain on a simulated eye."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, enface_profile_option, json_option
from octome.cli.output import Update, print_json, print_lines, progress
from octome.cli.process import draw
from octome.cli.simulate import SIZE_HELP, scan_of, simulated_acquisition

if TYPE_CHECKING:
    from octome.instances.enface_profile import EnfaceProfile


@click.command()
@click.option("--out", type=FILE, default="octome-demo", show_default=True, help="Folder.")
@click.option("--seed", default=0, type=click.IntRange(0), show_default=True, help="Which eye.")
@click.option("--variant", default="normal", show_default=True, help="As in octome simulate.")
@click.option("--size", default="medium", show_default=True, help=SIZE_HELP)
@enface_profile_option
@json_option
def demo(out: Path, *, enface_profile: EnfaceProfile, as_json: bool, **eye: Any) -> None:
    """Simulate an eye, run the whole chain on it, and show the result.

    The folder gets the acquisition with its ground truth, every DICOM instance, and a picture of
    them.
    """
    from octome.pipeline.chain import process
    from octome.pipeline.request import Request
    from octome.pipeline.study_tree import as_data, as_lines, study_tree

    begin = time.perf_counter()
    variant, seed, size = eye["variant"], eye["seed"], eye["size"]
    stem = f"{variant}-{size}-{seed}"
    scan, chain = out / f"{stem}.h5", out / stem
    title = f"A simulated eye ({variant}, seed {seed}), from raw spectra to DICOM"
    with progress(title) as update:
        if not scan.exists():
            simulate(scan, variant, seed, size, update)
        results = process(
            scan,
            chain,
            Request(with_height_map=True, enface_profile=enface_profile),
            lambda step, share: update(step, 0.4 + 0.55 * share),
        )
        update("the picture", 0.95)
        sheet = out / f"{stem}.png"
        # It may replace its own picture of an earlier run into the same folder.
        draw(chain, results, f"Simulated eye: {variant}, seed {seed}", sheet, replaces=True)
    leaves = study_tree(chain)
    seconds = time.perf_counter() - begin
    if as_json:
        answer: dict[str, Any] = {
            "acquisition": str(scan),
            "folder": str(chain),
            "sheet": str(sheet),
            "seconds": round(seconds, 2),
            "instances": as_data(leaves),
        }
        print_json(answer)
        return
    print_lines(as_lines(leaves))
    new = sum(each.is_new for each in results)
    click.echo(
        f"\n{new} instances written, {len(results) - new} already existed, in {seconds:.0f} s"
    )
    click.echo(f"look at   {sheet}")
    click.echo("and try")
    for line in (
        f"octome enface {chain} --upper ILM --lower IPL+10um --projection max --picture max.png",
        f"octome segment {chain}",
        f"octome process {scan} another-folder --algorithm ssada --compress htj2k",
        "octome show ciods/ophthalmic-optical-coherence-tomography-en-face-image",
        "octome browse",
    ):
        click.echo(f"  {line}")


def simulate(scan: Path, variant: str, seed: int, size: str, update: Update) -> None:
    """Write the acquisition of a simulated eye."""
    from octome.errors import AcquisitionUnwritable
    from octome.files import new_folder
    from octome.octa.acquisition_file import write_acquisition
    from octome.octa.phantom.eye import SimulatedEye

    update("simulating the eye", 0.0)
    eye = SimulatedEye(variant, seed, **scan_of(size, None))
    try:
        new_folder(scan.parent)
    except OSError as error:
        raise AcquisitionUnwritable(
            f"cannot write {scan.parent}: {error.strerror}", path=str(scan.parent)
        ) from error
    write_acquisition(
        scan,
        simulated_acquisition(eye, "spectra"),
        truth=eye.truth,
        progress=lambda done, count: update("simulating the scan", 0.4 * done / count),
    )
