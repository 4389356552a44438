"""The command that writes a device profile to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from octome.cli.options import FILE


@click.command()
@click.argument("file", type=FILE)
def profile(file: Path) -> None:
    """Write a device profile to fill in, as FILE: what a scanner must state of itself."""
    from octome.errors import InstanceUnwritable
    from octome.instances import device

    if file.exists():
        raise InstanceUnwritable(f"{file} exists already", path=str(file))
    try:
        file.write_text(device.empty_profile(), encoding="utf-8")
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {file}: {error.strerror}", path=str(file)
        ) from error
    click.echo(f"{file}: fill in every value, then give it with --profile {file}")
