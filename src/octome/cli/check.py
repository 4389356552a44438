"""The command that checks instances against the Standard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octome.cli.options import edition_option, json_option
from octome.cli.output import (
    Update,
    note,
    print_json,
    print_json_list,
    print_lines,
    progress,
    shown_width,
    style,
)
from octome.cli.standard import open_with_progress
from octome.errors import printable
from octome.garbage import no_garbage_collection

if TYPE_CHECKING:
    from octome.conformance.check.finding import Outcome
    from octome.conformance.check.many import Checked, Progress
    from octome.pipeline.recomputed import Recomputed

LISTED: tuple[Outcome, ...] = ("violation", "warning")
WEB = ("https://", "http://")
# With more files than this only the overview is printed, unless --each is given.
MOST_LISTED = 10
MOST_REFUSED = 20


def _sources(
    _ctx: click.Context, _argument: click.Parameter, words: tuple[str, ...]
) -> tuple[Path | str, ...]:
    """Paths, and addresses as text: a path would lose one of two slashes."""
    return tuple(word if word.lower().startswith(WEB) else Path(word) for word in words)


@click.command()
@click.argument("files", nargs=-1, required=True, callback=_sources)
@edition_option
@click.option("--all", "everything", is_flag=True, help="List undecided findings and notes too.")
@click.option(
    "--each/--overview", "each", default=None, help="List every file's findings, or only series."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="text is for people, the others for programs.",
)
@click.option(
    "--processes",
    "-j",
    type=click.IntRange(1, 256),
    help="How many processes; by default one for each processor.",
)
@click.option(
    "--recompute",
    is_flag=True,
    help="Also compute the en face images of OCT angiographies again, from their folder.",
)
@json_option
def check(
    files: tuple[Path | str, ...],
    edition: str | None,
    output_format: str,
    processes: int | None,
    *,
    everything: bool,
    each: bool | None,
    recompute: bool,
    as_json: bool,
) -> None:
    """List where the DICOM instances in FILES depart from the Standard.

    Folders are searched for DICOM files, gzip and zip files are unpacked, and - is standard input.
    DICOM JSON and XML are read too, and the instances at an address of DICOMweb
    (https://example.org/dicom-web/studies/1.2.3).

    With --recompute, each en face image in a folder is computed again from the volume and the
    surfaces that it names there, and how far off its pixels are is listed.

    For more than 10 files, the attributes of each series are listed, with the number of files. Exit
    status: 0 no violations, 1 violations, 2 a file or folder could not be read.
    """
    with no_garbage_collection():  # as much is created as is kept
        from octome.conformance.check.checker import Checker
        from octome.conformance.check.many import check_many

        library = open_with_progress()
    with library:
        checker = Checker(library, edition)
        with _progress() as update:
            checked = check_many(files, checker, processes=processes, progress=update)
    for error in checked.refused[:MOST_REFUSED]:
        note(str(error))
    if len(checked.refused) > MOST_REFUSED:
        note(f"and {len(checked.refused) - MOST_REFUSED:,} more that cannot be read")
    again = _recomputed(files) if recompute else []
    if output_format == "text" and not as_json:
        _print_text(checked, everything=everything, each=each)
        print_lines(_recomputed_lines(again))
    else:
        _print_data(checked, output_format, again if recompute else None)
    if checked.refused or not checked.reports:
        if not checked.refused:
            note(printable(f"no DICOM instance in {', '.join(map(str, files))}"))
        sys.exit(2)
    is_off = any(image.is_off for _, image in again)
    sys.exit(1 if is_off or not all(report.is_conformant for report in checked.reports) else 0)


def _recomputed(files: tuple[Path | str, ...]) -> list[tuple[Path, Recomputed]]:
    """The en face images of each folder, computed again."""
    from octome.pipeline.recomputed import recomputed_images

    folders = [file for file in files if isinstance(file, Path) and file.is_dir()]
    if not folders:
        note("--recompute needs the folder of a study, with its volumes and surfaces")
    return [(folder, image) for folder in folders for image in recomputed_images(folder)]


def _recomputed_lines(again: list[tuple[Path, Recomputed]]) -> Iterator[str]:
    if not again:
        return
    from octome.pipeline.recomputed import recomputed_lines

    yield "En face images, computed again:"
    yield from recomputed_lines([image for _, image in again])


@contextmanager
def _progress() -> Iterator[Progress]:
    """Progress on a terminal, if there are many files."""
    with ExitStack() as stack:
        bars: list[Update] = []

        def update(done: int, count: int) -> None:
            if count < MOST_LISTED:
                return
            if not bars:
                bars.append(stack.enter_context(progress(f"Checking {count:,} files.")))
            bars[0](f"{done:,} of {count:,}", done / count)

        yield update


def _print_text(checked: Checked, *, everything: bool, each: bool | None) -> None:
    from octome.conformance.check.finding import OUTCOMES
    from octome.terminal.check_report import overview_lines, report_lines

    shown = OUTCOMES if everything else LISTED
    reports = checked.reports
    is_each = each or (each is None and len(reports) <= MOST_LISTED)
    if is_each:
        for number, report in enumerate(reports):
            click.echo("\n" * bool(number), nl=False)
            print_lines(report_lines(report, shown, style, shown_width()))
    if len(reports) > 1:
        click.echo("\n" * bool(is_each), nl=False)
        print_lines(overview_lines(checked, shown, style, shown_width()))
    if checked.skipped:
        is_one = checked.skipped == 1
        others = "file is not a DICOM instance" if is_one else "files are not DICOM instances"
        click.echo(f"{checked.skipped:,} other {others}")


def _print_data(
    checked: Checked, output_format: str, again: list[tuple[Path, Recomputed]] | None
) -> None:
    from octome.conformance.check.report_data import junit, report_data, sarif, series_data

    if output_format == "junit":
        click.echo(junit(checked.reports, checked.refused), nl=False)
        return
    if output_format == "sarif":
        from importlib.metadata import version

        print_json(sarif(checked.reports, checked.refused, version("octome")))
        return
    rest = {
        "refused": [error.as_data() for error in checked.refused],
        "skipped": checked.skipped,
        "series": series_data(checked),
    }
    if again is not None:
        rest["recomputed"] = [
            {"folder": str(folder), **asdict(image), "is_off": image.is_off}
            for folder, image in again
        ]
    print_json_list("reports", map(report_data, checked.reports), rest)
