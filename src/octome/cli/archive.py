"""The commands that send and receive instances."""

from __future__ import annotations

import json
import queue
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import json_option
from octome.cli.output import print_json, progress
from octome.errors import ArchiveRefused, InstanceUnreadable, OctomeError, UnknownName

if TYPE_CHECKING:
    from octome.archive.storage import Sent

FILE = click.Path(path_type=Path)
TARGET = re.compile(r"(?:(?P<aet>[^@]{1,16})@)?(?P<host>[^:@/]+):(?P<port>\d{1,5})")


@click.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.argument("target")
@json_option
def send(paths: Sequence[Path], target: str, *, as_json: bool) -> None:
    """Send the DICOM files and folders PATHS to TARGET.

    TARGET is a DICOM storage service, such as localhost:4242 or ORTHANC@localhost:4242 (C-STORE),
    or a DICOMweb server, such as http://localhost:8042/dicom-web (STOW-RS). Files are sent
    unchanged.
    """
    from octome.archive.folder import dicom_files
    from octome.archive.storage import Sent

    refused: list[InstanceUnreadable] = []
    files = list(dicom_files(paths, refused.append))
    with progress(f"Sending {len(files)} instances to {target}") as update:
        sent = sent_to(
            target, files, lambda done, count: update(f"{done} of {count}", done / count)
        )
    sent += [
        Sent(Path(str(error.details["path"])), "", is_stored=False, why=str(error))
        for error in refused
    ]
    failed = [each for each in sent if not each.is_stored]
    if as_json:
        instances = [
            {
                "file": str(each.path),
                "sop_instance": each.sop_instance,
                "stored": each.is_stored,
                "why": each.why,
            }
            for each in sent
        ]
        print_json({"target": target, "instances": instances})
    else:
        click.echo(f"{target}: {len(sent) - len(failed)} of {len(sent)} instances stored")
        for each in failed:
            click.echo(f"  not stored: {each.path}: {each.why}")
    if failed:
        raise ArchiveRefused(
            f"{len(failed)} of {len(sent)} instances were not stored",
            failed=[str(each.path) for each in failed],
        )


def sent_to(target: str, files: list[Path], progress: object) -> list[Sent]:
    """Send by DICOM storage or DICOMweb, depending on the target."""
    if target.startswith(("http://", "https://")):
        from octome.archive.dicomweb import store

        return store(files, target, progress=progress)  # type: ignore[arg-type]
    found = TARGET.fullmatch(target)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise UnknownName(
            f"{target!r} is not a target: write host:port, AET@host:port or http://...",
            found=target,
        )
    from octome.archive.storage import send as c_store

    return c_store(
        files,
        found["host"],
        int(found["port"]),
        called=found["aet"] or "ANY-SCP",
        progress=progress,  # type: ignore[arg-type]
    )


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
