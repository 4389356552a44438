"""The commands that ask the Standard."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from octome.cli.options import edition_option, json_option, words_of
from octome.errors import OctomeError

if TYPE_CHECKING:
    from octome.standard.library import Library
    from octome.standard.model import Page

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "head": {"bold": True, "fg": "cyan"},
    "dim": {"dim": True},
    "bad": {"bold": True, "fg": "red"},
    "warn": {"bold": True, "fg": "yellow"},
}
# A line longer than this is hard to read; in a pipe no line is broken, for grep to find it whole.
WIDEST = 110
UNBROKEN = 1_000_000
ORDERS = ("standard", "name", "kind")
# What of an address's query the pages take, beside the edition.
OPTIONS = {"order", "group", "q"}


def open_with_progress() -> Library:
    """The library, with a progress bar on a terminal if it has to be compiled first."""
    from octome.standard.library import open_library

    if not sys.stderr.isatty():
        return open_library(say=lambda line: click.echo(line, err=True))
    from octome.terminal.progress import ProgressBar

    with ProgressBar() as bar:
        return open_library(progress=bar.update, say=bar.say)


def shown_width() -> int:
    """How wide lines may be on standard output."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else UNBROKEN


def print_page(page: Page, *, as_json: bool) -> None:
    """Show a page on standard output."""
    if sys.stdout is None:
        raise OctomeError("there is no standard output to write the answer to")
    if as_json:
        from octome.standard.json_data import page_data

        click.echo(json.dumps(page_data(page), ensure_ascii=False, indent=2))
        return
    from octome.terminal.render import Renderer

    renderer = Renderer(shown_width(), lambda text, part: click.style(text, **STYLES[part]))
    click.echo(renderer.page(page), nl=False)
    sys.stdout.flush()


def complete_path(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The paths that an unfinished one may become: one more word of it."""
    from octome.standard.library import open_library

    try:
        with open_library() as library:
            return library.completions(words_of(incomplete))
    except OctomeError:
        return []  # in the middle of a line there is no place to say why


@click.command()
@click.argument("path", shell_complete=complete_path)
@edition_option
@click.option(
    "--order", default="standard", type=click.Choice(ORDERS), help="Of /ciods.", show_default=True
)
@click.option("--group", default="", help="Of /attributes: a group, as in 0022.")
@json_option
def show(path: str, edition: str | None, order: str, group: str, *, as_json: bool) -> None:
    """Show the page at PATH; its first slash may be left out."""
    path, _, query = words_of(path).partition("#")[0].partition("?")
    asked = dict(parse_qsl(query))
    options = {"order": order, "group": group} | {
        name: asked[name] for name in OPTIONS & asked.keys()
    }
    with open_with_progress() as library:
        print_page(library.at(path, asked.get("edition", edition), **options), as_json=as_json)


@click.command()
@click.argument("words", nargs=-1, required=True)
@edition_option
@click.option(
    "--limit",
    "-n",
    default=30,
    type=click.IntRange(1, 200),
    help="At most so many.",
    show_default=True,
)
@json_option
def search(words: tuple[str, ...], edition: str | None, limit: int, *, as_json: bool) -> None:
    """Search names, keywords, tags, UIDs, numbers and text for WORDS."""
    with open_with_progress() as library:
        page = library.search(words_of(" ".join(words)), edition, limit)
        print_page(page, as_json=as_json)


@click.command()
@json_option
def editions(*, as_json: bool) -> None:
    """List the editions that are here, and where they come from."""
    with open_with_progress() as library:
        print_page(library.at("/editions"), as_json=as_json)


@click.command()
@click.argument("older")
@click.argument("newer")
@click.argument("path", default="", shell_complete=complete_path)
@json_option
def diff(older: str, newer: str, path: str, *, as_json: bool) -> None:
    """Show what changed from edition OLDER to NEWER: everywhere, or at one CIOD or module."""
    with open_with_progress() as library:
        print_page(library.at(f"/editions/{older}..{newer}/{path.strip('/')}"), as_json=as_json)


@click.command()
@click.argument("path", default="/ciods", shell_complete=complete_path)
@click.option(
    "--port",
    default=8571,
    type=click.IntRange(0, 65535),
    help="Another one is taken if it is not free.",
)
@click.option("--open/--no-open", "opens", default=True, help="Whether to open a web browser.")
def browse(path: str, port: int, *, opens: bool) -> None:
    """Browse the Standard in a web browser, from PATH; served to this machine only."""
    from octome.web.server import serve

    with open_with_progress() as library:
        serve(library, path, port, opens=opens, say=click.echo)
