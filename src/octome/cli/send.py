"""The command that sends instances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.network import is_web, network_options, peer_of, tls_of
from octome.cli.options import FILE, json_option
from octome.cli.output import print_json, progress
from octome.errors import ArchiveRefused, InstanceUnreadable

if TYPE_CHECKING:
    from octome.archive.storage import EachSent, Sent


@click.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.argument("target")
@network_options
@json_option
def send(paths: Sequence[Path], target: str, *, as_json: bool, **options: Any) -> None:
    """Send the DICOM files and folders PATHS to TARGET.

    TARGET is a DICOM storage service, such as localhost:4242 or ORTHANC@localhost:4242 (C-STORE),
    or a DICOMweb server, such as http://localhost:8042/dicom-web (STOW-RS). Files are sent
    unchanged; to a DICOM service that does not accept their compression, they are sent
    uncompressed if that loses nothing. Names and passwords of web servers come from ~/.netrc or
    the keyring.
    """
    from octome.archive.folder import dicom_files

    refused: list[InstanceUnreadable] = []
    files = list(dict.fromkeys(dicom_files(paths, refused.append)))
    done: dict[Path, Sent] = {}
    is_stopped = False
    with progress(f"Sending {len(files)} instances to {shown(target)}") as update:

        def finish(sent: Sent) -> None:
            done[sent.path] = sent
            update(f"{len(done)} of {len(files)}", len(done) / len(files))

        try:
            send_to(target, files, options, finish)
        except KeyboardInterrupt:
            is_stopped = True
    sent = [done.get(path) or not_sent(path, "stopped before it was stored") for path in files]
    sent += [not_sent(Path(str(error.details["path"])), str(error)) for error in refused]
    report(target, sent, as_json=as_json)
    if is_stopped:
        raise KeyboardInterrupt
    failed = [each for each in sent if not each.is_stored]
    if failed:
        raise ArchiveRefused(
            f"{len(failed)} of {len(sent)} instances were not stored",
            failed=[str(each.path) for each in failed],
        )


def send_to(target: str, files: list[Path], options: dict[str, Any], each: EachSent) -> None:
    """Send by DICOM storage or DICOMweb, depending on the target."""
    if is_web(target):
        from octome.archive.dicomweb import store

        store(files, target, tls=tls_of(target, options), each=each)
        return
    peer = peer_of(target, options)
    from octome.archive.storage import send_files

    send_files(files, peer, each=each)


def not_sent(path: Path, why: str) -> Sent:
    """The outcome for a file that was not sent."""
    from octome.archive.storage import Sent

    return Sent(path=path, sop_instance="", is_stored=False, why=why)


def shown(target: str) -> str:
    """An address without what it must not hold."""
    name, at, rest = target.rpartition("@")
    return f"…@{rest}" if at and ":" in name.partition("://")[2] else target


def report(target: str, sent: list[Sent], *, as_json: bool) -> None:
    """Print what was stored, and what was not and why."""
    failed = [each for each in sent if not each.is_stored]
    if as_json:
        instances = [
            {
                "file": str(each.path),
                "sop_instance": each.sop_instance,
                "stored": each.is_stored,
                "decoded_to": each.decoded_to,
                "why": each.why,
            }
            for each in sent
        ]
        print_json({"target": shown(target), "instances": instances})
        return
    from pydicom.uid import UID

    click.echo(f"{shown(target)}: {len(sent) - len(failed)} of {len(sent)} instances stored")
    for syntax, count in Counter(each.decoded_to for each in sent if each.decoded_to).items():
        click.echo(f"  {count} of them in {UID(syntax).name}: their encoding is not accepted")
    for each in failed:
        click.echo(f"  not stored: {each.path}: {each.why}")
