"""Storage commitment: by a real Orthanc, over a connection of its own, and by others."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydicom import Dataset
from pynetdicom import AE, evt
from pynetdicom.sop_class import StorageCommitmentPushModel

from octome.archive.commitment import commit
from octome.archive.peer import Peer
from octome.cli.main import main
from octome.errors import ArchiveRefused

SC = "1.2.840.10008.5.1.4.1.1.7"


def test_orthanc_commits_what_it_stored(orthanc_server, small_instance, tmp_path: Path) -> None:
    orthanc_server.clear()
    for number in range(3):
        (tmp_path / f"{number}").write_bytes(small_instance(uid=f"1.2.{number}"))
    target = f"ORTHANC@127.0.0.1:{orthanc_server.dicom_port}"
    words = ["send", str(tmp_path), target, "--commit", "--listen-port", orthanc_server.our_port]
    result = CliRunner().invoke(main, [*map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    assert [each["committed"] for each in json.loads(result.stdout)["instances"]] == [True] * 3


def test_orthanc_does_not_commit_what_it_does_not_have(orthanc_server) -> None:
    peer = Peer(host="127.0.0.1", port=orthanc_server.dicom_port)
    orthanc_server.clear()
    found = commit(
        [(SC, "1.2.9")], peer, host="127.0.0.1", port=orthanc_server.our_port, seconds=20
    )
    assert found == {"1.2.9": "status 0x0112, no such SOP instance"}


@contextmanager
def archive(report: Dataset | None) -> Iterator[int]:
    """An archive that reports on the association of the request."""
    entity = AE()
    entity.add_supported_context(StorageCommitmentPushModel)

    def act(event: evt.Event) -> tuple[int, None]:
        def send() -> None:
            time.sleep(0.2)
            assert report is not None
            report.TransactionUID = event.action_information.TransactionUID
            event.assoc.send_n_event_report(
                report, 1, StorageCommitmentPushModel, "1.2.840.10008.1.20.1.1"
            )

        if report is not None:
            threading.Thread(target=send).start()
        return 0x0000, None

    server = entity.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_N_ACTION, act)]
    )
    yield server.server_address[1]
    entity.shutdown()


def test_a_report_may_come_on_the_same_association() -> None:
    item, report = Dataset(), Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = SC, "1.2.1"
    report.ReferencedSOPSequence = [item]
    with archive(report) as port:
        peer = Peer(host="127.0.0.1", port=port)
        found = commit([(SC, "1.2.1"), (SC, "1.2.2")], peer, host="127.0.0.1", port=0, seconds=5)
    assert found == {"1.2.1": "", "1.2.2": "the report of the archive does not name it"}


def test_no_report_is_no_commitment() -> None:
    with archive(None) as port:
        peer = Peer(host="127.0.0.1", port=port)
        found = commit([(SC, "1.2.1")], peer, host="127.0.0.1", port=0, seconds=0.5)
    assert found == {"1.2.1": "the archive gave no report"}


def test_an_archive_without_the_service_is_reported() -> None:
    entity = AE()
    entity.add_supported_context("1.2.840.10008.1.1")
    server = entity.start_server(("127.0.0.1", 0), block=False)
    peer = Peer(host="127.0.0.1", port=server.server_address[1])
    with pytest.raises(ArchiveRefused, match="does not offer storage commitment"):
        commit([(SC, "1.2.1")], peer, host="127.0.0.1", port=0, seconds=1)
    entity.shutdown()
