"""The command that receives instances."""

from __future__ import annotations

import json
import queue
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from octome.cli.options import json_option
from octome.errors import OctomeError

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("out", type=FILE)
@click.option("--port", default=11112, type=click.IntRange(0, 65535), show_default=True)
@click.option("--aet", default="OCTOME", show_default=True, help="Application Entity Title.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to accept other machines."
)
@click.option("--count", type=click.IntRange(1), help="Stop after this many instances.")
@click.option("--seconds", type=click.FloatRange(0.1), help="Stop after this time.")
@json_option
def receive(
    out: Path, count: int | None, seconds: float | None, *, as_json: bool, **at: Any
) -> None:
    """Receive instances by DICOM storage (C-STORE) into the folder OUT, until Ctrl-C.

    An instance is stored completely before its sender gets the answer. An existing instance is
    never replaced by another.
    """
    from octome.archive.receiver import Receiver

    # Printed by this thread, so that no sender waits for the reader of the output.
    arrived: queue.Queue[Path | OctomeError] = queue.Queue()
    place = {"port": at["port"], "ae_title": at["aet"], "host": at["host"]}
    ends = None if seconds is None else time.monotonic() + seconds
    arrivals = 0
    with Receiver(out, **place, arrived=arrived.put) as receiver:
        click.echo(f"listening as {at['aet']} on {at['host']}:{receiver.port}", err=True)
        with suppress(KeyboardInterrupt, queue.Empty):
            while count is None or arrivals < count:
                left = None if ends is None else max(0.0, ends - time.monotonic())
                arrivals += _printed(arrived.get(timeout=left), as_json=as_json)
    # And instances that arrived before it stopped.
    while not arrived.empty():
        arrivals += _printed(arrived.get(), as_json=as_json)
    click.echo(f"{arrivals} instances received into {out}", err=True)


def _printed(what: Path | OctomeError, *, as_json: bool) -> bool:
    """Print what arrived; returns whether it was stored."""
    if isinstance(what, OctomeError):
        click.echo(f"refused: {what}", err=True)
        return False
    click.echo(json.dumps({"file": str(what)}) if as_json else str(what))
    return True
