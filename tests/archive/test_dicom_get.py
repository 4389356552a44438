"""C-GET from DCMTK's archive, which does not state the SOP Class of an instance."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dcmtk import command, free_port, needs_dcmtk

from octome.archive.dicom_get import EYE_CLASSES, USUAL, Getter
from octome.archive.dicom_source import DicomSource
from octome.archive.folder import InstanceFolder
from octome.archive.peer import Peer
from octome.archive.query import Match, Query, matches
from octome.archive.storage import send
from octome.errors import ArchiveRefused

pytestmark = needs_dcmtk


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    """An empty archive."""
    port, database = free_port(), tmp_path / "database"
    database.mkdir()
    (tmp_path / "dcmqrscp.cfg").write_text(
        f"NetworkTCPPort = {port}\nMaxPDUSize = 131072\nMaxAssociations = 16\n"
        "HostTable BEGIN\nHostTable END\nVendorTable BEGIN\nVendorTable END\n"
        f"AETable BEGIN\nPOND {database} RW (200, 1024mb) ANY\nAETable END\n"
    )
    program = subprocess.Popen(
        [command("dcmqrscp"), "-c", str(tmp_path / "dcmqrscp.cfg")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield Peer(host="127.0.0.1", port=port, called="POND")
    program.kill()
    program.wait()


def test_an_instance_of_a_class_that_is_not_stated_comes(
    peer: Peer, small_instance, tmp_path: Path
) -> None:
    path = tmp_path / "small"
    path.write_bytes(small_instance(uid="1.2.1"))
    (sent,) = send([path], peer.host, peer.port, called=peer.called)
    assert sent.why == ""
    with DicomSource(peer) as source:
        (match,) = matches(source, Query(study="1.2"))
    assert match.sop_class == ""
    folder = InstanceFolder(tmp_path / "in")
    with Getter(peer) as getter:
        received = getter.deliver(match, folder)
        with pytest.raises(ArchiveRefused, match="sent nothing for it"):
            getter.deliver(absent(match), folder)
    assert received.stem == "1.2.1"
    assert folder.holding("1.2.1") == received


def absent(match: Match) -> Match:
    return Match(**{**vars(match), "sop_instance": "1.2.9"})


def test_the_usual_pairs_fit_into_one_association() -> None:
    assert 1 + len(EYE_CLASSES) * (len(USUAL) + 1) <= 128
