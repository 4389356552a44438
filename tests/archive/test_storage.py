"""Sending: files unchanged, each failure alone, and only stored instances count as stored."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset
from pydicom.uid import (
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSNearLossless,
    SecondaryCaptureImageStorage,
)
from pynetdicom import AE, evt
from pynetdicom.pdu import P_DATA_TF

from octome.archive import association, storage
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
    outcomes: list[Sent] = []
    with Receiver(tmp_path / "in") as receiver:
        sent = send([cut, good], "127.0.0.1", receiver.port, each=outcomes.append)
    assert [each.is_stored for each in sent] == [False, True]
    assert sent[0].why.startswith(f"cannot read {cut}: it ")
    assert outcomes == sent


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
    real, opened = storage.associated, []

    def once(*words: object) -> object:
        opened.append(words)
        if len(opened) > 1:
            raise ArchiveUnreachable("nothing answers there")
        return real(*words)

    monkeypatch.setattr(storage, "associated", once)
    with Receiver(tmp_path / "in") as receiver:
        sent = send(paths, "127.0.0.1", receiver.port)
    assert [(each.is_stored, each.why) for each in sent] == [
        (True, ""),
        (False, "nothing answers there"),
    ]


@contextmanager
def taking(
    *contexts: tuple[str, str], answers: dict[str, int], received: list[Dataset] | None = None
) -> Iterator[int]:
    """A storage service of other people: its classes, their encodings and its answers."""
    entity = AE()
    for sop_class, syntax in contexts:
        entity.add_supported_context(sop_class, syntax)

    def store(event: evt.Event) -> int:
        if received is not None:
            received.append(event.dataset)
        return answers[event.request.AffectedSOPInstanceUID]

    handlers = [(evt.EVT_C_STORE, store)]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
    # A receiver in the same process would take every class.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage._config, "UNRESTRICTED_STORAGE_SERVICE", False)
        yield server.server_address[1]
    entity.shutdown()


def test_each_file_that_the_receiver_does_not_take_has_a_reason(
    small_instance, tmp_path: Path
) -> None:
    known, unknown, refused, warned = (tmp_path / name for name in "abcd")
    known.write_bytes(small_instance(uid="1.1"))
    unknown.write_bytes(small_instance(uid="1.2", sop_class="1.2.840.10008.5.1.4.1.1.2"))
    refused.write_bytes(small_instance(uid="1.3"))
    warned.write_bytes(small_instance(uid="1.4"))
    answers = {"1.1": 0x0000, "1.3": 0x0124, "1.4": 0xB000}
    with taking((SecondaryCaptureImageStorage, ExplicitVRLittleEndian), answers=answers) as port:
        sent = send([known, unknown, refused, warned], "127.0.0.1", port)
        (alone,) = send([unknown], "127.0.0.1", port)
    assert [(each.is_stored, each.why) for each in sent] == [
        (True, ""),
        (
            False,
            "the receiver does not accept the SOP Class CT Image Storage "
            "(1.2.840.10008.5.1.4.1.1.2)",
        ),
        (False, "status 0x0124, refused: not authorised"),
        (True, ""),
    ]
    assert alone == sent[1]


def test_what_the_receiver_does_not_take_compressed_is_sent_uncompressed(
    compressed_instance, tmp_path: Path
) -> None:
    pixels = np.arange(2 * 32 * 33, dtype=np.uint16).reshape(2, 32, 33)
    paths = [tmp_path / name for name in ("htj2k", "jpeg-ls")]
    for number, path in enumerate(paths):
        path.write_bytes(compressed_instance(pixels, path.name, uid=f"1.2.{number}"))
    received: list[Dataset] = []
    context = (SecondaryCaptureImageStorage, ImplicitVRLittleEndian)
    with taking(context, answers={"1.2.0": 0, "1.2.1": 0}, received=received) as port:
        sent = send(paths, "127.0.0.1", port)
    assert [(each.why, each.decoded_to) for each in sent] == [("", ImplicitVRLittleEndian)] * 2
    for ds in received:
        assert ds.PixelData == pixels.tobytes()
    assert len(received) == 2


def test_pixels_that_may_have_lost_detail_are_not_decoded(small_instance, tmp_path: Path) -> None:
    path = tmp_path / "lossy"
    path.write_bytes(small_instance(JPEGLSNearLossless))
    with taking((SecondaryCaptureImageStorage, ExplicitVRLittleEndian), answers={}) as port:
        (sent,) = send([path], "127.0.0.1", port)
    assert sent.why.endswith("; it may have lost detail, so it is not decoded")


def test_a_receiver_that_takes_no_more_data_is_noticed(
    small_instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(association, "SECONDS", 1)
    monkeypatch.setattr(storage, "SECONDS", 1)
    big, small = tmp_path / "big", tmp_path / "small"
    big.write_bytes(small_instance(uid="1.2.1", pixel_bytes=64 << 20))
    small.write_bytes(small_instance(uid="1.2.2"))
    entity = AE()
    entity.add_supported_context(SecondaryCaptureImageStorage)
    stalled = threading.Event()
    handlers = [(evt.EVT_PDU_RECV, lambda event: type(event.pdu) is P_DATA_TF and stalled.wait(9))]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
    begun = time.monotonic()
    sent = send([big, small], "127.0.0.1", server.server_address[1])
    assert time.monotonic() - begun < 8
    stalled.set()
    entity.shutdown()
    assert [each.is_stored for each in sent] == [False, False]
    assert sent[0].why == "the connection was lost"


@pytest.mark.parametrize("title", ["", "  ", "longer than sixteen", "back\\slash", "é", "a\tb"])
def test_text_that_is_not_a_title_is_an_error(small_instance, tmp_path: Path, title: str) -> None:
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    with pytest.raises(ArchiveUnreachable, match="is not an Application Entity Title"):
        send([path], "127.0.0.1", 104, called=title)
