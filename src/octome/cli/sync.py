"""octome sync: fetch editions of the Standard."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import json_option, replace_option
from octome.cli.output import note, print_json, progress
from octome.errors import OctomeError, StoreUnavailable, SyncFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octome.standard.sources.records import Problem
    from octome.standard.synced import Synced

MOST_PARTS = 99
MOST_LINES = 3
"""More problems than this are counted, and listed by `octome editions show`."""


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...")
@click.option(
    "--from",
    "origin",
    metavar="FOLDER|URL",
    help="A mirror of the official site, or a folder of files: DocBook, or those of "
    "innolitics/dicom-standard.",
)
@click.option("--parts", metavar="3,6", help="Only these parts; 3-6 are all from 3 to 6.")
@replace_option
@json_option
def sync(
    editions: tuple[str, ...],
    origin: str | None,
    parts: str | None,
    *,
    replaces: bool,
    as_json: bool,
) -> None:
    """Fetch EDITIONs of the Standard (2024a, 2026c) in full; the newest one if none is named.

    The official DocBook comes from dicom.nema.org. An interrupted fetch goes on where it stopped;
    an edition that is here already is fetched again only where it has changed. A proxy is taken
    from HTTPS_PROXY, the certificate of a network from SSL_CERT_FILE.
    """
    from octome.standard.counted import counted
    from octome.standard.sync import PARTS, SITE

    chosen = PARTS if parts is None else tuple(parts_of(parts))
    done: list[dict[str, Any]] = []
    failed: list[OctomeError] = []
    for edition in editions or ("current",):
        try:
            at = SITE if origin is None else origin
            result, problems = fetched(edition, at, chosen, replaces=replaces)
            found = {"problems": [problem._asdict() for problem in problems]}
            done.append(asdict(result) | found)
            if not as_json:
                show(result, [each for each in problems if is_about(each, chosen)])
        except OctomeError as error:
            failed.append(error)
            if len(editions) > 1:
                note(str(error))
    if as_json and done:
        print_json(done)
    if failed and len(editions) > 1:
        raise SyncFailed(
            f"{counted(len(failed), 'edition')} of {len(editions)} could not be fetched",
            failed=[error.as_data() for error in failed],
        )
    if failed:
        raise failed[0]


def parts_of(words: str) -> Iterator[int]:
    """The numbers of a list such as `3,6` or `3-6,15`.

    Raises
    ------
    SyncFailed
        It is another kind of list.

    Examples
    --------
    >>> list(parts_of("3, 5-7"))
    [3, 5, 6, 7]
    """
    for word in words.split(","):
        first, dash, last = (one.strip() for one in word.partition("-"))
        last = last if dash else first
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= MOST_PARTS):
            raise SyncFailed(f"--parts is a list of numbers, such as 3,6 or 3-6; not {words!r}")
        yield from range(int(first), int(last) + 1)


def fetched(
    edition: str, origin: str, parts: Sequence[int], *, replaces: bool
) -> tuple[Synced, list[Problem]]:
    """Fetch one edition and compile it; what was done, and all its problems."""
    from octome.standard.edition_folder import kept_edition
    from octome.standard.edition_store import open_edition, stored_problems
    from octome.standard.sync import sync as fetch

    try:
        with progress(f"Fetching {edition}") as update:
            result = fetch(
                edition, origin, parts=parts, replaces=replaces, progress=update, notify=note
            )
    except KeyboardInterrupt:
        note("what was received is kept: the same command continues from there")
        raise
    try:
        with progress(f"Preparing {result.edition}") as update:
            store = open_edition(kept_edition(result.edition), progress=update)
    except StoreUnavailable as error:
        raise SyncFailed(
            f"edition {result.edition} is kept, but cannot be compiled: {error}"
        ) from error
    problems = stored_problems(store)
    store.close()
    return result, problems


def is_about(problem: Problem, parts: Sequence[int]) -> bool:
    """Whether a problem is of the requested parts, and is not that one of them is missing."""
    from octome.standard.problem_groups import is_missing_part, is_of

    if problem.part:
        return problem.part in parts
    return is_of(problem.words, parts) and not is_missing_part(problem)


def show(result: Synced, problems: Sequence[Problem]) -> None:
    """Print what was done, and on standard error what is missing."""
    from octome.standard.counted import counted
    from octome.standard.problem_groups import grouped, spelled

    if result.is_new:
        what = "part" if all(map(str.isdecimal, result.parts)) else "file"
        parts, figures = counted(len(result.parts), what), counted(result.figures, "figure")
        click.echo(f"{result.edition}: {parts}, {figures}, {result.size / 1e6:.1f} MB")
    else:
        click.echo(f"{result.edition}: already up to date")
    if result.missing:
        what = "part" if len(result.missing) == 1 else "parts"
        note(f"the source has no {what} {spelled(result.missing)}")
    lines = grouped(problems)
    if len(lines) <= MOST_LINES:
        for line in lines:
            note(line)
    else:
        note(
            f"{counted(len(problems), 'thing')} missing or not understood: octome editions show "
            f"{result.edition} --problems lists them"
        )
