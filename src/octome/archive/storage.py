"""DICOM storage: instances sent and received by C-STORE (PS3.4 B), data sets byte for byte."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pynetdicom import AE, AllStoragePresentationContexts, _config, evt
from pynetdicom.association import Association
from pynetdicom.presentation import build_context

from octome.archive.folder import InstanceFolder, identity
from octome.errors import (
    ArchiveUnreachable,
    InstanceUnreadable,
    InstanceUnwritable,
    OctomeError,
)

VERIFICATION = "1.2.840.10008.1.1"  # C-ECHO
MOST_CONTEXTS = 128  # of one association, PS3.8 9.3.2.2
SECONDS = 30  # to wait for a peer
PDU_BYTES = 1 << 17
# Of a Storage SCP, PS3.4 B.2.3.
SUCCESS, OUT_OF_RESOURCES, NOT_UNDERSTOOD = 0x0000, 0xA700, 0xC000
# Every class is taken, also those that are newer than pynetdicom or private.
SYNTAXES = (
    "1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203",
)  # fmt: skip
# Files are streamed, not decoded: what arrives is what lies on the disk.
_config.STORE_SEND_CHUNKED_DATASET = True
_config.STORE_RECV_CHUNKED_DATASET = True
_config.UNRESTRICTED_STORAGE_SERVICE = True

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Sent:
    """What became of one instance."""

    path: Path
    sop_instance: str
    is_stored: bool
    why: str
    """Why it was not; empty where it was."""


def send(
    paths: Sequence[Path],
    host: str,
    port: int,
    *,
    called: str = "ANY-SCP",
    calling: str = "OCTOME",
    progress: Progress | None = None,
) -> list[Sent]:
    """Send files as they are; a refusal of one does not stop the others.

    Parameters
    ----------
    paths : sequence of Path
    host, port : str, int
        Of the storage service.
    called, calling : str
        Application Entity Titles.
    progress : callable, optional
        Told the instances done and all of them.

    Returns
    -------
    sent : list of Sent
        In the order of `paths`.

    Raises
    ------
    ArchiveUnreachable
        Nobody answers, or the association is rejected.
    """
    done: dict[Path, Sent] = {}
    wanted: dict[Path, tuple[str, str, str]] = {}
    for path in paths:
        try:
            header = identity(path)
        except InstanceUnreadable as error:
            done[path] = Sent(path, "", is_stored=False, why=str(error))
            continue
        syntax = str(header.file_meta.TransferSyntaxUID)
        wanted[path] = (str(header.SOPClassUID), syntax, str(header.SOPInstanceUID))
    pairs = sorted({(sop_class, syntax) for sop_class, syntax, _ in wanted.values()})
    for start in range(0, len(pairs), MOST_CONTEXTS):
        lot = set(pairs[start : start + MOST_CONTEXTS])
        here = {path: said for path, said in wanted.items() if said[:2] in lot}
        association = _associated(host, port, sorted(lot), called, calling)
        try:
            for path, said in here.items():
                done[path] = _sent(association, path, *said)
                if progress is not None:
                    progress(len(done), len(paths))
        finally:
            association.release()
    return [done[path] for path in paths]


def _associated(
    host: str, port: int, pairs: list[tuple[str, str]], called: str, calling: str
) -> Association:
    try:
        # pynetdicom says only that it went wrong, and leaves its socket open.
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        raise ArchiveUnreachable(
            f"cannot send to {host}:{port}: nobody answers there ({error.strerror or error})",
            host=host,
            port=port,
        ) from error
    ae = AE(calling)
    ae.acse_timeout = ae.dimse_timeout = ae.network_timeout = SECONDS
    ae.connection_timeout = SECONDS
    contexts = [build_context(sop_class, syntax) for sop_class, syntax in pairs]
    association = ae.associate(host, port, contexts, ae_title=called, max_pdu=PDU_BYTES)
    # Broken off by ourselves where it takes none of the contexts: each file is told so.
    if not association.is_established and not association.rejected_contexts:
        rejected = association.is_rejected
        why = "it rejected the association" if rejected else "it broke the association off"
        raise ArchiveUnreachable(
            f"cannot send to {called}@{host}:{port}: {why}", host=host, port=port
        )
    return association


def _sent(association: Association, path: Path, sop_class: str, syntax: str, uid: str) -> Sent:
    def refused(why: str) -> Sent:
        return Sent(path, uid, is_stored=False, why=why)

    accepted = {
        (context.abstract_syntax, context.transfer_syntax[0])
        for context in association.accepted_contexts
    }
    if (sop_class, syntax) not in accepted:
        return refused(f"the receiver takes no {sop_class} in the transfer syntax {syntax}")
    if not association.is_established:
        return refused("the association broke off before")
    try:
        status = association.send_c_store(path)
    # What goes wrong while a file is streamed is of many kinds, and the next file may go well.
    except Exception as error:  # noqa: BLE001
        return refused(f"{type(error).__name__}: {error}")
    code = status.get("Status")
    if code is None:
        return refused("the receiver did not answer")
    # 0xB000 and the like are warnings: it was stored.
    if code == SUCCESS or code & 0xF000 == 0xB000:
        return Sent(path, uid, is_stored=True, why="")
    comment = status.get("ErrorComment")
    return refused(f"status 0x{code:04X}" + (f" ({comment})" if comment else ""))


class Receiver:
    """A storage service that puts what it gets into a folder; use it in a `with`.

    Parameters
    ----------
    folder : Path
    port : int
        0 for any that is free; `port` tells which.
    ae_title : str
    host : str
        Whom it listens to; only this machine unless told otherwise.
    arrived : callable, optional
        Told of each instance: its path, or the refusal.

    Raises
    ------
    ArchiveUnreachable
        The port is taken.
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
        self._arrived = arrived or (lambda _what: None)
        ae = AE(ae_title)
        ae.acse_timeout = ae.dimse_timeout = ae.network_timeout = SECONDS
        ae.maximum_associations = 8
        ae.maximum_pdu_size = PDU_BYTES
        ae.add_supported_context(VERIFICATION)
        for context in AllStoragePresentationContexts:
            ae.add_supported_context(str(context.abstract_syntax), list(SYNTAXES))
        try:
            server = ae.start_server(
                (host, port), block=False, evt_handlers=[(evt.EVT_C_STORE, self._store)]
            )
        except OSError as error:
            raise ArchiveUnreachable(
                f"cannot listen on {host}:{port}: {error.strerror or error}", host=host, port=port
            ) from error
        assert server is not None  # noqa: S101  (one that does not block is given back)
        self._server = server
        self.port = int(server.server_address[1])

    def _store(self, event: evt.Event) -> int:
        """One C-STORE request: kept whole before it is answered."""
        try:
            path, _ = self._folder.put(lambda file: _copied(event.dataset_path, file))
        except InstanceUnreadable as error:
            self._arrived(error)
            return NOT_UNDERSTOOD
        except InstanceUnwritable as error:
            self._arrived(error)
            return OUT_OF_RESOURCES
        self._arrived(path)
        return SUCCESS

    def stop(self) -> None:
        """Take no more."""
        self._server.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def _copied(source: Path, file: Any) -> None:
    with Path(source).open("rb") as received:
        shutil.copyfileobj(received, file, 1 << 20)
