"""The commands that look things up in the Standard."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octome.cli.options import edition_option, json_option, words_of
from octome.cli.output import print_json, shown_width, style
from octome.errors import OctomeError, UnknownPath

if TYPE_CHECKING:
    from octome.standard.library import Library
    from octome.standard.model.page import Page

ORDERS = ("standard", "name", "kind")


def open_with_progress() -> Library:
    """The library, with a progress bar on a terminal if it has to be compiled first."""
    from octome.standard.library import open_library

    if not sys.stderr.isatty():
        return open_library(notify=lambda line: click.echo(line, err=True))
    from octome.terminal.progress import ProgressBar

    with ProgressBar() as bar:
        return open_library(progress=bar.update, notify=bar.begin)


def print_page(page: Page, *, as_json: bool, is_unfolded: bool = False) -> None:
    """Show a page on standard output; `is_unfolded`: with every line of a comparison."""
    if sys.stdout is None:
        raise OctomeError("standard output is closed: the page cannot be written")
    if as_json:
        from octome.standard.json_data import page_data

        print_json(page_data(page))
        return
    from octome.terminal.render import Renderer

    shown = Renderer(shown_width(), style, is_unfolded=is_unfolded)
    click.echo(shown.page(page), nl=False)
    sys.stdout.flush()


def complete_path(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The paths that begin with the typed text, each up to its next slash."""
    from octome.standard.library import open_library

    try:
        with open_library() as library:
            return library.completions(words_of(incomplete))
    except OctomeError:
        return []  # an error cannot be shown while completing


@click.command()
@click.argument("path", shell_complete=complete_path)
@edition_option
@click.option(
    "--order",
    default="standard",
    type=click.Choice(ORDERS),
    help="The order of the list of CIODs.",
    show_default=True,
)
@click.option("--group", default="", help="A group of the list of attributes, such as 0022.")
@json_option
def show(path: str, edition: str | None, order: str, group: str, *, as_json: bool) -> None:
    """Print the page of the Standard at PATH.

    \b
    ciods                       all CIODs (kinds of instances)
    ciods/ct-image              one CIOD, with its modules
    modules/patient             a module, with its attributes
    attributes/PixelSpacing     an attribute, and where it is used
    sections/C.7.6.1.1.2        a section of PS3.3
    context-groups/4271         a context group of PS3.16
    codes/DCM/121071            a code, with its definition and context groups
    templates/1500              a template of PS3.16
    uids, sop-classes, transfer-syntaxes, editions

    An address copied from octome browse is a path too.
    """  # noqa: D301 (click does not wrap the lines after the mark)
    from octome.web.address import page_for, split_address

    path, query = split_address(words_of(path))
    given = {"order": order, "group": group} | ({"edition": edition} if edition else {})
    with open_with_progress() as library:
        print_page(page_for(library, path, given | query), as_json=as_json)


@click.command()
@click.argument("words", nargs=-1, required=True)
@edition_option
@click.option(
    "--limit",
    "-n",
    default=30,
    type=click.IntRange(1, 200),
    help="How many to list at most.",
    show_default=True,
)
@click.option(
    "--kind",
    help="Only one kind of result, such as CIOD; the error for an unknown one names all.",
)
@json_option
def search(
    words: tuple[str, ...], edition: str | None, limit: int, kind: str | None, *, as_json: bool
) -> None:
    """Search the Standard for WORDS: names, keywords, tags, UIDs, section numbers, text."""
    with open_with_progress() as library:
        page = library.search(words_of(" ".join(words)), edition, limit, kind)
        print_page(page, as_json=as_json)


@click.command()
@click.argument("older")
@click.argument("newer")
@click.argument("path", default="", shell_complete=complete_path)
@click.option(
    "--all",
    "is_unfolded",
    is_flag=True,
    help="List each attribute, also those of a new sequence or of one macro.",
)
@json_option
def diff(older: str, newer: str, path: str, *, is_unfolded: bool, as_json: bool) -> None:
    """Show what changed between two editions: in all, in one list, or in the thing at PATH.

    \b
    diff 2024a 2026b                        how much of each kind
    diff 2024a 2026b modules                a list: ciods, modules, macros, attributes,
                                            uids, context-groups, templates,
                                            confidentiality, parts/3
    diff 2024a 2026b modules/ct-image       one of them
    diff 2024a 2026b attributes/PixelSpacing
    diff 2024a 2026b parts/7/9.3            a section with all within it, by paragraphs
    diff 2024a 2026b codes/DCM/121071       a code; uids/<uid> is a UID
    """  # noqa: D301 (click does not wrap the lines after the mark)
    with open_with_progress() as library:
        page = library.at(f"/editions/{older}..{newer}/{path.strip('/')}")
        print_page(page, as_json=as_json, is_unfolded=is_unfolded)


def check_page(library: Library, address: str) -> None:
    """Raise for an address without a page in the browser.

    Raises
    ------
    UnknownPath, UnknownEdition, UnknownOption
        There is no such page.
    """
    from octome.web.address import page_for, split_address
    from octome.web.url import INSPECTOR

    path, query = split_address(address)
    if path.strip("/") == INSPECTOR.strip("/"):
        return
    try:
        page_for(library, path.removesuffix(".json"), query)
    except UnknownPath:
        if not Path(address).is_file():
            raise
        raise UnknownPath(
            f"{address} is a file, not a page: inspect it at {INSPECTOR} (octome browse inspect), "
            "or with octome check",
            path=address,
        ) from None


@click.command()
@click.argument("path", default="/ciods", shell_complete=complete_path)
@click.option(
    "--port",
    default=8571,
    type=click.IntRange(0, 65535),
    show_default=True,
    help="If it is taken, a free one is used.",
)
@click.option("--open/--no-open", "opens", default=True, help="Open a web browser.")
def browse(path: str, port: int, *, opens: bool) -> None:
    """Open the Standard in a web browser, at PATH.

    A DICOM file can be inspected there too. Only this machine can connect.
    """
    from octome.web.server import serve

    with open_with_progress() as library:
        check_page(library, words_of(path))
        serve(library, path, port, opens=opens, notify=click.echo)
