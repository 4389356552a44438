"""The commands together, and how a refusal is told.

Exit status: 0 done, 1 `check` found violations, 2 it could not do what was asked (one line on
standard error).
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from octome.cli.archive import receive, send
from octome.cli.check import check
from octome.cli.demo import demo
from octome.cli.make import make
from octome.cli.process import process
from octome.cli.profile import profile
from octome.cli.simulate import simulate
from octome.cli.standard import browse, diff, editions, search, show
from octome.cli.tree import tree
from octome.cli.workstation import enface, segment
from octome.errors import OctomeError, UnknownPath


class Commands(click.Group):
    """The commands, with every refusal as one line and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OctomeError as error:
            refuse(error, as_json=ctx.obj == "json")
        except KeyboardInterrupt:
            # 1 would say that a check found violations; shells know this one.
            click.echo("octome: stopped", err=True)
            sys.exit(130)
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
    nearest = error.details.get("nearest")
    if isinstance(error, UnknownPath) and isinstance(nearest, list) and nearest:
        click.echo("perhaps:", err=True)
        for page in nearest:
            editions = f"  --edition {page['editions'][0]}" if page["editions"] else ""
            click.echo(f"  {page['path']}{editions}  ({page['title']})", err=True)
    sys.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="octome", message="octome %(version)s")
def main() -> None:
    """The DICOM Standard as data; OCT angiography as conformant DICOM instances.

    A page is found by its path, the same here, on the web and in Python: /ciods/ct-image,
    /modules/patient/00100010, /attributes/PixelSpacing, /sections/C.7.6.1.1.2.
    """


STANDARD = (show, search, editions, diff, browse)
OCTA = (demo, simulate, process, enface, segment, tree, profile, send, receive)
CONFORMANCE = (check, make)
for command in (*STANDARD, *CONFORMANCE, *OCTA):
    main.add_command(command)
