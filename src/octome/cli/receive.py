"""The command that receives instances."""

from __future__ import annotations

import ipaddress
import json
import queue
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.options import FILE, json_option
from octome.cli.output import note
from octome.errors import OctomeError
from octome.standard.counted import counted

if TYPE_CHECKING:
    from octome.archive.receiver_event import ReceiverEvent
    from octome.pipeline.arrival_worker import ArrivalWorker, Derived

    Events = queue.SimpleQueue[ReceiverEvent | Derived | None]

POLL_SECONDS = 0.2


@click.command()
@click.argument("out", type=FILE)
@click.option("--port", default=11112, type=int, show_default=True, help="0 for any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to accept other machines."
)
@click.option(
    "--ae-title",
    help="Application Entity Title; if given, senders must call it. Otherwise it is OCTOME, and "
    "senders may call any.",
)
@click.option(
    "--calling-ae",
    multiple=True,
    metavar="TITLE",
    help="Accept this sender; may be repeated. Otherwise all are accepted.",
)
@click.option(
    "--max-associations", default=10, type=click.IntRange(1), show_default=True, help="At a time."
)
@click.option(
    "--timeout",
    default=60.0,
    type=click.FloatRange(1),
    show_default=True,
    help="Seconds without a message after which an association is aborted.",
)
@click.option("--tls-cert", type=FILE, help="Certificate in PEM: accept TLS only.")
@click.option("--tls-key", type=FILE, help="Its key, if it is in a file of its own.")
@click.option("--derive", is_flag=True, help="Make surfaces and en face images that a study lacks.")
@click.option("--count", type=click.IntRange(1), help="Stop after this many instances.")
@click.option("--seconds", type=click.FloatRange(0.1), help="Stop after this time.")
@json_option
def receive(out: Path, *, as_json: bool, **options: Any) -> None:
    """Receive instances by DICOM storage (C-STORE) into the folder OUT, until Ctrl-C.

    Each patient has a folder in OUT, with one for each study, with one for each eye. An instance is
    on the disk before its sender gets the answer, and is never replaced by another. Its file is
    printed, unless it was there; when a sender is done, what its studies lack is printed too. With
    --json each event is a line of JSON.
    """
    from octome.archive.certificate import server_tls
    from octome.archive.receiver import AssociationPolicy, Receiver

    policy = AssociationPolicy(
        calling=options["calling_ae"],
        checks_called=options["ae_title"] is not None,
        most=options["max_associations"],
        timeout_seconds=options["timeout"],
    )
    certificate, key = options["tls_cert"], options["tls_key"]
    tls = server_tls(certificate, key)
    title, host = options["ae_title"], options["host"]
    title = "OCTOME" if title is None else title
    # Printed by this thread, so that no sender waits for the reader of the output.
    events: Events = queue.SimpleQueue()
    receiver = Receiver(
        out,
        port=options["port"],
        ae_title=title,
        host=host,
        policy=policy,
        tls=tls,
        arrived=events.put,
    )
    printer = Printer(as_json=as_json, worker=worker_of(events) if options["derive"] else None)
    with ending_signals(events), receiver:
        click.echo(f"listening as {title} on {host}:{receiver.port}", err=True)
        if receiver.removed:
            note(f"removed {counted(receiver.removed, 'incomplete file')} of a run that was killed")
        if not is_local(host):
            note(open_warning(policy.calling, is_encrypted=tls is not None))
        printer.print_until(events, options["count"], options["seconds"])
        receiver.stop()
        # And what arrived before it stopped.
        printer.print_rest(events)
    click.echo(f"{counted(printer.stored, 'instance')} received into {out}", err=True)


@contextmanager
def ending_signals(events: Events) -> Iterator[None]:
    """Have Ctrl-C, and the signal to end, come as an event: no other event is interrupted."""

    def end(*_: object) -> None:
        events.put(None)

    # A program that a shell runs in the background is to ignore Ctrl-C.
    numbers = [
        each
        for each in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(each) is not signal.SIG_IGN
    ]
    before = {each: signal.signal(each, end) for each in numbers}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def worker_of(events: Events) -> ArrivalWorker:
    """What makes missing instances."""
    from octome.pipeline.arrival_worker import ArrivalWorker

    return ArrivalWorker(events.put)


def is_local(host: str) -> bool:
    """Whether only this machine can connect to an address."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def open_warning(calling: tuple[str, ...], *, is_encrypted: bool) -> str:
    """What it means that other machines can connect."""
    who = "any machine that reaches it can store instances"
    if calling:
        who = f"any machine that calls itself {' or '.join(calling)} can store instances"
    return f"warning: {who}" + ("" if is_encrypted else ", and nothing is encrypted (--tls-cert)")


class Printer:
    """Prints what happens: new files on standard output, the rest on standard error.

    Parameters
    ----------
    as_json : bool
        Print every event on standard output, as a line of JSON.
    worker : ArrivalWorker, optional
        What makes missing instances.
    """

    def __init__(self, *, as_json: bool, worker: ArrivalWorker | None) -> None:
        self.stored = 0
        self._as_json, self._worker = as_json, worker
        self._is_interrupted = False

    def print_until(self, events: Events, count: int | None, seconds: float | None) -> None:
        """Print events until enough instances have arrived, the time is over, or Ctrl-C."""
        ends = None if seconds is None else time.monotonic() + seconds
        while not self._is_interrupted and (count is None or self.stored < count):
            left = None if ends is None else max(0.0, ends - time.monotonic())
            try:
                self.print(events.get(timeout=left))
            except queue.Empty:
                return

    def print_rest(self, events: Events) -> None:
        """Print what has happened; with a worker, when it has finished, or after Ctrl-C."""
        self._print_all(events)
        if self._worker is None:
            return
        self._worker.finish()
        while self._worker.is_running and not self._is_interrupted:
            with suppress(queue.Empty):
                self.print(events.get(timeout=POLL_SECONDS))
        left = self._worker.stop()
        self._print_all(events)
        for study in left:
            note(f"stopped before what is missing in {study} was made")

    def _print_all(self, events: Events) -> None:
        while not events.empty():
            self.print(events.get())

    def print(self, event: ReceiverEvent | Derived | None) -> None:
        """Print one event; None stands for Ctrl-C."""
        from octome.archive.receiver_event import BrokenOff, Ended, Refused, Rejected, Stored

        match event:
            case Stored(path, sender, is_new):
                self.stored += is_new
                name = "stored" if is_new else "repeated"
                self._answer(name, str(path) if is_new else None, file=str(path), sender=sender)
                if self._worker is not None and is_new:
                    self._worker.arriving(path.parents[1])
            case Refused(error, sender, status):
                talk = f"refused from {sender}: {error}"
                self._talk("refused", talk, error, sender=sender, status=f"0x{status:04X}")
            case Rejected(sender, why):
                talk = f"rejected an association of {sender}: {why}"
                self._talk("rejected", talk, sender=sender, why=why)
            case BrokenOff(sender, received):
                talk = f"broken off by {sender} within an instance: {received:,} bytes removed"
                self._talk("broken-off", talk, sender=sender, bytes=received)
            case Ended(_, studies):
                for study in studies:
                    self._print_study(study)
                    if self._worker is not None:
                        self._worker.arrived(study)
            case None:
                self._is_interrupted = True
            case derived:
                for path in derived.paths:
                    self._answer("derived", str(path), file=str(path), study=str(derived.study))
                if derived.error is not None:
                    talk = f"not derived in {derived.study}: {derived.error}"
                    self._talk("not-derived", talk, derived.error, study=str(derived.study))

    def _print_study(self, study: Path) -> None:
        """What a study has and lacks of the chain."""
        from octome.pipeline.arrival import arrived_scans

        try:
            scans = arrived_scans(study)
        except OctomeError as error:
            self._talk("unclear", f"{study}: {error}", error, study=str(study))
            return
        for scan in scans:
            self._talk(
                "study",
                f"{study}: {scan}",
                study=str(study),
                eye=scan.eye,
                frame_of_reference=scan.frame_of_reference,
                present=scan.present,
                missing=scan.missing,
            )

    def _answer(self, name: str, line: str | None, **data: object) -> None:
        if self._as_json:
            click.echo(json.dumps({"event": name} | data))
        elif line is not None:
            click.echo(line)

    def _talk(self, name: str, line: str, error: OctomeError | None = None, **data: object) -> None:
        if self._as_json:
            why = {} if error is None else {"code": error.code, "message": str(error)}
            click.echo(json.dumps({"event": name} | data | why))
        else:
            note(line)
