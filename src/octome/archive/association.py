"""Associations: connections between DICOM applications, opened, explained and ended (PS3.8)."""

from __future__ import annotations

import queue
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.pdu import A_ABORT_RQ
from pynetdicom.pdu_primitives import SCP_SCU_RoleSelectionNegotiation
from pynetdicom.presentation import PresentationContext

from octome.archive.peer import Peer, checked_title
from octome.dicom.implementation import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION
from octome.errors import ArchiveUnreachable

MOST_CONTEXTS = 128  # of one association, PS3.8 9.3.2.2
SECONDS = 30  # to wait for a peer
PROBE_SECONDS = 5  # to find out why there is no association
PDU_BYTES = 1 << 17
QUEUED = 16  # messages of a data set that wait to be sent, so that it is not all in memory
Handler = tuple[evt.EventType, Callable[..., Any]]


def application_entity(title: str) -> AE:
    """An application entity that waits for a peer, but not forever.

    Raises
    ------
    ArchiveUnreachable
        It is not an Application Entity Title.
    """
    entity = AE(checked_title(title))
    entity.implementation_class_uid = IMPLEMENTATION_CLASS
    entity.implementation_version_name = IMPLEMENTATION_VERSION
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = SECONDS
    entity.connection_timeout = SECONDS
    return entity


@contextmanager
def associated(
    peer: Peer,
    contexts: Sequence[PresentationContext],
    *,
    handlers: Sequence[Handler] = (),
    roles: Sequence[SCP_SCU_RoleSelectionNegotiation] = (),
) -> Iterator[Association]:
    """An association, released at the end; after an error or an interrupt it is cut.

    The peer may have accepted none of the contexts: the association has then ended.

    Parameters
    ----------
    peer : Peer
    contexts : sequence of PresentationContext
        At most `MOST_CONTEXTS`.
    handlers : sequence of (event, function)
        For what the peer requests from us.
    roles : sequence
        The roles of classes that the peer sends to us.

    Raises
    ------
    ArchiveUnreachable
        The peer does not answer, rejects the association, or does not speak DICOM.
    """
    association = _opened(peer, contexts, handlers, roles)
    connection = _connection(association)
    try:
        yield association
    except BaseException:
        # A release would wait for what is still to be sent.
        _cut(association, connection)
        raise
    finally:
        with suppress(ConnectionError):
            association.release()
        # pynetdicom may leave it open where the peer ended the association first.
        if connection is not None:
            connection.close()


def _opened(
    peer: Peer,
    contexts: Sequence[PresentationContext],
    handlers: Sequence[Handler],
    roles: Sequence[SCP_SCU_RoleSelectionNegotiation],
) -> Association:
    seen: list[evt.Event] = []
    with _explained(peer):
        association = application_entity(peer.calling).associate(
            peer.host,
            peer.port,
            list(contexts),
            ae_title=peer.called,
            max_pdu=PDU_BYTES,
            ext_neg=list(roles),
            tls_args=(peer.tls, peer.host) if peer.tls else None,
            evt_handlers=[
                (evt.EVT_CONN_OPEN, seen.append),
                (evt.EVT_CONN_OPEN, _prepare),
                (evt.EVT_PDU_RECV, seen.append),
                *handlers,
            ],
        )
        if not seen:
            # pynetdicom gives no reason, a plain connection does. It is opened only now, because a
            # service may count a silent connection as an association.
            _probe(peer)
    # pynetdicom aborts where the peer accepts no context: each file is then reported.
    if association.is_established or association.rejected_contexts:
        association.dul.to_provider_queue = _Outgoing(association)
        return association
    if association.is_rejected:
        why = _rejection(association, peer)
    elif any(isinstance(getattr(each, "pdu", None), A_ABORT_RQ) for each in seen):
        why = "it aborted the association"
    else:
        with _explained(peer):
            why = _silence(peer)
    raise ArchiveUnreachable(f"no association with {peer}: {why}", host=peer.host, port=peer.port)


class _Outgoing(queue.Queue[Any]):
    """What waits to be sent, a little of a data set at a time."""

    def __init__(self, association: Association) -> None:
        super().__init__(QUEUED)
        self._association = association

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:  # noqa: FBT001, FBT002
        """Wait until the peer has taken what came before; not if it has gone."""
        while self._association.dul.is_alive():
            with suppress(queue.Full):
                super().put(item, block, timeout or 0.1)
                return
        raise ConnectionAbortedError("the connection was lost")


class _Answers(DIMSEServiceProvider):
    """Messages of the peer, only for who waits for them.

    pynetdicom's own thread looks for requests without waiting, and under load takes an answer.
    """

    def get_msg(self, block: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The next message; none for who does not wait."""
        return super().get_msg(block=True) if block else (None, None)


def _prepare(event: evt.Event) -> None:
    """Have no message wait until the one before it is acknowledged, which takes 40 ms a file."""
    event.assoc.dimse = _Answers(event.assoc)
    connection = _connection(event.assoc)
    if connection is not None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # pynetdicom would wait forever for a peer that takes no more data.
        connection.settimeout(SECONDS)


def _connection(association: Association) -> socket.socket | None:
    found: socket.socket | None = getattr(association.dul.socket, "socket", None)
    return found


def _cut(association: Association, connection: socket.socket | None) -> None:
    """End an association at once; the peer drops what it had not received completely."""
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    association.is_established = False
    association.dul.kill_dul()
    association.kill()


def _rejection(association: Association, peer: Peer) -> str:
    answer = association.acceptor.primitive
    said = f": {answer.reason_str}" if answer else ""
    hint = ""
    if "Calling AE" in said:
        hint = f" (ours is {peer.calling!r}: --calling-ae)"
    elif "Called AE" in said:
        hint = f" (we called it {peer.called!r}: --called-ae)"
    return f"it rejected the association{said}{hint}"


def _silence(peer: Peer) -> str:
    """Why a connection was opened and no answer of DICOM came."""
    if peer.tls:
        _probe(peer)
        return "it closed the connection"
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with suppress(OSError), _connected(peer) as plain, anyone.wrap_socket(plain):
        return "it uses TLS: add --tls"
    return "what listens there does not answer in DICOM"


def _probe(peer: Peer) -> None:
    """Connect as an association does, for the error that this raises, if it does."""
    with _connected(peer) as plain:
        if peer.tls is None:
            return
        with (
            peer.tls.wrap_socket(plain, server_hostname=peer.host) as connection,
            suppress(TimeoutError),
        ):
            # With TLS 1.3 a server refuses our certificate only after the handshake.
            connection.settimeout(1)
            connection.recv(1)


def _connected(peer: Peer) -> socket.socket:
    return socket.create_connection((peer.host, peer.port), timeout=PROBE_SECONDS)


@contextmanager
def _explained(peer: Peer) -> Iterator[None]:
    """Turn the reason why a connection failed into one clear error."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        if isinstance(error, ssl.SSLCertVerificationError):
            why = f"its certificate is not trusted ({error.verify_message}): --tls-ca"
        elif isinstance(error, ssl.SSLError):
            why = tls_failure(error.reason or "")
        elif peer.tls and isinstance(error, ConnectionResetError | TimeoutError):
            why = tls_failure("")
        else:
            why = f"nothing answers there ({getattr(error, 'strerror', None) or error})"
        raise ArchiveUnreachable(
            f"no association with {peer}: {why}", host=peer.host, port=peer.port
        ) from error


def tls_failure(reason: str) -> str:
    """Why TLS failed, by OpenSSL's name of the reason."""
    if "CERTIFICATE_REQUIRED" in reason or "HANDSHAKE_FAILURE" in reason:
        return "it requires a certificate of ours: --tls-cert and --tls-key"
    if "ALERT" in reason:
        return f"it refuses TLS with us ({reason.replace('_', ' ').lower()})"
    return "it does not use TLS there"
