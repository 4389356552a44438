"""DICOM storage: instances sent by C-STORE (PS3.4 B), data sets byte for byte where possible."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydicom.uid import UID
from pynetdicom import _config
from pynetdicom.association import Association
from pynetdicom.presentation import PresentationContext, build_context
from pynetdicom.status import STORAGE_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.association import MOST_CONTEXTS, SECONDS, associated
from octome.archive.peer import ANY_TITLE, OUR_TITLE, Peer
from octome.archive.transcoding import PLAIN, can_transcode, transcode
from octome.dicom.instance_identity import InstanceIdentity, instance_identity
from octome.errors import ArchiveUnreachable, InstanceUnreadable

SLOWEST = 100_000  # bytes per second of the slowest accepted line
SUCCESS, WARNING = 0x0000, 0xB000  # PS3.4 B.2.3
CLASS_NOT_SUPPORTED = 3  # a result of negotiation, PS3.8 9.3.3.2
# Files are sent unchanged, not decoded.
_config.STORE_SEND_CHUNKED_DATASET = True


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The outcome for one instance."""

    path: Path
    sop_instance: str
    is_stored: bool
    why: str = ""
    """Why it was not stored; empty if it was."""
    sop_class: str = ""
    decoded_to: str = ""
    """The transfer syntax that it was sent in, if not in its own."""


EachSent = Callable[[Sent], object]


def send(
    paths: Sequence[Path],
    host: str,
    port: int,
    *,
    called: str = ANY_TITLE,
    calling: str = OUR_TITLE,
    each: EachSent | None = None,
) -> list[Sent]:
    """Send files to a host; see `send_files`."""
    return send_files(paths, Peer(host=host, port=port, called=called, calling=calling), each=each)


def send_files(paths: Sequence[Path], peer: Peer, *, each: EachSent | None = None) -> list[Sent]:
    """Send files; a failure of one does not stop the others.

    A file is sent unchanged. If the receiver does not accept its transfer syntax, it is sent
    uncompressed where that loses nothing.

    Parameters
    ----------
    paths : sequence of Path
    peer : Peer
        The storage service.
    each : callable, optional
        Called with each outcome, at once.

    Returns
    -------
    sent : list of Sent
        In the order of `paths`.

    Raises
    ------
    ArchiveUnreachable
        The peer does not answer or rejects the association, and nothing was sent.
    """
    done: dict[Path, Sent] = {}

    def finish(outcome: Sent) -> None:
        done[outcome.path] = outcome
        if each is not None:
            each(outcome)

    identities: dict[Path, InstanceIdentity] = {}
    for path in paths:
        try:
            identities[path] = instance_identity(path)
        except InstanceUnreadable as error:
            finish(Sent(path=path, sop_instance="", is_stored=False, why=str(error)))
    for number, lot in enumerate(_lots(identities)):
        contexts = [build_context(sop_class, [*syntaxes]) for sop_class, syntaxes in lot]
        pairs = {(sop_class, syntax) for sop_class, syntaxes in lot for syntax in syntaxes}
        here = {
            path: identity
            for path, identity in identities.items()
            if path not in done and (identity.sop_class, identity.transfer_syntax) in pairs
        }
        try:
            with associated(peer, contexts) as association:
                for path, identity in here.items():
                    finish(_sent(association, path, identity))
        except ArchiveUnreachable as error:
            if number == 0:
                raise
            for path, identity in here.items():
                finish(_refused(path, identity, str(error)))
    return [done[path] for path in paths]


Contexts = list[tuple[str, tuple[str, ...]]]


def _lots(identities: dict[Path, InstanceIdentity]) -> Iterator[Contexts]:
    """What to propose in each association: SOP Classes and transfer syntaxes.

    A context for each pair of the files, and one to send a class uncompressed.
    """
    syntaxes_of: dict[str, set[str]] = {}
    for identity in identities.values():
        syntaxes_of.setdefault(identity.sop_class, set()).add(identity.transfer_syntax)
    lot: Contexts = []
    for sop_class, syntaxes in sorted(syntaxes_of.items()):
        ordered = sorted(syntaxes)
        most = max(1, MOST_CONTEXTS - 1)
        for own in (ordered[start : start + most] for start in range(0, len(ordered), most)):
            unit: Contexts = [(sop_class, (syntax,)) for syntax in own]
            plain = tuple(syntax for syntax in PLAIN if syntax not in own)
            if plain and any(can_transcode(syntax) for syntax in own):
                unit.append((sop_class, plain))
            if lot and len(lot) + len(unit) > MOST_CONTEXTS:
                yield lot
                lot = []
            lot = lot + unit
    if lot:
        yield lot


def _refused(path: Path, identity: InstanceIdentity, why: str) -> Sent:
    return Sent(
        path=path,
        sop_instance=identity.sop_instance,
        sop_class=identity.sop_class,
        is_stored=False,
        why=why,
    )


def _sent(association: Association, path: Path, identity: InstanceIdentity) -> Sent:
    refused = partial(_refused, path, identity)
    if not association.is_established and association.accepted_contexts:
        return refused("the association had already ended")
    accepted = {
        context.transfer_syntax[0]
        for context in association.accepted_contexts
        if context.abstract_syntax == identity.sop_class
    }
    own = identity.transfer_syntax
    plain = next((syntax for syntax in PLAIN if syntax in accepted), "")
    if own in accepted:
        why, decoded_to = _stored(association, path), ""
    elif plain and can_transcode(own):
        why, decoded_to = _stored_in(association, path, plain), plain
    else:
        return refused(_not_accepted(association.rejected_contexts, identity))
    if why:
        return refused(why)
    return Sent(
        path=path,
        sop_instance=identity.sop_instance,
        sop_class=identity.sop_class,
        is_stored=True,
        decoded_to=decoded_to,
    )


def _stored_in(association: Association, path: Path, syntax: str) -> str:
    """Why a file was not stored in another transfer syntax; empty if it was."""
    try:
        with tempfile.NamedTemporaryFile(prefix="octome-", suffix=".dcm") as file:
            transcode(path, file, syntax)  # type: ignore[arg-type]
            file.flush()
            return _stored(association, Path(file.name))
    except InstanceUnreadable as error:
        return str(error)
    except OSError as error:
        return f"cannot write it uncompressed: {error.strerror or error}"


def _stored(association: Association, path: Path) -> str:
    """Why a file was not stored; empty if it was."""
    try:
        # For the peer to store it; that its data goes on is checked while it is sent.
        association.dimse_timeout = SECONDS + path.stat().st_size / SLOWEST
        status = association.send_c_store(path)
    # Sending can fail in many ways, and the next file may succeed.
    except Exception as error:  # noqa: BLE001
        return str(error) or type(error).__name__
    code = status.get("Status")
    if code is None:
        return "the receiver did not answer"
    # 0xB000 and similar are warnings: it was stored.
    if code == SUCCESS or code & 0xF000 == WARNING:
        return ""
    return status_line(code, STORAGE_SERVICE_CLASS_STATUS, status.get("ErrorComment"))


def _not_accepted(rejected: Sequence[PresentationContext], identity: InstanceIdentity) -> str:
    """What the receiver did not accept, with names."""
    sop_class, syntax = _named(identity.sop_class), _named(identity.transfer_syntax)
    results = {
        context.result for context in rejected if context.abstract_syntax == identity.sop_class
    }
    if results == {CLASS_NOT_SUPPORTED}:
        return f"the receiver does not accept the SOP Class {sop_class}"
    also = ""
    if identity.transfer_syntax not in PLAIN:
        also = (
            ", nor uncompressed"
            if can_transcode(identity.transfer_syntax)
            else "; it may have lost detail, so it is not decoded"
        )
    return f"the receiver does not accept {sop_class} in {syntax}{also}"


def _named(text: str) -> str:
    """A UID with its name, if it has one."""
    name = UID(text).name
    return text if name == text else f"{name} ({text})"
