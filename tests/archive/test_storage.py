"""Sending: files unchanged, each failure alone, and only stored instances count as stored."""

from __future__ import annotations

import gc
import socket
import time
from pathlib import Path

import pytest
from pynetdicom import AE, evt

from octome.archive import storage
from octome.archive.receiver import Receiver
from octome.archive.storage import Sent, send
from octome.errors import ArchiveUnreachable


def test_sent_instances_are_received_byte_for_byte(
    made_chain, data_set_bytes, tmp_path: Path
) -> None:
    names = ("structure", "flow-omag", "surfaces", "height-map", "enface/retina-flow")
    paths = [made_chain.file(name) for name in names]
    with Receiver(tmp_path) as receiver:
        sent = send(paths, "127.0.0.1", receiver.port)
    assert [each.why for each in sent] == [""] * 5
    received = {path.stem: path for path in tmp_path.rglob("*.dcm")}
    for each in sent:
        assert data_set_bytes(received[each.sop_instance]) == data_set_bytes(each.path)
    assert not list(tmp_path.rglob(".*"))


def test_other_encodings_are_kept_unchanged(
    unusual: list[Path], data_set_bytes, tmp_path: Path
) -> None:
    with Receiver(tmp_path / "in") as receiver:
        sent = send(unusual, "127.0.0.1", receiver.port)
    received = {path.stem: data_set_bytes(path) for path in (tmp_path / "in").rglob("*.dcm")}
    assert received == {each.sop_instance: data_set_bytes(each.path) for each in sent}
    assert len(received) == len(unusual)


@pytest.mark.parametrize("length", [300, -10])
def test_a_bad_file_does_not_stop_the_good_ones(
    small_instance, tmp_path: Path, length: int
) -> None:
    cut, good = tmp_path / "cut", tmp_path / "good"
    cut.write_bytes(small_instance()[:length])
    good.write_bytes(small_instance())
    progress: list[int] = []
    with Receiver(tmp_path / "in") as receiver:
        sent = send(
            [cut, good], "127.0.0.1", receiver.port, progress=lambda done, _: progress.append(done)
        )
    assert [each.is_stored for each in sent] == [False, True]
    assert sent[0].why.startswith(f"cannot read {cut}: it ")
    assert progress == [2]


def test_more_classes_than_an_association_can_hold_go_in_several(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MOST_CONTEXTS", 3)
    paths = [tmp_path / f"{number}" for number in range(7)]
    for number, path in enumerate(paths, 1):
        path.write_bytes(small_instance(uid=f"1.2.{number}", sop_class=f"1.3.6.1.4.{number}"))
    with Receiver(tmp_path / "in") as receiver:
        sent = send(paths, "127.0.0.1", receiver.port)
    assert [each.path for each in sent] == paths
    assert all(each.is_stored for each in sent)


def test_a_receiver_that_disappears_midway_loses_no_result(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MOST_CONTEXTS", 1)
    paths = [tmp_path / f"{number}" for number in range(2)]
    for number, path in enumerate(paths, 1):
        path.write_bytes(small_instance(uid=f"1.2.{number}", sop_class=f"1.3.6.1.4.{number}"))
    associated = storage._associated
    with Receiver(tmp_path / "in") as receiver:

        def once(*words: object) -> object:
            monkeypatch.setattr(storage, "_associated", gone)
            return associated(*words)

        def gone(*words: object) -> object:
            raise ArchiveUnreachable("nothing answers there")

        monkeypatch.setattr(storage, "_associated", once)
        sent = send(paths, "127.0.0.1", receiver.port)
    assert [(each.is_stored, each.why) for each in sent] == [
        (True, ""),
        (False, "nothing answers there"),
    ]


def test_each_file_that_the_receiver_does_not_take_has_a_reason(
    small_instance, tmp_path: Path
) -> None:
    known, unknown, refused, warned = (tmp_path / name for name in "abcd")
    known.write_bytes(small_instance(uid="1.1"))
    unknown.write_bytes(small_instance(uid="1.2", sop_class="1.2.840.10008.5.1.4.1.1.2"))
    refused.write_bytes(small_instance(uid="1.3"))
    warned.write_bytes(small_instance(uid="1.4"))
    answers = {"1.1": 0x0000, "1.3": 0x0124, "1.4": 0xB000}
    entity = AE()
    entity.add_supported_context("1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.1.2.1")
    handlers = [(evt.EVT_C_STORE, lambda event: answers[event.request.AffectedSOPInstanceUID])]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
    # A receiver in the same process would take every class.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage._config, "UNRESTRICTED_STORAGE_SERVICE", False)
        port = server.server_address[1]
        sent = send([known, unknown, refused, warned], "127.0.0.1", port)
        (alone,) = send([unknown], "127.0.0.1", port)
    entity.shutdown()
    takes_none = "the receiver does not accept 1.2.840.10008.5.1.4.1.1.2 in the transfer syntax "
    assert sent == [
        Sent(known, "1.1", is_stored=True, why=""),
        Sent(unknown, "1.2", is_stored=False, why=takes_none + "1.2.840.10008.1.2.1"),
        Sent(refused, "1.3", is_stored=False, why="status 0x0124"),
        Sent(warned, "1.4", is_stored=True, why=""),
    ]
    assert alone == sent[1]


# pynetdicom leaves the socket of a rejected connection to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_missing_receiver_is_reported_in_one_line(small_instance, tmp_path: Path) -> None:
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        begun = time.monotonic()
        with pytest.raises(
            ArchiveUnreachable, match=r"nothing answers there \(Connection refused\)"
        ):
            send([path], "127.0.0.1", taken.getsockname()[1])
    with pytest.raises(ArchiveUnreachable, match="nothing answers there"):
        send([path], "a" * 70, 104)
    assert time.monotonic() - begun < 10
    gc.collect()


def test_a_rejected_association_is_reported_with_the_reason(small_instance, tmp_path: Path) -> None:
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    entity = AE("SOMEBODY")
    entity.require_called_aet = True
    entity.add_supported_context("1.2.840.10008.1.1")
    server = entity.start_server(("127.0.0.1", 0), block=False)
    with pytest.raises(ArchiveUnreachable, match=r"rejected the association \(Called AE title"):
        send([path], "127.0.0.1", server.server_address[1], called="NOBODY")
    entity.shutdown()


def test_a_peer_that_does_not_speak_dicom_is_reported(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "SECONDS", 0.5)
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(ArchiveUnreachable, match="it aborted the association"):
            send([path], "127.0.0.1", silent.getsockname()[1])


@pytest.mark.parametrize("title", ["", "  ", "longer than sixteen", "back\\slash", "é", "a\tb"])
def test_text_that_is_not_a_title_is_an_error(small_instance, tmp_path: Path, title: str) -> None:
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    with pytest.raises(ArchiveUnreachable, match="is not an Application Entity Title"):
        send([path], "127.0.0.1", 104, called=title)
