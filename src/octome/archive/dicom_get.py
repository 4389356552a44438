"""Instances that an archive sends over our own association, by C-GET (PS3.4 C.4.3)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from pydicom import uid
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
COMPRESSED = tuple(syntax for syntax in uid.AllTransferSyntaxes if syntax not in PLAIN)
# Where the class is not known: as many pairs as an association can hold.
USUAL = (
    uid.HTJ2KLossless, uid.JPEG2000Lossless, uid.JPEGLSLossless, uid.RLELossless,
    uid.JPEGLosslessSV1, uid.JPEG2000, uid.JPEGBaseline8Bit,
)  # fmt: skip
EYE_CLASSES = (
    "1.2.840.10008.5.1.4.1.1.7",  # Secondary Capture
    "1.2.840.10008.5.1.4.1.1.7.2",  # Multi-frame Grayscale Byte Secondary Capture
    "1.2.840.10008.5.1.4.1.1.7.4",  # Multi-frame True Color Secondary Capture
    "1.2.840.10008.5.1.4.1.1.66",  # Raw Data
    "1.2.840.10008.5.1.4.1.1.66.4",  # Segmentation
    "1.2.840.10008.5.1.4.1.1.66.5",  # Surface Segmentation
    "1.2.840.10008.5.1.4.1.1.66.8",  # Height Map Segmentation
    "1.2.840.10008.5.1.4.1.1.77.1.5.1",  # Ophthalmic Photography 8 Bit
    "1.2.840.10008.5.1.4.1.1.77.1.5.2",  # Ophthalmic Photography 16 Bit
    "1.2.840.10008.5.1.4.1.1.77.1.5.4",  # Ophthalmic Tomography
    "1.2.840.10008.5.1.4.1.1.77.1.5.5",  # Wide Field Ophthalmic Photography Stereographic
    "1.2.840.10008.5.1.4.1.1.77.1.5.6",  # Wide Field Ophthalmic Photography 3D Coordinates
    "1.2.840.10008.5.1.4.1.1.77.1.5.7",  # Ophthalmic Optical Coherence Tomography En Face
    "1.2.840.10008.5.1.4.1.1.77.1.5.8",  # Ophthalmic OCT B-scan Volume Analysis
    "1.2.840.10008.5.1.4.1.1.104.1",  # Encapsulated PDF
)


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
            unknown = "" if match.sop_class else "; it does not state the SOP Class: try --move"
            raise ArchiveRefused(f"{self._peer} sent nothing for it: {said}{unknown}")
        return self._stored

    def _associated(self, sop_class: str, folder: InstanceFolder) -> Association:
        """An association that can take instances of a class as they are stored.

        Of the usual classes of eye images if the archive does not state the class.
        """
        found = self._association
        if found is not None and found.is_established and self._sop_class == sop_class:
            return found
        self._open.close()
        classes = (sop_class,) if sop_class else EYE_CLASSES
        compressed = COMPRESSED if sop_class else USUAL
        self._association = self._open.enter_context(
            associated(
                self._peer,
                [
                    build_context(StudyRootQueryRetrieveInformationModelGet),
                    *(build_context(each, syntax) for each in classes for syntax in compressed),
                    *(build_context(each, [*PLAIN]) for each in classes),
                ],
                handlers=[
                    (evt.EVT_CONN_OPEN, lambda event: _stream(event.assoc, folder)),
                    (evt.EVT_C_STORE, self._store),
                ],
                roles=[build_role(each, scp_role=True) for each in classes],
            )
        )
        provider = self._association.dimse
        if isinstance(provider, PatientStream):
            self._open.callback(provider.discard)
        accepted = {each.abstract_syntax for each in self._association.accepted_contexts}
        if StudyRootQueryRetrieveInformationModelGet not in accepted:
            raise ArchiveRefused(f"{self._peer} does not answer C-GET: --move")
        if not accepted & {*classes}:
            raise ArchiveRefused(
                f"{self._peer} does not send instances of {sop_class or 'eyes'} by C-GET: --move"
            )
        self._sop_class = sop_class
        return self._association

    def _store(self, event: evt.Event) -> int:
        request: Any = event.request
        instance = str(request.AffectedSOPInstanceUID)
        association: Any = event.assoc
        try:
            if instance != self._expected or request.DataSet is None:
                raise ArchiveRefused(f"{self._peer} sends another instance than requested")
            self._stored, _ = request.DataSet.store(f"the instance {instance}")
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
