"""The command that holds instances against the Standard."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octome.cli.options import FILE, edition_option, json_option
from octome.cli.standard import STYLES, open_with_progress, shown_width

if TYPE_CHECKING:
    from octome.conformance.check.many import Checked, Progress

LISTED = ("violation", "warning")
# With more files than this only the overview is printed, unless --each asks for all.
MOST_LISTED = 10


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@edition_option
@click.option("--all", "everything", is_flag=True, help="List what is undecided or noted too.")
@click.option("--each/--overview", "each", default=None, help="Each file's findings, or the sum.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit"]),
    default="text",
    show_default=True,
    help="For people, or for other programs.",
)
@click.option("--processes", "-j", type=click.IntRange(1, 256), help="As many as processors.")
@json_option
def check(
    files: tuple[Path, ...],
    edition: str | None,
    form: str,
    processes: int | None,
    *,
    everything: bool,
    each: bool | None,
    as_json: bool,
) -> None:
    """Say where the instances in FILES depart from the Standard; folders are walked.

    Exit status: 0 no violation, 1 violations, 2 a file could not be checked.
    """
    from octome.conformance.check.checker import Checker
    from octome.conformance.check.many import check_many

    with open_with_progress() as library:
        checker = Checker(library, edition)
        with _progress() as progress:
            checked = check_many(files, checker, processes=processes, progress=progress)
    for error in checked.refused:
        click.echo(f"octome: {error}", err=True)
    if form == "text" and not as_json:
        _print_text(checked, everything=everything, each=each)
    else:
        _print_data(checked, form)
    if checked.refused or not checked.reports:
        if not checked.refused:
            click.echo(f"octome: no DICOM instance in {', '.join(map(str, files))}", err=True)
        sys.exit(2)
    sys.exit(0 if all(report.is_conformant for report in checked.reports) else 1)


class _progress:  # noqa: N801 (used as a function)
    """Progress on a terminal; silence in a pipe."""

    def __enter__(self) -> Progress:
        from octome.terminal.progress import ProgressBar

        self._bar = ProgressBar()
        self._is_shown = False
        return self._update

    def _update(self, done: int, all_: int) -> None:
        if not sys.stderr.isatty() or all_ < MOST_LISTED:
            return
        if not self._is_shown:
            self._bar.say(f"Checking {all_:,} files.")
            self._is_shown = True
        self._bar.update(f"{done:,} of {all_:,}", done / all_)

    def __exit__(self, *_: object) -> None:
        if self._is_shown:
            self._bar.__exit__(None, None, None)


def _print_text(checked: Checked, *, everything: bool, each: bool | None) -> None:
    from octome.conformance.check.finding import OUTCOMES
    from octome.terminal.check import overview_lines, report_lines

    def style(text: str, part: str) -> str:
        return click.style(text, **STYLES[part])

    shown = OUTCOMES if everything else LISTED
    reports = checked.reports
    if each or (each is None and len(reports) <= MOST_LISTED):
        for number, report in enumerate(reports):
            click.echo("\n" * bool(number), nl=False)
            for line in report_lines(report, shown, style, shown_width()):
                click.echo(line)
    if len(reports) > 1:
        click.echo()
        for line in overview_lines(reports, style):
            click.echo(line)
    if checked.skipped:
        is_one = checked.skipped == 1
        others = (
            "other file is no DICOM instance" if is_one else "other files are no DICOM instances"
        )
        click.echo(f"{checked.skipped:,} {others}")


def _print_data(checked: Checked, form: str) -> None:
    from octome.conformance.check.report_data import junit, report_data, sarif

    if form == "junit":
        click.echo(junit(checked.reports), nl=False)
        return
    if form == "sarif":
        from importlib.metadata import version

        data: object = sarif(checked.reports, version("octome"))
    else:
        data = {
            "reports": [report_data(report) for report in checked.reports],
            "refused": [error.as_data() for error in checked.refused],
            "skipped": checked.skipped,
        }
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
