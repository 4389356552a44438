"""Instances that an archive sends to us over an association of its own, by C-MOVE (PS3.4 C.4.2)."""

from __future__ import annotations

import queue
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from pynetdicom.association import Association
from pynetdicom.presentation import build_context
from pynetdicom.sop_class import (  # type: ignore[attr-defined]
    StudyRootQueryRetrieveInformationModelMove,
)
from pynetdicom.status import QR_MOVE_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.association import associated
from octome.archive.dicom_query import SUCCESS
from octome.archive.folder import InstanceFolder
from octome.archive.peer import Peer
from octome.archive.query import Match
from octome.archive.receiver import Receiver
from octome.archive.receiver_event import ReceiverEvent, Stored
from octome.archive.retrieval import Patient, final_status, instance_keys
from octome.dicom.instance_identity import identity_of
from octome.dicom.part10 import read_header
from octome.errors import ArchiveRefused, ArchiveUnreachable

ARRIVAL_SECONDS = 30  # for an instance after the other side says that it sent it


class Mover:
    """Instances that the archive sends to us over an association of its own (C-MOVE).

    Used in a `with` statement. The archive must know our title and address.

    Parameters
    ----------
    peer : Peer
    folder : Path
    host, port : str, int
        Where we listen.
    """

    def __init__(self, peer: Peer, folder: Path, host: str, port: int) -> None:
        self._peer = peer
        self._arrived: queue.Queue[ReceiverEvent] = queue.Queue()
        self._open = ExitStack()
        self._receiver = self._open.enter_context(
            Receiver(folder, host=host, port=port, ae_title=peer.calling, arrived=self._arrived.put)
        )
        self._association: Association | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def deliver(self, match: Match, folder: InstanceFolder) -> Path:  # noqa: ARG002
        """Have an instance sent; see `Deliverer`.

        Raises
        ------
        ArchiveRefused
            The archive refuses it, or what it sent did not arrive.
        ArchiveUnreachable
            The archive does not answer.
        """
        model = StudyRootQueryRetrieveInformationModelMove
        if self._association is None or not self._association.is_established:
            self._association = self._open.enter_context(
                associated(self._peer, [build_context(model)])
            )
            if not self._association.accepted_contexts:
                raise ArchiveRefused(f"{self._peer} does not answer C-MOVE")
            self._association.dimse = Patient(self._association)
        code, comment = final_status(
            self._association.send_c_move(instance_keys(match), self._peer.calling, model)
        )
        path = self._arrival(match, ARRIVAL_SECONDS if code == SUCCESS else 0.1)
        if path is not None:
            return path
        if code is None:
            raise ArchiveUnreachable(f"{self._peer} ended the association before it had answered")
        said = status_line(code, QR_MOVE_SERVICE_CLASS_STATUS, comment)
        raise ArchiveRefused(
            f"{self._peer} sent nothing to {self._peer.calling!r} on port {self._receiver.port}, "
            f"which it must know: {said}"
        )

    def _arrival(self, match: Match, seconds: float) -> Path | None:
        """The file of an instance that arrived, or arrives within this time."""
        while True:
            try:
                event = self._arrived.get(timeout=seconds)
            except queue.Empty:
                return None
            if isinstance(event, Stored) and _is_of(event.path, match):
                return event.path


def _is_of(path: Path, match: Match) -> bool:
    return identity_of(read_header(path)).sop_instance == match.sop_instance
