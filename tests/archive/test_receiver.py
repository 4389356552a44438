"""Receiving: byte for byte, answered only after storing, and robust against other clients."""

from __future__ import annotations

import errno
import gc
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pydicom
import pytest
from dcmtk import command, needs_dcmtk
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
)
from pynetdicom import AE
from pynetdicom.association import Association

from octome.archive import admission
from octome.archive import receiver as receiving
from octome.archive.certificate import server_tls
from octome.archive.dicomweb import store
from octome.archive.receiver import VERIFICATION, AssociationPolicy, Receiver
from octome.archive.receiver_event import BrokenOff, Rejected
from octome.archive.storage import send
from octome.archive.streaming import StreamedDataSet
from octome.dicom.implementation import IMPLEMENTATION_CLASS
from octome.dicom.instance_identity import instance_identity
from octome.errors import ArchiveUnreachable, CertificateUnusable, InstanceUnwritable

HEIGHT_MAP = "1.2.840.10008.5.1.4.1.1.66.8"


@pytest.fixture
def small(small_instance, tmp_path: Path) -> Path:
    path = tmp_path / "small"
    path.write_bytes(small_instance())
    return path


@needs_dcmtk
def test_what_dcmtk_sends_is_received_byte_for_byte(
    made_chain, data_set_bytes, tmp_path: Path
) -> None:
    # DCMTK of 2022 does not know height maps.
    names = ("structure", "flow-omag", "surfaces", "enface/retina-flow")
    paths = [made_chain.file(name) for name in names]
    with Receiver(tmp_path) as receiver:
        port = str(receiver.port)
        subprocess.run([command("echoscu"), "127.0.0.1", port], check=True, timeout=60)
        for program in ([command("storescu"), "-R"], [command("dcmsend"), "-nuc"]):
            line = [*program, "127.0.0.1", port, *map(str, paths)]
            subprocess.run(line, check=True, capture_output=True, timeout=60)
    received = {path.stem: path for path in tmp_path.rglob("*.dcm")}
    assert len(received) == len(paths)
    for path in paths:
        uid = pydicom.dcmread(path, specific_tags=["SOPInstanceUID"]).SOPInstanceUID
        assert data_set_bytes(received[uid]) == data_set_bytes(path)


def test_what_orthanc_sends_is_received(made_chain, orthanc_server, tmp_path: Path) -> None:
    orthanc_server.clear()
    paths = [made_chain.file(name) for name in ("structure", "surfaces", "height-map")]
    store(paths, orthanc_server.dicomweb)

    def request(method: str, path: str, body: object) -> None:
        url = urllib.request.Request(
            orthanc_server.url + path, data=json.dumps(body).encode(), method=method
        )
        urllib.request.urlopen(url, timeout=60).close()

    with urllib.request.urlopen(orthanc_server.url + "/instances", timeout=60) as answer:
        instances = json.load(answer)
    with Receiver(tmp_path) as receiver:
        peer = {"AET": "OCTOME", "Host": "127.0.0.1", "Port": receiver.port}
        request("PUT", "/modalities/octome", peer)
        # The second time each of them is there, and equal.
        for _ in range(2):
            request("POST", "/modalities/octome/store", instances)
    received = {instance_identity(path).sop_instance for path in tmp_path.rglob("*.dcm")}
    assert received == {instance_identity(path).sop_instance for path in paths}


@pytest.mark.parametrize("sop_class", [HEIGHT_MAP, "1.3.6.1.4.1.5962.1.1.65535"])
@pytest.mark.parametrize(
    "syntax",
    [
        ImplicitVRLittleEndian,
        ExplicitVRBigEndian,
        DeflatedExplicitVRLittleEndian,
        JPEGLSLossless,
        "1.3.6.1.4.1.5962.300.1",
    ],
)
def test_any_class_is_taken_in_any_transfer_syntax(
    small_instance, data_set_bytes, tmp_path: Path, sop_class: str, syntax: str
) -> None:
    path = tmp_path / "sent"
    private = "1.2.840.10008.1.2.1"
    content = small_instance(private if syntax.startswith("1.3") else syntax, sop_class=sop_class)
    if syntax.startswith("1.3"):
        ds = pydicom.dcmread(pydicom.filebase.DicomBytesIO(content))
        ds.file_meta.TransferSyntaxUID = syntax
        ds.save_as(path, enforce_file_format=True, implicit_vr=False, little_endian=True)
    else:
        path.write_bytes(content)
    with Receiver(tmp_path / "in") as receiver:
        (sent,) = send([path], "127.0.0.1", receiver.port)
    assert sent.why == ""
    (kept,) = (tmp_path / "in").rglob("*.dcm")
    assert data_set_bytes(kept) == data_set_bytes(path)
    meta = pydicom.dcmread(kept).file_meta
    assert meta.TransferSyntaxUID == syntax
    assert meta.ImplementationClassUID == IMPLEMENTATION_CLASS


def test_another_data_set_with_the_same_uid_is_rejected_and_the_first_kept(
    small_instance, small: Path, data_set_bytes, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_bytes(small_instance(ImplicitVRLittleEndian))
    events: list[object] = []
    with Receiver(tmp_path / "in", arrived=events.append) as receiver:
        address = "127.0.0.1", receiver.port
        sent = [*send([small], *address), *send([small, other], *address)]
    assert [each.is_stored for each in sent] == [True, True, False]
    assert "0xC001, cannot understand (another data set has this SOP Instance UID)" in sent[2].why
    (kept,) = (tmp_path / "in").rglob("*.dcm")
    assert data_set_bytes(kept) == data_set_bytes(small)
    stored, ended, again, refused, ended_again = events
    assert (stored.is_new, again.is_new, again.path) == (True, False, kept)
    assert refused.error.code == "instance-conflict"
    assert (ended.studies, ended_again.studies) == ((kept.parents[1],), ())


def test_a_full_disk_is_answered_and_leaves_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Receiver(tmp_path / "in") as receiver:
        monkeypatch.setattr("octome.files.os.fsync", full)
        (sent,) = send([small], "127.0.0.1", receiver.port)
    assert "0xA700" in sent.why
    assert list((tmp_path / "in").iterdir()) == []


def test_a_damaged_instance_is_answered_with_a_failure(small: Path, tmp_path: Path) -> None:
    events: list[object] = []
    entity = AE()
    entity.add_requested_context("1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.1.2.1")
    cut = tmp_path / "cut"
    cut.write_bytes(small.read_bytes()[:-100])
    with Receiver(tmp_path / "in", arrived=events.append) as receiver:
        association = entity.associate("127.0.0.1", receiver.port)
        status = association.send_c_store(cut)
        association.release()
    assert status.Status == 0xC000
    assert "cannot read the instance 1.2.3: it was cut short" in str(events[0].error)
    assert list((tmp_path / "in").iterdir()) == []


def test_a_sender_that_breaks_off_leaves_nothing(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    path, events = made_chain.file("structure"), list[object]()
    arrived = events.append
    with Receiver(tmp_path / "in", arrived=arrived) as receiver, socket.socket() as between:
        between.bind(("127.0.0.1", 0))
        between.listen()

        def pass_on_a_part() -> None:
            sender, _ = between.accept()
            with sender, socket.create_connection(("127.0.0.1", receiver.port)) as onward:
                onward.sendall(sender.recv(1 << 16))
                sender.sendall(onward.recv(1 << 16))
                left = path.stat().st_size // 2
                while left > 0:
                    piece = sender.recv(min(left, 1 << 16))
                    onward.sendall(piece)
                    left -= len(piece)

        thread = threading.Thread(target=pass_on_a_part)
        thread.start()
        (sent,) = send([path], "127.0.0.1", between.getsockname()[1])
        thread.join(10)
    assert not sent.is_stored
    broken_off, _ended = events
    assert isinstance(broken_off, BrokenOff)
    assert broken_off.sender == "OCTOME@127.0.0.1"
    assert 0 < broken_off.received < path.stat().st_size
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# pynetdicom leaves the sockets of other clients to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_other_connections_to_the_port_do_no_harm(small: Path, tmp_path: Path) -> None:
    with Receiver(tmp_path / "in", policy=AssociationPolicy(most=2)) as receiver:
        address = ("127.0.0.1", receiver.port)
        with socket.create_connection(address, timeout=5) as stranger:
            stranger.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" + b"\xff" * 4096)
        silent = [socket.create_connection(address, timeout=5) for _ in range(20)]
        begun = time.monotonic()
        (sent,) = send([small], *address)
        assert time.monotonic() - begun < 4
        # Of silent ones the oldest are closed.
        assert silent[0].recv(1) == b""
        for each in silent:
            each.close()
    assert sent.is_stored
    gc.collect()


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[tuple[Receiver, list[Association]]]:
    """A receiver that has as many associations as it accepts, and they do nothing."""
    with Receiver(tmp_path / "in", policy=AssociationPolicy(most=2)) as receiver:
        entity = AE()
        entity.add_requested_context(VERIFICATION)
        opened = [entity.associate("127.0.0.1", receiver.port) for _ in range(2)]
        assert all(each.is_established for each in opened)
        yield receiver, opened
        for each in opened:
            each.abort()


def test_idle_associations_make_room_for_a_sender(
    idle, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "IDLE_SECONDS", 0.3)
    receiver, opened = idle
    (sent,) = send([small], "127.0.0.1", receiver.port)
    assert sent.is_stored
    opened[0].join(10)
    assert [each.is_established for each in opened] == [False, True]


def test_a_sender_is_rejected_where_all_associations_are_busy(
    idle, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "WAIT_SECONDS", 0.3)
    receiver, opened = idle
    with pytest.raises(ArchiveUnreachable, match="Local limit exceeded"):
        send([small], "127.0.0.1", receiver.port)
    assert all(each.is_established for each in opened)


def test_a_connection_that_stops_within_a_message_is_closed(small: Path, tmp_path: Path) -> None:
    policy = AssociationPolicy(timeout_seconds=0.5)
    with Receiver(tmp_path / "in", policy=policy) as receiver:
        entity = AE()
        entity.add_requested_context(VERIFICATION)
        association = entity.associate("127.0.0.1", receiver.port)
        # The head of a message of 1,000 bytes, and no more.
        association.dul.socket.send(b"\x04\x00\x00\x00\x03\xe8half")
        association.join(10)
        assert not association.is_established


def is_closed(connection: socket.socket) -> bool:
    """Whether the other side has closed a connection, to which one more byte is sent."""
    try:
        connection.send(b"\x01")
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_bytes_that_drip_do_not_keep_a_connection_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "GREETING_SECONDS", 0.5)
    with Receiver(tmp_path / "in") as receiver:
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=0.1) as dripping:
            begun = time.monotonic()
            while not is_closed(dripping) and time.monotonic() - begun < 5:
                pass
        assert time.monotonic() - begun < 3
    gc.collect()


@pytest.mark.filterwarnings("ignore:Invalid value for VR UI:UserWarning")
@pytest.mark.parametrize(
    ("keyword", "uid", "text"),
    [
        ("SOPInstanceUID", b"1.2.3\0", b"frog.3"),
        ("StudyInstanceUID", b"\x04\x001.2\0", b"\x04\0frog"),
    ],
)
def test_a_uid_that_is_not_one_is_refused(
    small: Path, tmp_path: Path, keyword: str, uid: bytes, text: bytes
) -> None:
    small.write_bytes(small.read_bytes().replace(uid, text))
    with Receiver(tmp_path / "in") as receiver:
        (sent,) = send([small], "127.0.0.1", receiver.port)
    assert "0xC000" in sent.why
    assert f"its {keyword} is not a UID" in sent.why
    assert list((tmp_path / "in").iterdir()) == []


def test_unknown_titles_are_rejected_and_reported(small: Path, tmp_path: Path) -> None:
    events: list[object] = []
    policy = AssociationPolicy(calling=("FRIEND", "PACS"), checks_called=True)
    with Receiver(tmp_path, ae_title="OURS", policy=policy, arrived=events.append) as receiver:
        address = "127.0.0.1", receiver.port
        with pytest.raises(ArchiveUnreachable, match="Calling AE title not recognised"):
            send([small], *address, called="OURS", calling="STRANGER")
        with pytest.raises(ArchiveUnreachable, match="Called AE title not recognised"):
            send([small], *address, called="OTHER", calling="FRIEND")
        (sent,) = send([small], *address, called="OURS", calling="FRIEND")
    assert sent.is_stored
    assert events[:2] == [
        Rejected("STRANGER@127.0.0.1", "calling AE title not known"),
        Rejected("FRIEND@127.0.0.1", "called AE title not ours"),
    ]


def test_the_disk_may_fill_up_in_the_middle_of_an_instance(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[object] = []
    written = 0

    def full(self: StreamedDataSet, piece: bytes) -> None:
        nonlocal written
        written += len(piece)
        if written > 1 << 17:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(self, piece)

    append = StreamedDataSet._append
    monkeypatch.setattr(StreamedDataSet, "_append", full)
    with Receiver(tmp_path / "in", arrived=events.append) as receiver:
        (sent,) = send([made_chain.file("structure")], "127.0.0.1", receiver.port)
        assert list((tmp_path / "in").iterdir()) == []
    assert sent.why == "status 0xA700, refused: out of resources (No space left on device)"
    assert str(events[0].error) == f"cannot write into {tmp_path / 'in'}: No space left on device"


def test_an_instance_of_another_class_than_was_announced_is_refused(
    small_instance, tmp_path: Path
) -> None:
    entity, path = AE(), tmp_path / "sent"
    announced = b"1.2.840.10008.5.1.4.1.1.2"
    entity.add_requested_context(announced.decode(), "1.2.840.10008.1.2.1")
    # Only the file meta information, which the request is made from.
    path.write_bytes(small_instance().replace(b"1.2.840.10008.5.1.4.1.1.7", announced, 1))
    with Receiver(tmp_path / "in") as receiver:
        association = entity.associate("127.0.0.1", receiver.port)
        status = association.send_c_store(path)
        association.release()
    assert status.Status == 0xA900
    assert list((tmp_path / "in").iterdir()) == []


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, with its key."""
    paths = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", paths[1], "-out", paths[0]]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *subject, *files], check=True, capture_output=True, timeout=60)
    return paths


# pynetdicom leaves the socket of a failed greeting to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@needs_dcmtk
def test_instances_are_received_over_tls_while_a_silent_connection_is_open(
    small: Path, tmp_path: Path
) -> None:
    path, key = certificate(tmp_path)
    with Receiver(tmp_path / "in", tls=server_tls(path, key)) as receiver:
        address = ["127.0.0.1", str(receiver.port)]
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=5):
            line = [command("storescu"), "+tla", "-ic", *address, str(small)]
            subprocess.run(line, check=True, capture_output=True, timeout=4)
        plain = subprocess.run(
            [command("storescu"), *address, str(small)],
            check=False,
            capture_output=True,
            timeout=20,
        )
    assert plain.returncode != 0
    assert len(list((tmp_path / "in").rglob("*.dcm"))) == 1
    with pytest.raises(CertificateUnusable, match=r"small with the key in it is not usable"):
        server_tls(small)


def test_an_open_connection_does_not_keep_it_from_stopping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "GRACE_SECONDS", 0.3)
    entity = AE()
    entity.add_requested_context(VERIFICATION)
    receiver = Receiver(tmp_path)
    association = entity.associate("127.0.0.1", receiver.port)
    assert association.send_c_echo().Status == 0
    begun = time.monotonic()
    receiver.stop()
    assert time.monotonic() - begun < 10
    association.join(10)
    assert not association.is_established
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", receiver.port), timeout=5)


def test_an_address_that_it_cannot_listen_at_is_reported(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ArchiveUnreachable, match="cannot listen on"):
            Receiver(tmp_path, port=taken.getsockname()[1])
    with pytest.raises(ArchiveUnreachable, match="cannot listen on"):
        Receiver(tmp_path, host="a" * 70)
    with pytest.raises(ArchiveUnreachable, match="is not an Application Entity Title"):
        Receiver(tmp_path, ae_title="longer than sixteen")


def test_a_folder_that_cannot_be_written_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", Path("/proc/here")):
        with pytest.raises(InstanceUnwritable, match="cannot write into"):
            Receiver(folder)
