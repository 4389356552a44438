"""The commands: each reads its words, calls one function of the rooms, and shows the answer.

Exit status: 0 done, 2 it could not do what was asked (one line on standard error).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import click

from octome.errors import OctomeError, UnknownPath

if TYPE_CHECKING:
    from octome.standard.library import Library
    from octome.standard.model import Page

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "head": {"bold": True, "fg": "cyan"},
    "dim": {"dim": True},
}
# A line longer than this is hard to read; in a pipe no line is broken, for grep to find it whole.
WIDEST = 110
UNBROKEN = 1_000_000
ORDERS = ("standard", "name", "kind")
# What of an address's query the pages take, beside the edition.
OPTIONS = {"order", "group", "q"}

edition_option = click.option("--edition", "-e", help="Another edition than the current one.")


def ask_for_json(ctx: click.Context, _option: click.Parameter, *asked: bool) -> bool:
    """Remember for a refusal that JSON was asked for."""
    if asked[0]:
        ctx.find_root().obj = "json"
    return asked[0]


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=ask_for_json,
    help="The same as data.",
)


def words_of(text: str) -> str:
    """What was typed, with bytes that are no text replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Commands(click.Group):
    """The commands, with every refusal as one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OctomeError as error:
            refuse(error, as_json=ctx.obj == "json")
        except BrokenPipeError:
            # Whoever read the answer has read enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            refuse(OctomeError(f"cannot write the answer: {error.strerror}"), as_json=False)


def refuse(error: OctomeError, *, as_json: bool) -> None:
    """Say on standard error why nothing was done, as JSON if JSON was asked for, and end."""
    if as_json:
        click.echo(json.dumps(error.as_data(), ensure_ascii=False), err=True)
        sys.exit(2)
    click.echo(f"octome: {error}", err=True)
    nearest = error.facts.get("nearest")
    if isinstance(error, UnknownPath) and isinstance(nearest, list) and nearest:
        click.echo("perhaps:", err=True)
        for page in nearest:
            editions = f"  --edition {page['editions'][0]}" if page["editions"] else ""
            click.echo(f"  {page['path']}{editions}  ({page['title']})", err=True)
    sys.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="octome", message="octome %(version)s")
def main() -> None:
    """Browse, search and compare the DICOM Standard.

    A page is found by its path, the same here, on the web and in Python: /ciods/ct-image,
    /modules/patient/00100010, /attributes/PixelSpacing, /sections/C.7.6.1.1.2.
    """


def open_with_progress() -> Library:
    """The library, with a progress bar on a terminal if it has to be compiled first."""
    from octome.standard.library import open_library

    if not sys.stderr.isatty():
        return open_library(say=lambda line: click.echo(line, err=True))
    from octome.terminal.progress import ProgressBar

    with ProgressBar() as bar:
        return open_library(progress=bar.update, say=bar.say)


def print_page(page: Page, *, as_json: bool) -> None:
    """Show a page on standard output."""
    if sys.stdout is None:
        raise OctomeError("there is no standard output to write the answer to")
    if as_json:
        from octome.standard.data import page_data

        click.echo(json.dumps(page_data(page), ensure_ascii=False, indent=2))
        return
    from octome.terminal.render import Renderer

    width = min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else UNBROKEN
    renderer = Renderer(width, lambda text, part: click.style(text, **STYLES[part]))
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


@main.command()
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


@main.command()
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


@main.command()
@json_option
def editions(*, as_json: bool) -> None:
    """List the editions that are here, and where they come from."""
    with open_with_progress() as library:
        print_page(library.at("/editions"), as_json=as_json)


@main.command()
@click.argument("older")
@click.argument("newer")
@click.argument("path", default="", shell_complete=complete_path)
@json_option
def diff(older: str, newer: str, path: str, *, as_json: bool) -> None:
    """Show what changed from edition OLDER to NEWER: everywhere, or at one CIOD or module."""
    with open_with_progress() as library:
        print_page(library.at(f"/editions/{older}..{newer}/{path.strip('/')}"), as_json=as_json)


@main.command()
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


if __name__ == "__main__":
    main()
