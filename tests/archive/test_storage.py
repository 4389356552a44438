"""Sending and receiving on this machine: byte for byte, one refusal at a time."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pydicom
import pytest
from click.testing import CliRunner

from octome.archive.dicomweb import store
from octome.archive.folder import InstanceFolder
from octome.archive.identity import Identity, data_set_offset
from octome.archive.receiver import Receiver
from octome.archive.storage import send
from octome.cli.main import main
from octome.errors import (
    ArchiveUnreachable,
    InstanceUnreadable,
    InstanceUnwritable,
    OctomeError,
)


def data_set_bytes(path: Path) -> bytes:
    """A file's data set as it is encoded."""
    content = path.read_bytes()
    return content[data_set_offset(content, path) :]


@pytest.fixture
def some(made_chain) -> list[Path]:
    """One instance of each kind but the largest."""
    names = ("structure", "flow-omag", "surfaces", "height-map", "enface/retina-flow")
    return [made_chain.file(name) for name in names]


def test_what_is_sent_is_received_byte_for_byte(some: list[Path], tmp_path: Path) -> None:
    with Receiver(tmp_path) as receiver:
        sent = send(some, "127.0.0.1", receiver.port)
    assert [each.why for each in sent] == [""] * 5
    received = {path.stem: path for path in tmp_path.rglob("*.dcm")}
    for each in sent:
        assert data_set_bytes(received[each.sop_instance]) == data_set_bytes(each.path)
    assert not list(tmp_path.rglob(".*"))


@pytest.mark.skipif(shutil.which("storescu") is None, reason="DCMTK is not installed")
def test_what_dcmtk_sends_is_received_byte_for_byte(some: list[Path], tmp_path: Path) -> None:
    known = [path for path in some if path.stem != "height-map"]
    with Receiver(tmp_path) as receiver:
        for program in (["storescu", "-R"], ["dcmsend", "-nuc"]):
            command = [*program, "127.0.0.1", str(receiver.port), *map(str, known)]
            subprocess.run(command, check=True, capture_output=True, timeout=60)
    received = {path.stem: path for path in tmp_path.rglob("*.dcm")}
    for path in known:
        uid = pydicom.dcmread(path, specific_tags=["SOPInstanceUID"]).SOPInstanceUID
        assert data_set_bytes(received[uid]) == data_set_bytes(path)


def test_a_bad_file_does_not_stop_the_good_ones(some: list[Path], tmp_path: Path) -> None:
    short = tmp_path / "short.dcm"
    short.write_bytes(some[0].read_bytes()[:300])
    with Receiver(tmp_path / "in") as receiver:
        sent = send([short, some[2]], "127.0.0.1", receiver.port)
    assert [each.is_stored for each in sent] == [False, True]
    assert "short.dcm" in sent[0].why


def test_another_data_set_with_the_same_uid_is_refused_and_the_first_stays(
    some: list[Path], tmp_path: Path
) -> None:
    other = pydicom.dcmread(some[4])
    other.PatientID = "another"
    other.save_as(tmp_path / "other.dcm")
    refusals: list[object] = []
    with Receiver(tmp_path / "in", arrived=refusals.append) as receiver:
        first = send([some[4]], "127.0.0.1", receiver.port)
        again = send([some[4]], "127.0.0.1", receiver.port)
        second = send([tmp_path / "other.dcm"], "127.0.0.1", receiver.port)
    assert (first[0].is_stored, again[0].is_stored, second[0].is_stored) == (True, True, False)
    assert "0xA700" in second[0].why
    (kept,) = (tmp_path / "in").rglob("*.dcm")
    assert data_set_bytes(kept) == data_set_bytes(some[4])
    assert "another data set with the same SOP Instance UID" in str(refusals[-1])


def test_a_full_disk_is_answered_and_leaves_nothing(
    some: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("octome.archive.folder.os.fsync", full)
    with Receiver(tmp_path / "in") as receiver:
        sent = send([some[4]], "127.0.0.1", receiver.port)
    assert "0xA700" in sent[0].why
    assert not [path for path in (tmp_path / "in").rglob("*") if path.is_file()]


def test_nobody_there_is_said_in_one_line(some: list[Path]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(ArchiveUnreachable, match="nobody answers there"):
        send(some[:1], "127.0.0.1", port)
    with pytest.raises(ArchiveUnreachable, match="nobody answers there"):
        store(some[:1], f"http://127.0.0.1:{port}/dicom-web")


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ArchiveUnreachable, match="cannot listen"):
            Receiver(tmp_path, port=taken.getsockname()[1])


def test_garbage_on_the_port_harms_nobody(some: list[Path], tmp_path: Path) -> None:
    with Receiver(tmp_path) as receiver:
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=5) as stranger:
            stranger.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n" + b"\xff" * 4096)
        sent = send(some[4:], "127.0.0.1", receiver.port)
    assert sent[0].is_stored


def test_what_is_no_instance_is_not_kept(tmp_path: Path) -> None:
    folder = InstanceFolder(tmp_path)
    with pytest.raises(InstanceUnreadable):
        folder.put(lambda file: file.write(b"\0" * 200))
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("mine")
    with pytest.raises(InstanceUnwritable, match="cannot write into"):
        InstanceFolder(tmp_path / "here").put(lambda file: file.write(b""))


def test_uids_of_others_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    evil = Identity("1.2", "../../..", "../../../up", "/etc", "..", "1.2.840.10008.1.2")
    place = InstanceFolder(tmp_path).place_of(evil)
    assert place.resolve().is_relative_to(tmp_path.resolve())


# The commands.


def test_send_and_receive_from_the_shell(some: list[Path], tmp_path: Path) -> None:
    arrivals: list[Path | OctomeError] = []
    with Receiver(tmp_path / "in", arrived=arrivals.append) as receiver:
        target = f"OCTOME@127.0.0.1:{receiver.port}"
        result = CliRunner().invoke(main, ["send", *map(str, some), target])
    assert result.exit_code == 0, result.output
    assert "5 of 5 instances stored" in result.stdout
    assert len(arrivals) == 5


def test_receive_stops_after_its_count(some: list[Path], tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    results = []
    words = ["receive", str(tmp_path / "in"), "--port", str(port), "--count", "1"]
    words += ["--seconds", "30"]
    thread = threading.Thread(target=lambda: results.append(CliRunner().invoke(main, words)))
    thread.start()
    for _ in range(100):
        try:
            send(some[4:], "127.0.0.1", port)
            break
        except ArchiveUnreachable:
            thread.join(0.1)
    thread.join(30)
    assert "1 instances received" in results[0].stderr
    assert len(list((tmp_path / "in").rglob("*.dcm"))) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nowhere.dcm", "127.0.0.1:104"], "there is no such file"),
        (["{file}", "127.0.0.1"], "is nowhere to send to"),
        (["{text}", "127.0.0.1:104"], "it is no DICOM file"),
    ],
)
def test_what_cannot_be_sent_gets_one_line(
    some: list[Path], tmp_path: Path, words: list[str], why: str
) -> None:
    (tmp_path / "text").write_text("text")
    given = [word.format(file=some[4], text=tmp_path / "text") for word in words]
    result = CliRunner().invoke(main, ["send", *given])
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
