"""Options and words that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

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


FILE = click.Path(path_type=Path)
compress_option = click.option(
    "--compress",
    "compression",
    metavar="NAME",
    help="Lossless compression of the pixels: htj2k (the fastest), jpeg-ls, rle or jpeg2000.",
)
form_option = click.option(
    "--edition",
    "form",
    type=click.Choice(["2024c", "current"]),
    default="2024c",
    show_default=True,
    help="Form of the en face images: up to edition 2024c, or the current one.",
)
