"""The commands, each loaded when it is called, and their exit status.

Exit status: 0 done, 1 `check` found violations, 2 the command failed (one line on
standard error).
"""

from __future__ import annotations

import os
import sys
import warnings
from importlib import import_module
from typing import Any

import click

from octome.cli.extra import package_missing
from octome.cli.output import note, refuse
from octome.errors import OctomeError

# In the order of the help: the Standard, the check, OCT angiography.
MODULES = {
    "show": "standard",
    "search": "standard",
    "editions": "editions",
    "diff": "standard",
    "sync": "sync",
    "browse": "standard",
    "check": "check",
    "make": "make",
    "demo": "demo",
    "simulate": "simulate",
    "import": "import_scan",
    "process": "process",
    "enface": "workstation",
    "segment": "workstation",
    "tree": "tree",
    "profile": "profile",
    "send": "send",
    "fetch": "fetch",
    "receive": "receive",
    "deidentify": "deidentify",
    "export": "export",
}

# Of those whose name is a word of Python's.
COMMANDS = {"import": "import_scan"}


class Commands(click.Group):
    """The commands; every error is one line and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's own)
        """The names of all commands."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command, its module imported now."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"octome.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, COMMANDS.get(cmd_name, cmd_name))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with warnings.catch_warnings():
                # What a value of another system departs from is said by octome, where it matters.
                warnings.filterwarnings("ignore", module=r"pydicom\.")
                return super().invoke(ctx)
        except OctomeError as error:
            refuse(error, as_json=ctx.obj == "json")
        except ModuleNotFoundError as error:
            missing = package_missing(error, f"octome {ctx.invoked_subcommand}")
            if missing is None:
                raise
            refuse(missing, as_json=ctx.obj == "json")
        except KeyboardInterrupt:
            # 1 would mean that a check found violations; 130 is the status for an interrupt.
            note("stopped")
            sys.exit(130)
        except BrokenPipeError:
            # The reader of the output has closed it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            refuse(OctomeError(f"cannot write the output: {error.strerror}"), as_json=False)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="octome", message="octome %(version)s")
def main() -> None:
    """Look up the DICOM Standard, check DICOM files against it, process OCT scans.

    The Standard: octome browse opens it in a web browser. octome show prints one page of it, by
    its path: ciods/ct-image, modules/patient, attributes/PixelSpacing, sections/C.7.6.1.1.2.

    A file: octome check FILE lists where it departs from the Standard.

    OCT angiography: octome demo simulates a scan of an eye and writes every DICOM instance from it.
    These commands need more packages: pip install 'octome[oct]'.
    """
