"""octome editions: the editions that are here, and what to do with those that were fetched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, json_option, replace_option
from octome.cli.output import note, print_json, print_lines, progress
from octome.cli.standard import open_with_progress, print_page
from octome.errors import UnknownEdition

if TYPE_CHECKING:
    from octome.standard.edition_folder import EditionFolder
    from octome.standard.sources.records import Problem


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
    from octome.standard.counted import counted
    from octome.standard.edition import UNNAMED, usual_name
    from octome.standard.edition_folder import edition_folders, kept_edition
    from octome.standard.problem_groups import grouped, is_missing_part

    if usual_name(edition) == UNNAMED and not edition_folders():
        with open_with_progress() as library:
            current = library.edition()
        raise UnknownEdition(
            f"current is {current} of the installed packages, which was not fetched: octome "
            "editions says what it holds",
            edition=current,
        )
    folder = kept_edition(edition)
    about = _about(folder)
    found = _problems(folder) if problems else []
    if as_json:
        listed = {"problems": [problem._asdict() for problem in found]} if problems else {}
        print_json(about | listed)
        return
    shown = {
        "edition": folder.edition,
        "from": about["origin"],
        "fetched": about["date"][:10],
        "parts": folder.manifest.spelled_parts.partition(" ")[2],
        "figures": about["figures"],
        "size": f"{about['bytes'] / 1e6:.1f} MB",
    }
    print_lines(f"{key:<8} {value}" for key, value in shown.items())
    if found:
        lines = grouped(found)
        parts = sum(map(is_missing_part, found))
        counts = [counted(parts, "part")] * bool(parts)
        counts += [counted(len(found) - parts, "thing")] * (len(found) > parts)
        click.echo(f"\n{' and '.join(counts)} missing or not understood:")
        print_lines(f"  {line}" for line in lines)
        if len(lines) < len(found):
            note("--json lists each of them")
    elif problems:
        click.echo("\nNothing is missing, and everything was understood.")


def _about(folder: EditionFolder) -> dict[str, Any]:
    manifest = folder.manifest
    return {
        "edition": manifest.edition,
        "origin": manifest.origin,
        "date": manifest.date,
        "parts": list(manifest.parts),
        "figures": len(manifest.figures),
        "bytes": manifest.size,
    }


def _problems(folder: EditionFolder) -> list[Problem]:
    """What its source lacks or was not understood, as its store has it."""
    from octome.standard.edition_store import open_edition, stored_problems

    with progress(f"Opening edition {folder.edition}") as update:
        store = open_edition(folder, progress=update)
    found = stored_problems(store)
    store.close()
    return found


@editions.command()
@click.argument("edition")
@json_option
def remove(edition: str, *, as_json: bool) -> None:
    """Remove a fetched EDITION from this machine."""
    from octome.standard.edition_folder import kept_edition
    from octome.standard.edition_lock import locked_editions
    from octome.standard.edition_store import remove_stores

    with locked_editions(note):
        folder = kept_edition(edition)
        folder.remove()
        remove_stores(folder.edition)
    if as_json:
        print_json({"removed": folder.edition})
    else:
        click.echo(f"{folder.edition}: removed")


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
    edition = folder.edition
    require_new(file, SyncFailed)
    if facts:
        with progress(f"Reading edition {edition}"):
            records = source_of(folder).read(edition)
        export_facts(folder, records, file)
    else:
        export_edition(folder, file)
    if as_json:
        print_json({"edition": edition, "file": str(file), "bytes": file.stat().st_size})
    else:
        click.echo(f"{file}: edition {edition}, {file.stat().st_size / 1e6:.1f} MB")


@editions.command()
@click.argument("file", type=FILE)
@replace_option
@json_option
def add(file: Path, *, replaces: bool, as_json: bool) -> None:
    """Add the edition of a FILE that octome editions export wrote."""
    from octome.standard.counted import counted
    from octome.standard.edition_archive import add_edition
    from octome.standard.edition_folder import kept_edition
    from octome.standard.edition_store import open_edition

    with progress(f"Adding {file}") as update:
        added = add_edition(file, replaces=replaces, progress=update, notify=note)
        open_edition(kept_edition(added.edition), progress=update).close()
    if as_json:
        print_json({"edition": added.edition, "parts": list(added.parts)})
    else:
        what = "part" if added.layout == "docbook" else "file"
        click.echo(f"{added.edition}: added, {counted(len(added.parts), what)}")
