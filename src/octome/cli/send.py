"""The command that sends instances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.network import (
    is_web,
    listening_options,
    network_options,
    peer_of,
    shown,
    tls_of,
)
from octome.cli.options import FILE, json_option
from octome.cli.output import print_json, progress
from octome.errors import ArchiveError, ArchiveRefused, InstanceUnreadable, UnknownName

if TYPE_CHECKING:
    from octome.archive.storage import EachSent, Sent


@click.command()
@click.argument("paths", type=FILE, nargs=-1, required=True)
@click.argument("target")
@click.option("--commit", is_flag=True, help="Have the archive confirm that it keeps them.")
@click.option(
    "--commit-seconds",
    type=click.FloatRange(1),
    default=60,
    show_default=True,
    help="Time to wait for that.",
)
@network_options
@listening_options
@json_option
def send(paths: Sequence[Path], target: str, *, as_json: bool, **options: Any) -> None:
    """Send the DICOM files and folders PATHS to TARGET.

    TARGET is a DICOM storage service, such as localhost:4242 or ORTHANC@localhost:4242 (C-STORE),
    or a DICOMweb server, such as http://localhost:8042/dicom-web (STOW-RS). Files are sent
    unchanged; to a DICOM service that does not accept their compression, they are sent
    uncompressed if that loses nothing. Names and passwords of web servers come from ~/.netrc or
    the keyring.

    With --commit, the archive is requested to keep the instances (storage commitment): it reports,
    on the same connection or a new one to --listen-port, for which ones it takes responsibility.
    """
    from octome.archive.folder import dicom_files
    from octome.archive.storage import Sent

    if options["commit"] and is_web(target):
        raise UnknownName("--commit is for DICOM services: a web server has no storage commitment")
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
    left = {path: "stopped before it was stored" for path in files if path not in done}
    left |= {Path(str(error.details["path"])): str(error) for error in refused}
    done |= {
        path: Sent(path=path, sop_instance="", is_stored=False, why=why)
        for path, why in left.items()
    }
    sent = [done.pop(path) for path in files] + [*done.values()]
    uncommitted: dict[str, str] = {}
    if options["commit"] and not is_stopped:
        with progress(f"Waiting for storage commitment of {shown(target)}"):
            uncommitted = commitment(target, sent, options)
    report(target, sent, uncommitted, options, as_json=as_json)
    if is_stopped:
        raise KeyboardInterrupt
    failed = [each for each in sent if not each.is_stored]
    if failed:
        raise ArchiveRefused(
            f"{len(failed)} of {len(sent)} instances were not stored",
            failed=[str(each.path) for each in failed],
        )
    if missing := sum(map(bool, uncommitted.values())):
        raise ArchiveRefused(
            f"{missing} of {len(sent)} instances are stored and not committed",
            uncommitted=[uid for uid, why in uncommitted.items() if why],
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


def commitment(target: str, sent: list[Sent], options: dict[str, Any]) -> dict[str, str]:
    """Why each stored instance is not committed; empty if it is."""
    from octome.archive.commitment import commit
    from octome.archive.peer import address_towards

    peer = peer_of(target, options)
    stored = {each.sop_instance: each.sop_class for each in sent if each.is_stored}
    if not stored:
        return {}
    try:
        return commit(
            [(sop_class, uid) for uid, sop_class in stored.items()],
            peer,
            host=options["listen_host"] or address_towards(peer),
            port=options["listen_port"],
            seconds=options["commit_seconds"],
        )
    except ArchiveError as error:
        # What was stored is still reported.
        return dict.fromkeys(stored, str(error))


def report(
    target: str,
    sent: list[Sent],
    uncommitted: dict[str, str],
    options: dict[str, Any],
    *,
    as_json: bool,
) -> None:
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
            | ({"committed": uncommitted.get(each.sop_instance) == ""} if options["commit"] else {})
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
    if options["commit"]:
        committed = sum(not why for why in uncommitted.values())
        click.echo(f"{committed} of {len(sent)} instances committed")
        for why, count in Counter(filter(None, uncommitted.values())).items():
            click.echo(f"  not committed: {count}: {why}")
