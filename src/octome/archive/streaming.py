"""A data set that goes to the disk while it arrives, so that memory holds one piece of it."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

from pynetdicom.association import Association
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_messages import DIMSEMessage
from pynetdicom.dsutils import create_file_meta, encode_file_meta
from pynetdicom.pdu_primitives import P_DATA

from octome.archive.folder import Incoming, InstanceFolder, kept
from octome.dicom.implementation import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION
from octome.dicom.part10 import PREAMBLE_BYTES, PREFIX
from octome.errors import InstanceUnreadable, InstanceUnwritable

C_STORE_REQUEST = 0x0001  # Command Field, PS3.7 E.1


class StreamedDataSet(BytesIO):
    """The data set of a C-STORE request: a file of its own in a folder, from its first piece on.

    After an error of the disk the rest is thrown away, and `store` raises that error: the sender
    can be given an answer. The data sets of other messages are thrown away too.
    """

    def __init__(self, folder: InstanceFolder, message: DIMSEMessage, association: Association):
        super().__init__()
        self._folder, self._message, self._association = folder, message, association
        self._file = ExitStack()
        self._incoming: Incoming | None = None
        self._error: InstanceUnwritable | None = None
        self._is_closed = False
        self._received = 0
        # Written, stored and discarded by different threads of an association.
        self._lock = threading.Lock()

    def write(self, piece: Any) -> int:
        """Append a piece to the file."""
        with self._lock:
            if not self._is_closed and self._error is None:
                try:
                    with kept(self._folder.path):
                        self._append(piece)
                except InstanceUnwritable as error:
                    self._error = error
                    self._file.close()
        return len(piece)

    def store(self, name: str) -> tuple[Path, bool]:
        """Store the instance; see `Incoming.store`."""
        with self._lock, self._file:
            self._is_closed = True
            if self._error is not None:
                raise self._error
            if self._incoming is None:
                raise InstanceUnreadable(f"cannot read {name}: it came without a data set")
            return self._incoming.store(name)

    def discard(self) -> int:
        """Remove the file, unless it has been stored; returns how many bytes had arrived."""
        with self._lock:
            self._is_closed = True
            self._file.close()
            return self._received

    def _append(self, piece: bytes) -> None:
        if self._incoming is None:
            head = self._head()
            if head is None:
                self._is_closed = True
                return
            self._incoming = self._file.enter_context(self._folder.incoming())
            self._incoming.file.write(head)
        self._incoming.file.write(piece)
        self._received += len(piece)

    def _head(self) -> bytes | None:
        """Preamble and file meta information (PS3.10 7.1); None for another kind of message."""
        command: Any = self._message.command_set
        classes = [
            context.transfer_syntax[0]
            for context in self._association.accepted_contexts
            if context.context_id == self._message.context_id
        ]
        instance = command.get("AffectedSOPInstanceUID")
        sop_class = command.get("AffectedSOPClassUID")
        is_request = command.get("CommandField") == C_STORE_REQUEST
        if not (is_request and classes and instance and sop_class):
            return None
        meta = create_file_meta(
            sop_class_uid=sop_class,
            sop_instance_uid=instance,
            transfer_syntax=classes[0],
            implementation_uid=IMPLEMENTATION_CLASS,
            implementation_version=IMPLEMENTATION_VERSION,
        )
        return bytes(PREAMBLE_BYTES) + PREFIX + encode_file_meta(meta)


class StreamingProvider(DIMSEServiceProvider):
    """What turns the pieces that an association receives into messages, with streamed data sets."""

    def __init__(self, association: Association, folder: InstanceFolder) -> None:
        super().__init__(association)
        self._folder = folder
        self._data_sets: set[StreamedDataSet] = set()

    def receive_primitive(self, primitive: P_DATA) -> None:
        """Add a piece to the current message."""
        if self.message is None:
            self.message = DIMSEMessage()
            data_set = StreamedDataSet(self._folder, self.message, self.assoc)
            self.message.data_set = data_set
            self._data_sets.add(data_set)
        super().receive_primitive(primitive)

    def forget(self, data_set: StreamedDataSet) -> None:
        """A data set has been stored or refused."""
        self._data_sets.discard(data_set)

    def discard(self) -> int:
        """Remove the files of data sets that did not arrive completely, or were never stored.

        Returns
        -------
        received : int
            How many bytes of them had arrived.
        """
        received = sum(each.discard() for each in list(self._data_sets))
        self._data_sets.clear()
        return received
