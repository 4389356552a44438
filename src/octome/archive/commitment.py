"""Storage commitment: an archive takes over the responsibility for instances (PS3.4 J)."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pydicom.dataset import Dataset
from pydicom.uid import generate_uid
from pynetdicom import evt
from pynetdicom.presentation import build_context
from pynetdicom.sop_class import (  # type: ignore[attr-defined]
    StorageCommitmentPushModel,
    StorageCommitmentPushModelInstance,
)
from pynetdicom.status import STORAGE_COMMITMENT_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.association import Handler, application_entity, associated
from octome.archive.peer import Peer
from octome.errors import ArchiveRefused, ArchiveUnreachable

REQUEST = 1  # Action Type ID, PS3.4 J.3.2
SUCCESS, WRONG_TRANSACTION = 0x0000, 0x0115
SAME_SECONDS = 5  # for a report on the association of the request
NO_REPORT = "the archive gave no report"
Instances = Sequence[tuple[str, str]]
"""SOP Class and SOP Instance UIDs."""


def commit(
    instances: Instances, peer: Peer, *, host: str, port: int, seconds: float
) -> dict[str, str]:
    """Ask an archive to keep instances for good, and wait for its report.

    The report comes over the same association, or over a new one to us, for which the archive must
    know our title, address and port.

    Parameters
    ----------
    instances : sequence of (str, str)
    peer : Peer
        The archive.
    host, port : str, int
        Where we listen.
    seconds : float
        To wait for the report.

    Returns
    -------
    why : dict
        For each SOP Instance UID why it is not committed; empty if it is.

    Raises
    ------
    ArchiveRefused
        The archive does not offer storage commitment, or refuses the request.
    ArchiveUnreachable
        The archive does not answer, or we cannot listen.
    """
    transaction = generate_uid()
    reports: queue.Queue[Dataset] = queue.Queue()

    def take(event: evt.Event) -> tuple[int, None]:
        report = event.event_information
        if report.get("TransactionUID") != transaction:
            return WRONG_TRANSACTION, None
        reports.put(report)
        return SUCCESS, None

    handlers: list[Handler] = [(evt.EVT_N_EVENT_REPORT, take)]
    until = time.monotonic() + seconds
    with _listening(peer.calling, host, port, handlers):
        context = build_context(StorageCommitmentPushModel)
        with associated(peer, [context], handlers=handlers) as association:
            if not association.accepted_contexts:
                raise ArchiveRefused(f"{peer} does not offer storage commitment")
            status, _ = association.send_n_action(
                _request(transaction, instances),
                REQUEST,
                StorageCommitmentPushModel,
                StorageCommitmentPushModelInstance,
            )
            code = status.get("Status")
            if code is None:
                raise ArchiveUnreachable(f"{peer} did not answer the request for commitment")
            if code != SUCCESS:
                said = status_line(
                    code, STORAGE_COMMITMENT_SERVICE_CLASS_STATUS, status.get("ErrorComment")
                )
                raise ArchiveRefused(f"{peer} refuses storage commitment: {said}")
            report = _report(reports, min(seconds, SAME_SECONDS))
        report = report or _report(reports, until - time.monotonic())
    return {uid: _outcome(report, uid) for _, uid in instances}


def _request(transaction: str, instances: Instances) -> Dataset:
    request = Dataset()
    request.TransactionUID = transaction
    request.ReferencedSOPSequence = []
    for sop_class, uid in instances:
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, uid
        request.ReferencedSOPSequence.append(item)
    return request


@contextmanager
def _listening(title: str, host: str, port: int, handlers: list[Handler]) -> Iterator[None]:
    """Accept the archive's own association."""
    entity = application_entity(title)
    # The archive connects, and is the provider of the service.
    entity.add_supported_context(StorageCommitmentPushModel, scu_role=True, scp_role=True)
    handled: Any = handlers
    try:
        entity.start_server((host, port), block=False, evt_handlers=handled)
    except (OSError, UnicodeError) as error:
        raise ArchiveUnreachable(
            f"cannot listen on {host}:{port} for the report: "
            f"{getattr(error, 'strerror', None) or error}",
            host=host,
            port=port,
        ) from error
    try:
        yield
    finally:
        entity.shutdown()


def _report(reports: queue.Queue[Dataset], seconds: float) -> Dataset | None:
    try:
        return reports.get(timeout=max(0.1, seconds))
    except queue.Empty:
        return None


def _outcome(report: Dataset | None, uid: str) -> str:
    """Why an instance is not committed; empty if it is."""
    if report is None:
        return NO_REPORT
    for item in report.get("FailedSOPSequence") or []:
        if item.get("ReferencedSOPInstanceUID") == uid:
            reason = item.get("FailureReason")
            if reason is None:
                return "the archive gives no reason"
            return status_line(reason, STORAGE_COMMITMENT_SERVICE_CLASS_STATUS)
    for item in report.get("ReferencedSOPSequence") or []:
        if item.get("ReferencedSOPInstanceUID") == uid:
            return ""
    return "the report of the archive does not name it"
