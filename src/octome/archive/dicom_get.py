"""Instances that an archive sends over our own association, by C-GET (PS3.4 C.4.3)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from pydicom.uid import AllTransferSyntaxes
from pynetdicom import evt
from pynetdicom.association import Association
from pynetdicom.presentation import build_context, build_role
from pynetdicom.sop_class import (  # type: ignore[attr-defined]
    StudyRootQueryRetrieveInformationModelGet,
)
from pynetdicom.status import QR_GET_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.association import associated
from octome.archive.dicom_query import SUCCESS
from octome.archive.folder import InstanceFolder
from octome.archive.peer import Peer
from octome.archive.query import Match
from octome.archive.retrieval import PatientStream, final_status, instance_keys
from octome.archive.transcoding import PLAIN
from octome.errors import ArchiveRefused, ArchiveUnreachable, OctomeError

NOT_STORED = 0xA700


class Getter:
    """Instances that come over our own association (C-GET); used in a `with` statement.

    Parameters
    ----------
    peer : Peer
    """

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self._open = ExitStack()
        self._association: Association | None = None
        self._sop_class = ""
        self._expected = ""
        self._stored: Path | None = None
        self._error: OctomeError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def deliver(self, match: Match, folder: InstanceFolder) -> Path:
        """Fetch an instance; see `Deliverer`.

        Raises
        ------
        ArchiveRefused
            The archive refuses it.
        ArchiveUnreachable
            The archive does not answer.
        InstanceUnreadable, InstanceConflict, InstanceUnwritable
            See `InstanceFolder.put`.
        """
        if not match.sop_class:
            raise ArchiveRefused(
                f"{self._peer} does not state the SOP Class of {match.sop_instance}, which C-GET "
                "needs: --move"
            )
        association = self._associated(match.sop_class, folder)
        self._expected, self._stored, self._error = match.sop_instance, None, None
        code, comment = final_status(
            association.send_c_get(instance_keys(match), StudyRootQueryRetrieveInformationModelGet)
        )
        if self._error is not None:
            raise self._error
        if code is None:
            raise ArchiveUnreachable(f"{self._peer} ended the association before it had answered")
        if self._stored is None:
            said = status_line(code, QR_GET_SERVICE_CLASS_STATUS, comment)
            raise ArchiveRefused(f"{self._peer} sent nothing for it: {said}")
        return self._stored

    def _associated(self, sop_class: str, folder: InstanceFolder) -> Association:
        """An association that can take instances of a class as they are stored."""
        found = self._association
        if found is not None and found.is_established and self._sop_class == sop_class:
            return found
        self._open.close()
        compressed = [syntax for syntax in AllTransferSyntaxes if syntax not in PLAIN]
        self._association = self._open.enter_context(
            associated(
                self._peer,
                [
                    build_context(StudyRootQueryRetrieveInformationModelGet),
                    *(build_context(sop_class, syntax) for syntax in compressed),
                    build_context(sop_class, [*PLAIN]),
                ],
                handlers=[
                    (evt.EVT_CONN_OPEN, lambda event: _stream(event.assoc, folder)),
                    (evt.EVT_C_STORE, self._store),
                ],
                roles=[build_role(sop_class, scp_role=True)],
            )
        )
        provider = self._association.dimse
        if isinstance(provider, PatientStream):
            self._open.callback(provider.discard)
        accepted = {each.abstract_syntax for each in self._association.accepted_contexts}
        if StudyRootQueryRetrieveInformationModelGet not in accepted:
            raise ArchiveRefused(f"{self._peer} does not answer C-GET: --move")
        if sop_class not in accepted:
            raise ArchiveRefused(f"{self._peer} does not send instances of {sop_class} by C-GET")
        self._sop_class = sop_class
        return self._association

    def _store(self, event: evt.Event) -> int:
        request: Any = event.request
        uid = str(request.AffectedSOPInstanceUID)
        association: Any = event.assoc
        try:
            if uid != self._expected or request.DataSet is None:
                raise ArchiveRefused(f"{self._peer} sends another instance than requested")
            self._stored, _ = request.DataSet.store(f"the instance {uid}")
        except OctomeError as error:
            self._error = error
            return NOT_STORED
        finally:
            if request.DataSet is not None:
                request.DataSet.discard()
                association.dimse.forget(request.DataSet)
        return SUCCESS


def _stream(association: Association, folder: InstanceFolder) -> None:
    association.dimse = PatientStream(association, folder)
