"""Instances at an address, from a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.request import Request, urlopen

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check import web_input
from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.conformance.check.web_input import Parts, retrieved
from octome.errors import InstanceUnreadable

MULTIPART = 'multipart/related; type="application/dicom"; boundary="tea"'


class Answers(BaseHTTPRequestHandler):
    """Gives the answer that belongs to a path, and keeps the headers of the request."""

    known: ClassVar[dict[str, tuple[int, str, bytes]]] = {}
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        status, content_type, body = self.known.get(self.path, (404, "text/plain", b"none"))
        if content_type.endswith("json") and "json" not in self.headers["Accept"]:
            status, content_type, body = 406, "text/plain", b"only JSON"
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.known.clear()
    Answers.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()


def message(*parts: bytes, end: bytes = b"--tea--\r\n") -> bytes:
    head = b"--tea\r\nContent-Type: application/dicom\r\n\r\n"
    return b"".join(head + part + b"\r\n" for part in parts) + end


def test_each_instance_of_a_study_is_checked(ct: Dataset, checker: Checker, server: str) -> None:
    Answers.known["/studies/1"] = (200, MULTIPART, message(encoded(ct), encoded(ct)))
    checked = check_many([f"http://frog:secret@{server}/studies/1"], checker)
    name = f"http://{server}/studies/1"
    assert [report.file for report in checked.reports] == [f"{name}[0]", f"{name}[1]"]
    assert checked.refused == ()
    [asked] = Answers.asked
    assert asked["Authorization"].startswith("Basic ")
    assert "transfer-syntax=*" in asked["Accept"]


def test_metadata_in_json_is_checked(ct: Dataset, checker: Checker, server: str) -> None:
    ct["PixelData"].VR = "OW"
    body = f"[{ct.to_json()}]".encode()
    Answers.known["/studies/1/metadata"] = (200, "application/dicom+json", body)
    [report] = check_many([f"http://{server}/studies/1/metadata"], checker).reports
    assert report.ciod == "ct-image"


def test_a_study_in_orthanc_is_checked(ct: Dataset, checker: Checker, orthanc_server) -> None:  # type: ignore[no-untyped-def]
    urlopen(Request(f"{orthanc_server.url}/instances", data=encoded(ct)), timeout=30).close()
    study = f"{orthanc_server.url}/dicom-web/studies/{ct.StudyInstanceUID}"
    for address in (study, f"{study}/metadata"):
        checked = check_many([address], checker)
        assert [report.ciod for report in checked.reports] == ["ct-image"]
        assert checked.refused == ()
    orthanc_server.clear()


def refusals(address: str, folder: Path) -> list[str]:
    refused: list[InstanceUnreadable] = []
    assert not list(retrieved(address, folder, refused.append))
    return [str(each) for each in refused]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, "text/plain", b""), "the server answers 404 Not Found"),
        ((302, "text/plain", b""), "it leads to another address"),
        ((200, "multipart/related", b""), "names no boundary"),
        ((200, MULTIPART, message()), "has no instance"),
        ((200, MULTIPART, b"--tea\r\n" + b"x" * 100_000), "headers of a part are too long"),
        ((200, MULTIPART, message(b"frog", end=b"")), "cut short"),
    ],
)
def test_an_answer_without_instances_is_refused_in_one_line(
    server: str, tmp_path: Path, answer: tuple[int, str, bytes], why: str
) -> None:
    Answers.known["/a"] = answer
    refused: list[InstanceUnreadable] = []
    list(retrieved(f"http://frog:secret@{server}/a", tmp_path, refused.append))
    [words] = map(str, refused)
    assert words.startswith(f"cannot read http://{server}/a: ")
    assert why in words
    assert "secret" not in words


def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    [words] = refusals("http://frog:secret@127.0.0.1:9/a", tmp_path)
    assert words == "cannot read http://127.0.0.1:9/a: nothing answers there"
    assert "secret" not in "".join(refusals("http://frog:secret@[/a", tmp_path))


def test_too_much_is_refused(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_input, "MOST_BYTES", 1000)
    Answers.known["/a"] = (200, MULTIPART, message(bytes(2000)))
    assert "larger than" in refusals(f"http://{server}/a", tmp_path)[0]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_parts_are_found_whatever_the_pieces_of_the_message(size: int) -> None:
    whole = b"before\r\n" + message(b"\r\n--te\r\nfrog", b"", b"\r\n\r\n")
    pieces = (whole[at : at + size] for at in range(0, len(whole), size))
    parts, found = Parts(pieces, b"tea"), []
    while parts.has_next():
        found.append(b"".join(parts.content()))
    assert found == [b"\r\n--te\r\nfrog", b"", b"\r\n\r\n"]
