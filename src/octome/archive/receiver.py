"""A DICOM storage service: instances received by C-STORE (PS3.4 B), data sets byte for byte."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydicom.dataset import Dataset
from pynetdicom import _config, evt
from pynetdicom.association import Association

from octome.archive.admission import Admission
from octome.archive.association import PDU_BYTES, application_entity
from octome.archive.folder import InstanceFolder
from octome.archive.peer import checked_title
from octome.archive.receiver_event import (
    BrokenOff,
    Ended,
    ReceiverEvent,
    Refused,
    Rejected,
    Stored,
)
from octome.archive.streaming import StreamedDataSet, StreamingProvider
from octome.dicom.tag import TAG
from octome.errors import (
    ArchiveUnreachable,
    InstanceConflict,
    InstanceUnreadable,
    InstanceUnwritable,
    OctomeError,
)

VERIFICATION = "1.2.840.10008.1.1"  # C-ECHO
GREETING_SECONDS = 5  # to wait for a request, and for TLS
GRACE_SECONDS = 2  # for associations to end by themselves when it stops
ANY_NUMBER = 1 << 20  # of associations for pynetdicom, which also counts silent connections
MOST_PORT = 65535
LONGEST_COMMENT = 64  # characters of Error Comment, PS3.7 C.4
SUCCESS = 0x0000
# Of a Storage SCP, PS3.4 B.2.3. The last digits are free; PS3.7 9.1.1.1.9 has none for a duplicate.
OUT_OF_RESOURCES, OTHER_CLASS, NOT_UNDERSTOOD, CONFLICT = 0xA700, 0xA900, 0xC000, 0xC001
# (result, source, reason) of a rejected association, PS3.8 9.3.4
LIMIT_EXCEEDED = 0x02, 0x03, 0x02
REASONS = {(0x01, 0x03): "calling AE title not known", (0x01, 0x07): "called AE title not ours"}
# Every class in every transfer syntax, also private ones and those newer than pynetdicom.
_config.UNRESTRICTED_STORAGE_SERVICE = True


@dataclass(frozen=True, kw_only=True)
class AssociationPolicy:
    """Which associations a receiver accepts."""

    calling: tuple[str, ...] = ()
    """AE titles of known senders; any if empty."""
    checks_called: bool = False
    """Whether a sender must call the receiver by its own AE title."""
    most: int = 10
    """At a time."""
    timeout_seconds: float = 60
    """Without a message, after which an association is aborted."""


ANYBODY = AssociationPolicy()


class Receiver:
    """A storage service that stores received instances in a folder; used in a `with` statement.

    Parameters
    ----------
    folder : Path
    port : int
        0 for any free one; the attribute `port` is the one in use.
    ae_title : str
    host : str
        The address to listen at; by default only for this machine.
    policy : AssociationPolicy, optional
    tls : ssl.SSLContext, optional
        See `octome.archive.certificate.server_tls`; without it, nothing is encrypted.
    arrived : callable, optional
        Called with each event, from other threads.

    Raises
    ------
    InstanceUnwritable
        Nothing can be stored in the folder.
    ArchiveUnreachable
        The port is taken, or is not a port; or a title is not an Application Entity Title.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        ae_title: str = "OCTOME",
        host: str = "127.0.0.1",
        policy: AssociationPolicy = ANYBODY,
        tls: ssl.SSLContext | None = None,
        arrived: Callable[[ReceiverEvent], object] | None = None,
    ) -> None:
        self._entity = application_entity(ae_title)
        for title in policy.calling:
            checked_title(title)
        self._entity.require_calling_aet = list(policy.calling)
        self._entity.require_called_aet = policy.checks_called
        self._policy = policy
        self._admission = Admission(policy.most)
        self._entity.maximum_associations = ANY_NUMBER
        self._entity.acse_timeout = GREETING_SECONDS
        self._entity.network_timeout = policy.timeout_seconds
        self._entity.maximum_pdu_size = PDU_BYTES
        self._entity.add_supported_context(VERIFICATION)
        self._arrived = arrived or (lambda _event: None)
        self._is_stopping = threading.Event()
        # The folders of the studies that got new instances by each association.
        self._open: dict[Association, dict[Path, None]] = {}
        if not 0 <= port <= MOST_PORT:
            raise ArchiveUnreachable(f"{port} is not a port: 0 to {MOST_PORT}", port=port)
        self._folder = InstanceFolder(folder)
        self._folder.create()
        self._server = self._started(host, port, tls)
        self.port = int(self._server.server_address[1])

    @property
    def removed(self) -> int:
        """The number of incomplete files that a killed run had left."""
        return self._folder.removed

    def _started(self, host: str, port: int, tls: ssl.SSLContext | None) -> Any:
        handlers: list[Any] = [
            (evt.EVT_CONN_OPEN, self._connected),
            (evt.EVT_REQUESTED, self._requested),
            (evt.EVT_REJECTED, self._rejected),
            (evt.EVT_PDU_RECV, lambda event: self._admission.heard(event.assoc)),
            (evt.EVT_C_STORE, self._store),
            (evt.EVT_RELEASED, lambda event: self._end(event.assoc)),
            (evt.EVT_ABORTED, lambda event: self._end(event.assoc)),
        ]
        try:
            return self._entity.start_server(
                (host, port), block=False, evt_handlers=handlers, ssl_context=tls
            )
        except (OSError, UnicodeError) as error:
            raise ArchiveUnreachable(
                f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}",
                host=host,
                port=port,
            ) from error

    def _connected(self, event: evt.Event) -> None:
        association = event.assoc
        association.dimse = StreamingProvider(association, self._folder)
        connection: Any = getattr(association.dul.socket, "socket", None)
        if connection is not None:
            # Without it, a peer that sends half a message and no more is waited for forever.
            connection.settimeout(self._policy.timeout_seconds)
        for each in [each for each in self._open if not each.is_alive()]:
            self._end(each)  # it ended without an event
        self._admission.connected(association, GREETING_SECONDS)

    def _requested(self, event: evt.Event) -> None:
        association, policy = event.assoc, self._policy
        request: Any = association.requestor.primitive
        if policy.calling and request.calling_ae_title.strip() not in policy.calling:
            return  # pynetdicom rejects it
        if policy.checks_called and request.called_ae_title.strip() != self._entity.ae_title:
            return
        if self._admission.admit(association):
            self._open[association] = {}
            return
        association.acse.send_reject(*LIMIT_EXCEEDED)
        why = f"{policy.most} associations are open, and busy"
        self._arrived(Rejected(_sender(association), why))
        association.kill()

    def _rejected(self, event: evt.Event) -> None:
        answer: Any = event.assoc.acceptor.primitive
        why = REASONS.get((answer.result_source, answer.diagnostic), "not accepted")
        self._arrived(Rejected(_sender(event.assoc), why))

    def _end(self, association: Association) -> None:
        """An association has ended: what did not arrive completely is removed."""
        studies = self._open.pop(association, None)
        self._admission.ended(association)
        if isinstance(association.dimse, StreamingProvider):
            received = association.dimse.discard()
            if received:
                self._arrived(BrokenOff(_sender(association), received))
        if studies is not None:
            self._arrived(Ended(_sender(association), tuple(studies)))

    def _store(self, event: evt.Event) -> int | Dataset:
        """One C-STORE request: stored completely before it is answered."""
        association: Any = event.assoc
        request: Any = event.request
        sender, name = _sender(association), str(request.AffectedSOPInstanceUID)
        with self._admission.serving(association):
            try:
                path, is_new = self._stored(request.DataSet, f"the instance {name}")
            except OctomeError as error:
                status = _status(error)
                self._arrived(Refused(error, sender, int(status.Status)))
                return status
            finally:
                if request.DataSet is not None:
                    association.dimse.forget(request.DataSet)
        if is_new:
            self._open.get(association, {})[path.parents[1]] = None
        self._arrived(Stored(path, sender, is_new))
        return SUCCESS

    def _stored(self, data_set: StreamedDataSet | None, name: str) -> tuple[Path, bool]:
        if data_set is None:
            raise InstanceUnreadable(f"cannot read {name}: it came without a data set")
        if self._is_stopping.is_set():
            data_set.discard()
            raise InstanceUnwritable(f"{name} came while the receiver was stopping")
        return data_set.store(name)

    def stop(self) -> None:
        """Accept no more; stored instances are still confirmed before their association ends."""
        if self._is_stopping.is_set():
            return
        self._is_stopping.set()
        self._admission.close()
        self._server.shutdown()
        deadline = time.monotonic() + GRACE_SECONDS
        aborting = []
        for association in self._entity.active_associations:
            association.join(
                max(0.0, deadline - time.monotonic()) if association in self._open else 0
            )
            if association in self._open and association.is_alive():
                # Each takes its time, more so where the peer is gone.
                aborting.append(threading.Thread(target=association.abort, daemon=True))
                aborting[-1].start()
            elif association.dul.socket is not None:
                association.dul.socket.close()
        for each in aborting:
            each.join(GRACE_SECONDS)
        for association in list(self._open):
            self._end(association)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def _status(error: OctomeError) -> Dataset:
    """The status of an instance that is not stored, with its reason (PS3.7 C)."""
    answer = Dataset()
    if isinstance(error, InstanceConflict):
        answer.Status, comment = CONFLICT, "another data set has this SOP Instance UID"
        answer.OffendingElement = [TAG.SOPInstanceUID]
    elif isinstance(error, InstanceUnwritable):
        answer.Status, comment = OUT_OF_RESOURCES, str(error).rpartition(": ")[2]
    else:
        is_class = error.details.get("differs") == "SOPClassUID"
        answer.Status = OTHER_CLASS if is_class else NOT_UNDERSTOOD
        comment = str(error).partition(": ")[2] or str(error)
    answer.ErrorComment = comment[:LONGEST_COMMENT]
    return answer


def _sender(association: Association) -> str:
    """TITLE@address of the peer."""
    peer = association.requestor
    request: Any = peer.primitive
    title = str(getattr(request, "calling_ae_title", "")).strip()
    return f"{title}@{peer.address}"
