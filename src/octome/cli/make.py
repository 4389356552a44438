"""The command that writes an instance of any CIOD."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from octome.cli.options import FILE, edition_option, json_option, words_of
from octome.cli.standard import open_with_progress
from octome.errors import InstanceUnwritable, OctomeError

STANDARD_OUTPUT = Path("-")


def complete_ciod(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of CIODs that begin with the typed text."""
    from octome.standard.library import open_library

    try:
        with open_library() as library:
            words = words_of(incomplete)
            return [ciod.id for ciod in library.ciods() if ciod.id.startswith(words)]
    except OctomeError:
        return []  # an error cannot be shown while completing


@click.command()
@click.argument("ciod", shell_complete=complete_ciod)
@click.option("--out", type=FILE, help="A new file, or - for standard output.  [CIOD.dcm]")
@click.option("--all-optional", is_flag=True, help="Add every optional attribute, two levels deep.")
@click.option(
    "--seed", default=0, type=click.IntRange(0), help="Another number gives other UIDs and dates."
)
@click.option("--sop-class", metavar="UID", help="Which SOP Class, if the CIOD has several.")
@edition_option
@json_option
def make(
    ciod: str,
    out: Path | None,
    sop_class: str | None,
    edition: str | None,
    *,
    all_optional: bool,
    seed: int,
    as_json: bool,
) -> None:
    """Make a small conformant test instance of CIOD, with clearly artificial values.

    CIOD is an id or a name (ct-image), or the UID or name of a SOP Class. The same seed gives the
    same bytes.
    """
    from octome.conformance.check.checker import Checker
    from octome.conformance.synthesis.file import encoded_instance
    from octome.conformance.synthesis.instance import make as made
    from octome.conformance.synthesis.target import target_named

    with open_with_progress() as library:
        checker = Checker(library, edition)
        target = target_named(checker.book, words_of(ciod))
        uid = words_of(sop_class) if sop_class else target.sop_class
        path = out or Path(f"{target.ciod}.dcm")
        if path != STANDARD_OUTPUT and path.exists():
            raise _taken(path)
        ds = made(checker.book, target.ciod, sop_class=uid, all_optional=all_optional, seed=seed)
        content = encoded_instance(ds)
        report = checker.check(content, str(path))
    write(path, content)
    data: dict[str, Any] = {
        "file": str(path),
        "ciod": report.ciod,
        "title": report.title,
        "sop_class_uid": report.sop_class_uid,
        "sop_class": report.sop_class,
        "edition": report.edition,
        "seed": seed,
        "all_optional": all_optional,
        "bytes": len(content),
        "attributes": sum(1 for _ in ds.iterall()),
        "violations": report.count("violation"),
    }
    line = (
        f"{path}: {report.title} ({report.sop_class}), {data['attributes']} attributes, "
        f"{len(content):,} bytes, {data['violations']} violations of edition {report.edition}"
    )
    # With `--out -`, standard output is the instance.
    click.echo(
        json.dumps(data, ensure_ascii=False) if as_json else line, err=path == STANDARD_OUTPUT
    )


def write(path: Path, content: bytes) -> None:
    """Write a new file, whole or not at all; `-` is standard output.

    Raises
    ------
    InstanceUnwritable
        The file exists, or the system cannot write it.
    """
    from octome.files import new_file

    if path == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        with new_file(path) as file:
            file.write(content)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {path}: {error.strerror}", path=str(path)
        ) from error


def _taken(path: Path) -> InstanceUnwritable:
    return InstanceUnwritable(
        f"{path} already exists and is not overwritten: choose another name with --out",
        path=str(path),
    )
