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
    from octome.files import new_file
    from octome.instances import device

    try:
        with new_file(file) as written:
            written.write(device.empty_profile().encode())
    except FileExistsError as error:
        raise InstanceUnwritable(f"{file} already exists", path=str(file)) from error
    except OSError as error:
        raise InstanceUnwritable(
            f"cannot write {file}: {error.strerror}", path=str(file)
        ) from error
    click.echo(f"{file}: fill in every value, then give it with --profile {file}")
