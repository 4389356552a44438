"""The command that de-identifies instances."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, edition_option, json_option
from octome.cli.output import note, print_json, progress, require_new
from octome.cli.standard import open_with_progress
from octome.deidentification.options import CLEANED, RETAINED, Options
from octome.errors import InstanceUnwritable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octome.deidentification.folder import Deidentified
    from octome.deidentification.leftover import Leftover

MOST_LISTED = 20


@click.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.argument("out", type=FILE)
@click.option(
    "--retain",
    multiple=True,
    type=click.Choice(RETAINED),
    help="What stays: an option of the profile. Repeatable.",
)
@click.option(
    "--clean",
    multiple=True,
    type=click.Choice(CLEANED),
    help="What is cleaned, not removed: an option of the profile. Repeatable.",
)
@click.option(
    "--secret-file",
    type=FILE,
    help="16 bytes or more that nobody can guess: with the same secret, patients and studies get "
    "the same pseudonyms in every run. A random one otherwise.",
)
@click.option(
    "--keep-mapping",
    type=FILE,
    metavar="FILE",
    help="Write which pseudonym stands for what. With this file it can all be undone.",
)
@click.option(
    "--keep-burned-in",
    is_flag=True,
    help="Also write instances that state that there is text in their pixels.",
)
@click.option(
    "--keep-leftovers", is_flag=True, help="Write OUT even if something identifying is left."
)
@edition_option
@json_option
def deidentify(
    paths: Sequence[Path], out: Path, edition: str | None, *, as_json: bool, **chosen: Any
) -> None:
    """De-identify the DICOM files and folders PATHS into the new folder OUT.

    By the Basic Application Level Confidentiality Profile of PS3.15 Annex E and its options.
    Without options, names, dates, UIDs and descriptions are removed or replaced, and so is what
    identifies a device or an institution; private elements and Raw Data are left out. Files are
    named by their new UIDs. Pixels stay as they are.

    What was written is read again: if a value that was removed is still in it somewhere, OUT is not
    written, and each place is listed.

    Exit status: 0 nothing identifying was found, 1 something was, 2 it could not be done.
    """
    from octome.deidentification.folder import Request, deidentify
    from octome.deidentification.pseudonym import secret_of

    for new in (out, chosen["keep_mapping"]):
        if new is not None:
            require_new(new, InstanceUnwritable)
    secret = secret_of(chosen["secret_file"]) if chosen["secret_file"] else None
    try:
        options = Options(retain=frozenset(chosen["retain"]), clean=frozenset(chosen["clean"]))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    request = Request(
        paths=paths,
        out=out,
        options=options,
        secret=secret,
        mapping=chosen["keep_mapping"],
        burned_in_stays=chosen["keep_burned_in"],
        leftovers_stay=chosen["keep_leftovers"],
    )
    with open_with_progress() as library, progress(f"De-identifying into {out}") as update:
        done = deidentify(request, library, edition, update)
    if as_json:
        print_json(_data(done))
    else:
        _print(done, out)
    sys.exit(1 if done.leftovers else 0)


def _print(done: Deidentified, out: Path) -> None:
    if done.is_written:
        click.echo(f"{out}: {len(done.files)} instances, by Table E.1-1 of {done.table_edition}")
    for path, why in done.left_out:
        click.echo(f"  left out: {path}: {why}")
    for each in done.notes:
        note(each)
    for leftover in done.leftovers[:MOST_LISTED]:
        click.echo(f"  left in it: {_line(leftover)}")
    if len(done.leftovers) > MOST_LISTED:
        click.echo(f"  and {len(done.leftovers) - MOST_LISTED:,} more")
    if not done.is_written:
        note(f"{out} was not written: something identifying is left; --keep-leftovers writes it")


def _line(leftover: Leftover) -> str:
    where = "/".join(_tag(tag) for tag in leftover.where)
    what = f"{_tag(leftover.attribute)} of {leftover.original}"
    return f"{leftover.file}: {where} has what {what} had"


def _tag(tag: int) -> str:
    return f"({tag >> 16:04x},{tag & 0xFFFF:04x})"


def _data(done: Deidentified) -> dict[str, object]:
    return {
        "table_edition": done.table_edition,
        "written": done.is_written,
        "files": [{"original": str(path), "file": name} for path, name in done.files],
        "left_out": [{"original": str(path), "why": why} for path, why in done.left_out],
        "notes": list(done.notes),
        "leftovers": [
            {
                "file": each.file,
                "where": [f"{tag:08x}" for tag in each.where],
                "attribute": f"{each.attribute:08x}",
                "original": each.original,
            }
            for each in done.leftovers
        ],
    }
