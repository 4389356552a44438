"""What commands share: printing results, progress, and errors."""

from __future__ import annotations

import os.path
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from octome.errors import OctomeError, OctomeWarning, UnknownPath, WorklistUnclear

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

Update = Callable[[str, float], None]
"""Takes the current step, and the share that is done, 0 to 1."""

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "head": {"bold": True, "fg": "cyan"},
    "dim": {"dim": True},
    "bad": {"bold": True, "fg": "red"},
    "warn": {"bold": True, "fg": "yellow"},
}
# Longer lines are hard to read; in a pipe lines are not wrapped, so that grep finds whole ones.
WIDEST = 110
UNBROKEN = 1_000_000


def style(text: str, part: str) -> str:
    """A text in one of `STYLES`, for a terminal."""
    return click.style(text, **STYLES[part])


def shown_width() -> int:
    """The width of lines on standard output."""
    if not sys.stdout.isatty():
        return UNBROKEN
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, WIDEST)


def print_json(data: object) -> None:
    """Print data as JSON."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def print_json_list(name: str, items: Iterable[object], rest: Mapping[str, object]) -> None:
    """Print an object as JSON: a long list, item by item to save memory, then the rest."""
    import json

    click.echo(f"{{\n  {json.dumps(name)}: [", nl=False)
    before = "\n    "
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2)
        click.echo(before + text.replace("\n", "\n    "), nl=False)
        before = ",\n    "
    end = "]" if before == "\n    " else "\n  ]"
    click.echo(f"{end},{json.dumps(rest, ensure_ascii=False, indent=2)[1:]}")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of text."""
    for line in lines:
        click.echo(line)


def note(message: str) -> None:
    """Print one line on standard error."""
    click.echo(f"octome: {message}", err=True)


def refuse(error: OctomeError, *, as_json: bool) -> NoReturn:
    """Report on standard error why a command failed, and exit with status 2."""
    if as_json:
        import json

        click.echo(json.dumps(error.as_data(), ensure_ascii=False), err=True)
        sys.exit(2)
    note(str(error))
    if isinstance(error, WorklistUnclear) and isinstance(error.details["lines"], list):
        for line in error.details["lines"]:
            click.echo(f"  {line}", err=True)
    known, nearest = error.details.get("known"), error.details.get("nearest")
    if isinstance(error, UnknownPath) and isinstance(known, tuple):
        for line in known:
            click.echo(f"  {line}", err=True)
    if isinstance(error, UnknownPath) and isinstance(nearest, list) and nearest:
        click.echo("perhaps:", err=True)
        for page in nearest:
            editions = f"  --edition {page['editions'][0]}" if page["editions"] else ""
            click.echo(f"  {page['path']}{editions}  ({page['title']})", err=True)
    elif isinstance(error, UnknownPath) and nearest == [] and not known:
        click.echo("octome search finds pages by name, number and text", err=True)
    sys.exit(2)


@contextmanager
def progress(title: str) -> Iterator[Update]:
    """Show a title and a progress bar on a terminal; nothing in a pipe.

    A warning of the work about its result is printed after it, as one line.
    """
    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always", OctomeWarning)
        if not sys.stderr.isatty():
            yield lambda _step, _share: None
        else:
            from octome.terminal.progress import ProgressBar

            with ProgressBar() as bar:
                bar.begin(title)
                yield bar.update
    noted = set()
    for doubt in doubts:
        if not issubclass(doubt.category, OctomeWarning):
            warnings.warn_explicit(doubt.message, doubt.category, doubt.filename, doubt.lineno)
        elif str(doubt.message) not in noted:
            # A file may be read more than once.
            noted.add(str(doubt.message))
            note(f"warning: {doubt.message}")


def require_new(path: Path, error: type[OctomeError]) -> None:
    """Raise if a file exists, before the work whose result it would get.

    Raises
    ------
    OctomeError
        The file exists; of the type `error`.
    """
    if os.path.lexists(path):
        raise error(
            f"{path} already exists and is not overwritten: choose another name", path=str(path)
        )


def write_picture(
    path: Path, picture: Image.Image, error: type[OctomeError], *, replaces: bool = False
) -> None:
    """Write a picture as PNG, whole or not at all.

    Parameters
    ----------
    replaces : bool
        Whether an existing file of that name is replaced; otherwise it is an error.

    Raises
    ------
    OctomeError
        The file exists, or the system cannot write it; of the type `error`.
    """
    from octome.files import new_file, replaced_file

    if not replaces:
        require_new(path, error)
    try:
        with (replaced_file if replaces else new_file)(path) as file:
            picture.save(file, "PNG")
    except OSError as refusal:
        why = refusal.strerror or refusal
        raise error(f"cannot write {path}: {why}", path=str(path)) from refusal
