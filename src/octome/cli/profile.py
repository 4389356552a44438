"""The command that writes a template of a device profile."""

from __future__ import annotations

from pathlib import Path

import click

from octome.cli.options import FILE


@click.command()
@click.argument("file", type=FILE)
def profile(file: Path) -> None:
    """Write a template of a device profile to FILE: what DICOM needs to know about a scanner."""
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
