"""Web servers that answer queries and deliver instances badly: nothing of it is stored."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from octome.archive import web_source
from octome.archive.folder import InstanceFolder
from octome.archive.query import Match
from octome.archive.web_service import WebService
from octome.archive.web_source import WebSource
from octome.errors import ArchiveRefused, ArchiveUnreachable, InstanceUnreadable, OctomeError

MATCH = Match(
    study="1.2",
    series="1.2.4",
    sop_instance="1.2.3",
    sop_class="",
    modality="OT",
    patient_id="",
    study_date="",
    description="",
)
WHOLE = "application/dicom"
MULTIPART = 'multipart/related; type="application/dicom"; boundary=b'
Serve = Callable[..., WebSource]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A server that gives one answer to everything, as a source."""
    opened = []

    def serving(body: bytes, kind: str = "application/dicom+json", more: int = 0) -> WebSource:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body) + more))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        service = WebService(f"http://127.0.0.1:{server.server_port}")
        opened.append((server, service))
        return WebSource(service)

    yield serving
    for server, service in opened:
        service.__exit__()
        server.shutdown()
        server.server_close()


def study(uid: str) -> dict[str, object]:
    return {"0020000D": {"vr": "UI", "Value": [uid]}}


def test_a_server_that_ignores_pages_does_not_answer_forever(serve: Serve) -> None:
    source = serve(json.dumps([study("1.2"), study("1.3")]).encode())
    found = list(source.find("STUDY", (), {"StudyInstanceUID": ""}))
    assert [each["StudyInstanceUID"] for each in found] == ["1.2", "1.3"]


@pytest.mark.parametrize(
    "item",
    [None, 5, {}, {"0020000D": None}, {"0020000D": {"Value": {}}}, study(7)],  # type: ignore[arg-type]
)
def test_an_answer_without_a_value_has_none(serve: Serve, item: object) -> None:
    source = serve(json.dumps([item]).encode())
    assert list(source.find("STUDY", (), {"StudyInstanceUID": ""})) == [{"StudyInstanceUID": ""}]


@pytest.mark.parametrize("body", [b"<html>", b"{}", b"[" * 100_000])
def test_what_is_not_an_answer_to_a_query_is_refused(serve: Serve, body: bytes) -> None:
    with pytest.raises(ArchiveRefused, match="does not answer queries of DICOMweb"):
        list(serve(body).find("STUDY", (), {"StudyInstanceUID": ""}))


def test_an_endless_answer_is_refused(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_source, "MOST_OF_AN_ANSWER", 10)
    with pytest.raises(ArchiveRefused, match="limit the request"):
        list(serve(b" " * 11).find("STUDY", (), {"StudyInstanceUID": ""}))


def part(content: bytes) -> bytes:
    return b"--b\r\nContent-Type: application/dicom\r\n\r\n" + content + b"\r\n"


@pytest.mark.parametrize("kind", [MULTIPART, "application/dicom"])
def test_an_instance_is_stored_as_it_is(
    serve: Serve, small_instance, tmp_path: Path, kind: str
) -> None:
    content = small_instance(uid="1.2.3")
    body = part(content) + b"--b--" if kind == MULTIPART else content
    path = serve(body, kind).deliver(MATCH, InstanceFolder(tmp_path))
    assert path.read_bytes() == content


BAD: list[tuple[Callable[[bytes], bytes], str, type[OctomeError]]] = [
    (lambda content: part(content) * 2 + b"--b--", MULTIPART, ArchiveRefused),
    (lambda content: part(content), MULTIPART, ArchiveUnreachable),
    (lambda content: b"--b--", MULTIPART, ArchiveUnreachable),
    (lambda content: b"rubbish", MULTIPART, ArchiveRefused),
    (lambda content: part(b"rubbish") + b"--b--", MULTIPART, InstanceUnreadable),
    (lambda content: part(content[:-9]) + b"--b--", MULTIPART, InstanceUnreadable),
    (lambda content: content, "text/html", ArchiveRefused),
    (lambda content: content, "multipart/related", ArchiveRefused),
    (
        lambda content: content.replace(b"1.2.3\0", b"1.2.9\0"),
        "application/dicom",
        InstanceUnreadable,
    ),
]


@pytest.mark.parametrize(("change", "kind", "error"), BAD)
def test_nothing_of_a_bad_delivery_is_stored(
    serve: Serve, small_instance, tmp_path: Path, change, kind: str, error: type[OctomeError]
) -> None:
    source = serve(change(small_instance(uid="1.2.3")), kind)
    with pytest.raises(error):
        source.deliver(MATCH, InstanceFolder(tmp_path))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_delivery_that_breaks_off_is_not_stored(
    serve: Serve, small_instance, tmp_path: Path
) -> None:
    source = serve(part(small_instance()), MULTIPART, more=9)
    with pytest.raises(ArchiveUnreachable, match="broke off"):
        source.deliver(MATCH, InstanceFolder(tmp_path))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
