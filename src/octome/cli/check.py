"""The command that checks instances against the Standard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
@json_option
def check(
    files: tuple[Path | str, ...],
    edition: str | None,
    output_format: str,
    processes: int | None,
    *,
    everything: bool,
    each: bool | None,
    as_json: bool,
) -> None:
    """List where the DICOM instances in FILES depart from the Standard.

    Folders are searched for DICOM files, gzip and zip files are unpacked, and - is standard input.
    DICOM JSON and XML are read too, and the instances at an address of DICOMweb
    (https://example.org/dicom-web/studies/1.2.3).

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
    if output_format == "text" and not as_json:
        _print_text(checked, everything=everything, each=each)
    else:
        _print_data(checked, output_format)
    if checked.refused or not checked.reports:
        if not checked.refused:
            note(printable(f"no DICOM instance in {', '.join(map(str, files))}"))
        sys.exit(2)
    sys.exit(0 if all(report.is_conformant for report in checked.reports) else 1)


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


def _print_data(checked: Checked, output_format: str) -> None:
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
    print_json_list("reports", map(report_data, checked.reports), rest)
