"""DICOM storage: instances sent by C-STORE (PS3.4 B), data sets byte for byte."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pynetdicom import AE, _config, evt
from pynetdicom.association import Association
from pynetdicom.presentation import build_context

from octome.dicom.instance_identity import InstanceIdentity, instance_identity
from octome.errors import ArchiveUnreachable, InstanceUnreadable

MOST_CONTEXTS = 128  # of one association, PS3.8 9.3.2.2
SECONDS = 30  # to wait for a peer
SLOWEST = 100_000  # bytes per second of the slowest accepted line
PDU_BYTES = 1 << 17
SUCCESS, WARNING = 0x0000, 0xB000  # PS3.4 B.2.3
TITLE = re.compile(r"(?=.*[^ ])[ -\[\]-~]{1,16}")  # PS3.5 6.2, AE
# Files are sent unchanged, not decoded.
_config.STORE_SEND_CHUNKED_DATASET = True

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Sent:
    """The outcome for one instance."""

    path: Path
    sop_instance: str
    is_stored: bool
    why: str
    """Why it was not stored; empty if it was."""


def send(
    paths: Sequence[Path],
    host: str,
    port: int,
    *,
    called: str = "ANY-SCP",
    calling: str = "OCTOME",
    progress: Progress | None = None,
) -> list[Sent]:
    """Send files unchanged; a failure of one does not stop the others.

    Parameters
    ----------
    paths : sequence of Path
    host, port : str, int
        Of the storage service.
    called, calling : str
        Application Entity Titles.
    progress : callable, optional
        Called with the number of instances done and of all.

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
    identities: dict[Path, InstanceIdentity] = {}
    for path in paths:
        try:
            identities[path] = instance_identity(path)
        except InstanceUnreadable as error:
            done[path] = Sent(path, "", is_stored=False, why=str(error))
    pairs = sorted(
        {(identity.sop_class, identity.transfer_syntax) for identity in identities.values()}
    )
    for start in range(0, len(pairs), MOST_CONTEXTS):
        lot = pairs[start : start + MOST_CONTEXTS]
        here = {
            path: identity
            for path, identity in identities.items()
            if (identity.sop_class, identity.transfer_syntax) in lot
        }
        try:
            association = _associated(host, port, lot, called, calling)
        except ArchiveUnreachable as error:
            if start == 0:
                raise
            done |= {path: _refused(path, identity, str(error)) for path, identity in here.items()}
            continue
        for each in _all_sent(association, here):
            done[each.path] = each
            if progress is not None:
                progress(len(done), len(paths))
    return [done[path] for path in paths]


def application_entity(title: str) -> AE:
    """An application entity that waits for a peer, but not forever.

    Raises
    ------
    ArchiveUnreachable
        It is not an Application Entity Title.
    """
    if TITLE.fullmatch(title) is None:
        raise ArchiveUnreachable(
            f"{title!r} is not an Application Entity Title: 1 to 16 ASCII characters, no backslash",
            title=title,
        )
    entity = AE(title)
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = SECONDS
    entity.connection_timeout = SECONDS
    return entity


def _associated(
    host: str, port: int, pairs: list[tuple[str, str]], called: str, calling: str
) -> Association:
    entity, _ = application_entity(calling), application_entity(called)
    contexts = [build_context(sop_class, syntax) for sop_class, syntax in pairs]
    opened: list[evt.Event] = []
    with _explained(host, port):
        association = entity.associate(
            host,
            port,
            contexts,
            ae_title=called,
            max_pdu=PDU_BYTES,
            evt_handlers=[(evt.EVT_CONN_OPEN, opened.append), (evt.EVT_CONN_OPEN, _send_at_once)],
        )
        if not opened:
            # pynetdicom gives no reason, a plain connection does. It is opened only now, because a
            # service may count a silent connection as an association.
            socket.create_connection((host, port), timeout=SECONDS).close()
    # pynetdicom aborts where the peer accepts no context: each file is then reported.
    if association.is_established or association.rejected_contexts:
        return association
    why = "it aborted the association"
    if association.is_rejected:
        answer = association.acceptor.primitive
        why = "it rejected the association" + (f" ({answer.reason_str})" if answer else "")
    raise ArchiveUnreachable(f"cannot send to {called}@{host}:{port}: {why}", host=host, port=port)


def _send_at_once(event: evt.Event) -> None:
    """Have no message wait until the one before it is acknowledged, which takes 40 ms a file."""
    connection = _connection(event.assoc)
    if connection is not None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _connection(association: Association) -> socket.socket | None:
    found: socket.socket | None = getattr(association.dul.socket, "socket", None)
    return found


@contextmanager
def _explained(host: str, port: int) -> Iterator[None]:
    """Turn the reason why a connection failed into one clear error."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ArchiveUnreachable(
            f"cannot send to {host}:{port}: nothing answers there ({why})", host=host, port=port
        ) from error


def _all_sent(association: Association, files: dict[Path, InstanceIdentity]) -> Iterator[Sent]:
    """Each file over one association, which is then released."""
    connection = _connection(association)
    try:
        for path, identity in files.items():
            yield _sent(association, path, identity)
    finally:
        association.release()
        # pynetdicom may leave it open where the peer ended the association first.
        if connection is not None:
            connection.close()


def _refused(path: Path, identity: InstanceIdentity, why: str) -> Sent:
    return Sent(path, identity.sop_instance, is_stored=False, why=why)


def _sent(association: Association, path: Path, identity: InstanceIdentity) -> Sent:
    refused = partial(_refused, path, identity)
    accepted = {
        (context.abstract_syntax, context.transfer_syntax[0])
        for context in association.accepted_contexts
    }
    if (identity.sop_class, identity.transfer_syntax) not in accepted:
        return refused(
            f"the receiver does not accept {identity.sop_class} in the transfer syntax "
            f"{identity.transfer_syntax}"
        )
    if not association.is_established:
        return refused("the association had already ended")
    try:
        # The time limit begins when the file is queued, not when its last byte is sent.
        association.dimse_timeout = SECONDS + path.stat().st_size / SLOWEST
        status = association.send_c_store(path)
    # Sending can fail in many ways, and the next file may succeed.
    except Exception as error:  # noqa: BLE001
        return refused(f"{type(error).__name__}: {error}")
    code = status.get("Status")
    if code is None:
        return refused("the receiver did not answer")
    # 0xB000 and similar are warnings: it was stored.
    if code == SUCCESS or code & 0xF000 == WARNING:
        return Sent(path, identity.sop_instance, is_stored=True, why="")
    comment = status.get("ErrorComment")
    return refused(f"status 0x{code:04X}" + (f" ({comment})" if comment else ""))
