"""octome editions: the editions that are here, and what to do with those that were fetched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, json_option
from octome.cli.output import print_json
from octome.cli.standard import open_with_progress, print_page

if TYPE_CHECKING:
    from octome.standard.edition_folder import EditionFolder


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def editions(ctx: click.Context, *, as_json: bool) -> None:
    """List the editions of the Standard that are installed, and their sources."""
    if ctx.invoked_subcommand is None:
        with open_with_progress() as library:
            print_page(library.at("/editions"), as_json=as_json)


@editions.command()
@click.argument("edition")
@click.option("--problems", is_flag=True, help="List what was not understood or is missing.")
@json_option
def show(edition: str, *, problems: bool, as_json: bool) -> None:
    """Print where a fetched EDITION came from, its parts and its size."""
    from octome.standard.edition_folder import kept_edition

    about = _about(kept_edition(edition), with_problems=problems)
    if as_json:
        print_json(about)
        return
    for key, value in about.items():
        if key != "problems":
            shown = ", ".join(value) if isinstance(value, list) else value
            click.echo(f"{key:<8} {shown}")
    for problem in about.get("problems", ()):
        place = f"PS3.{problem['part']} {problem['anchor']}: " if problem["part"] else ""
        click.echo(f"{place}{problem['words']}")


def _about(folder: EditionFolder, *, with_problems: bool) -> dict[str, Any]:
    manifest = folder.manifest
    about: dict[str, Any] = {
        "edition": manifest.edition,
        "origin": manifest.origin,
        "date": manifest.date,
        "parts": list(manifest.parts),
        "figures": len(manifest.figures),
        "bytes": manifest.size,
    }
    if with_problems:
        from octome.standard.sources.docbook.source import source_of

        records = source_of(folder).read(manifest.edition)
        about["problems"] = [problem._asdict() for problem in records.problems]
    return about


@editions.command()
@click.argument("edition")
@json_option
def remove(edition: str, *, as_json: bool) -> None:
    """Remove a fetched EDITION from this machine."""
    from octome.standard.edition_folder import kept_edition, locked_editions

    with locked_editions():
        kept_edition(edition).remove()
    if as_json:
        print_json({"removed": edition})
    else:
        click.echo(f"{edition}: removed")


@editions.command()
@click.argument("edition")
@click.argument("file", type=FILE)
@click.option("--facts", is_flag=True, help="Without a sentence of the Standard's text.")
@json_option
def export(edition: str, file: Path, *, facts: bool, as_json: bool) -> None:
    """Write a fetched EDITION to FILE, for a machine without a network."""
    from octome.cli.output import require_new
    from octome.errors import SyncFailed
    from octome.standard.edition_archive import export_edition, export_facts
    from octome.standard.edition_folder import kept_edition
    from octome.standard.sources.docbook.source import source_of

    folder = kept_edition(edition)
    require_new(file, SyncFailed)
    if facts:
        export_facts(folder, source_of(folder).read(edition), file)
    else:
        export_edition(folder, file)
    if as_json:
        print_json({"edition": edition, "file": str(file), "bytes": file.stat().st_size})
    else:
        click.echo(f"{file}: edition {edition}, {file.stat().st_size / 1e6:.1f} MB")


@editions.command()
@click.argument("file", type=FILE)
@json_option
def add(file: Path, *, as_json: bool) -> None:
    """Add the edition of a FILE that octome editions export wrote."""
    from octome.standard.edition_archive import add_edition

    added = add_edition(file)
    if as_json:
        print_json({"edition": added.edition, "parts": list(added.parts)})
    else:
        click.echo(f"{added.edition}: added, {len(added.parts)} parts")
