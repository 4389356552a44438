"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

edition_option = click.option(
    "--edition", "-e", help="Which edition of the Standard; the current one if not given."
)


def remember_json(ctx: click.Context, _option: click.Parameter, *chosen: bool) -> bool:
    """Remember that errors should be JSON too."""
    if chosen[0]:
        ctx.find_root().obj = "json"
    return chosen[0]


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=remember_json,
    help="Print JSON.",
)


def words_of(text: str) -> str:
    """The typed text, with bytes that are not text replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


replace_option = click.option(
    "--replace", "replaces", is_flag=True, help="Replace an edition that is here by one with less."
)
FILE = click.Path(path_type=Path)
compress_option = click.option(
    "--compress",
    "compression",
    metavar="NAME",
    help="Lossless compression of the pixels: htj2k (the fastest), jpeg-ls, rle or jpeg2000.",
)
enface_profile_option = click.option(
    "--enface-profile",
    type=click.Choice(["2024c", "2024d"]),
    default="2024d",
    show_default=True,
    help="Profile of the en face images: of editions up to 2024c, or of 2024d and later ones.",
)
