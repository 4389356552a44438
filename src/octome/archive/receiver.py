"""A DICOM storage service: instances received by C-STORE (PS3.4 B), data sets byte for byte."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from pynetdicom import _config, evt
from pynetdicom.dsutils import create_file_meta, encode_file_meta

from octome.archive.association import PDU_BYTES, application_entity
from octome.archive.folder import InstanceFolder
from octome.dicom.part10 import PREAMBLE_BYTES, PREFIX
from octome.errors import ArchiveUnreachable, InstanceUnreadable, InstanceUnwritable, OctomeError

VERIFICATION = "1.2.840.10008.1.1"  # C-ECHO
MOST_ASSOCIATIONS = 8  # at a time; an instance lies in memory while it arrives
GREETING_SECONDS = (
    5  # to wait for a request; until then a silent connection counts as an association
)
GRACE_SECONDS = 2  # for associations to end by themselves when it stops
# Of a Storage SCP, PS3.4 B.2.3.
SUCCESS, OUT_OF_RESOURCES, NOT_UNDERSTOOD = 0x0000, 0xA700, 0xC000
# Every class in every transfer syntax, also private ones and those newer than pynetdicom.
_config.UNRESTRICTED_STORAGE_SERVICE = True


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
    arrived : callable, optional
        Called with each instance's path, or with the error; from other threads.

    Raises
    ------
    InstanceUnwritable
        Nothing can be stored in the folder.
    ArchiveUnreachable
        The port is taken, or the title is not an Application Entity Title.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        ae_title: str = "OCTOME",
        host: str = "127.0.0.1",
        arrived: Callable[[Path | OctomeError], object] | None = None,
    ) -> None:
        self._folder = InstanceFolder(folder)
        self._folder.create()
        self._arrived = arrived or (lambda _what: None)
        self._is_stopping = threading.Event()
        self._entity = application_entity(ae_title)
        self._entity.maximum_associations = MOST_ASSOCIATIONS
        self._entity.acse_timeout = GREETING_SECONDS
        self._entity.maximum_pdu_size = PDU_BYTES
        self._entity.add_supported_context(VERIFICATION)
        try:
            server = self._entity.start_server(
                (host, port), block=False, evt_handlers=[(evt.EVT_C_STORE, self._store)]
            )
        except (OSError, UnicodeError) as error:
            raise ArchiveUnreachable(
                f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}",
                host=host,
                port=port,
            ) from error
        assert server is not None  # noqa: S101  (returned because it does not block)
        self._server = server
        self.port = int(server.server_address[1])

    def _store(self, event: evt.Event) -> int:
        """One C-STORE request: stored completely before it is answered."""
        if self._is_stopping.is_set():
            return OUT_OF_RESOURCES
        try:
            path, _ = self._folder.put(lambda file: _written(event, file))
        except InstanceUnreadable as error:
            self._arrived(error)
            return NOT_UNDERSTOOD
        except InstanceUnwritable as error:
            self._arrived(error)
            return OUT_OF_RESOURCES
        self._arrived(path)
        return SUCCESS

    def stop(self) -> None:
        """Accept no more; stored instances are still confirmed before their association ends."""
        self._is_stopping.set()
        self._server.shutdown()
        deadline = time.monotonic() + GRACE_SECONDS
        for association in self._entity.active_associations:
            if association.is_established:
                association.join(max(0.0, deadline - time.monotonic()))
        self._entity.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def _written(event: evt.Event, file: BinaryIO) -> None:
    """The data set as it arrived, after new file meta information (PS3.10 7.1)."""
    request: Any = event.request
    meta = create_file_meta(
        sop_class_uid=request.AffectedSOPClassUID,
        sop_instance_uid=request.AffectedSOPInstanceUID,
        transfer_syntax=event.context.transfer_syntax,
    )
    file.write(bytes(PREAMBLE_BYTES) + PREFIX + encode_file_meta(meta))
    if request.DataSet is not None:
        file.write(request.DataSet.getbuffer())
