"""Servers that are not DICOMweb servers, or that fail: nothing counts as stored."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from octome.archive.dicomweb import store
from octome.archive.web_service import WebService
from octome.errors import ArchiveUnreachable

Answer = tuple[int, str, bytes]
JSON = "application/dicom+json"


def reply(sequence: str, *items: dict[str, tuple[str, object]]) -> bytes:
    """A Store Instances Response in JSON."""
    encoded = [
        {tag: {"vr": vr, "Value": [value]} for tag, (vr, value) in item.items()} for item in items
    ]
    return json.dumps({sequence: {"vr": "SQ", "Value": encoded}}).encode()


STORED, FAILED = "00081199", "00081198"
OURS = {"00081155": ("UI", "1.2.3")}
OTHER = {"00081155": ("UI", "9.9.9")}


@pytest.fixture
def serving() -> Iterator[Callable[[Answer], str]]:
    """A server that gives one answer to everything, and its address."""
    servers = []

    def serve(answer: Answer) -> str:
        status, kind, body = answer

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                while length := int(self.rfile.readline(), 16):
                    self.rfile.read(length + 2)
                self.rfile.readline()
                self.do_GET()

            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                # The answer 299 states more bytes than it sends.
                self.send_header("Content-Length", str(len(body) + 99 * (status == 299)))
                self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/dicom-web"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def file(small_instance, tmp_path: Path) -> Path:
    path = tmp_path / "small.dcm"
    path.write_bytes(small_instance(uid="1.2.3"))
    return path


def test_an_instance_that_the_answer_names_is_stored(serving, file: Path) -> None:
    url = serving((200, JSON, reply(STORED, OTHER, OURS)))
    (sent,) = store([file], url + "/")
    assert (sent.sop_instance, sent.is_stored, sent.why) == ("1.2.3", True, "")


UNCONFIRMED = "answers 200 OK, but does not confirm that it stored the instance"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            (200, "text/html", b"<html>"),
            UNCONFIRMED,
        ),
        ((200, JSON, b""), UNCONFIRMED),
        ((200, JSON, b"[]"), UNCONFIRMED),
        (
            (200, JSON, reply(STORED, OTHER)),
            UNCONFIRMED,
        ),
        (
            (202, JSON, reply(FAILED, OURS | {"00081197": ("US", 0xA700)})),
            "status 0xA700, refused: out of resources",
        ),
        (
            (409, JSON, reply(FAILED, OURS | {"00081197": ("US", 0x0122)})),
            "status 0x0122, refused: SOP Class not supported",
        ),
        ((409, JSON, reply(FAILED, OURS)), "the server gives no reason"),
        ((307, "text/plain", b""), "answers 307 Temporary Redirect: it points to /elsewhere"),
        ((401, "text/plain", b"who?"), "answers 401 Unauthorized: who?"),
        ((413, "text/plain", b"much"), "answers 413 Request Entity Too Large: much"),
        ((503, "text/plain", b"later"), "answers 503 Service Unavailable: later"),
    ],
)
def test_an_instance_without_confirmation_is_not_stored(
    serving, file: Path, answer, why: str
) -> None:
    (sent,) = store([file], serving(answer))
    assert not sent.is_stored
    assert why in sent.why


def test_a_bad_file_does_not_stop_the_good_ones(serving, file: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.dcm"
    cut.write_bytes(file.read_bytes()[:-10])
    sent = store([cut, file], serving((200, JSON, reply(STORED, OURS))))
    assert [each.is_stored for each in sent] == [False, True]
    assert "it was cut short" in sent[0].why


def test_a_server_that_disappears_midway_loses_no_result(
    serving, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, requests, outcomes = WebService.answer, [], []

    def once(self: WebService, *words: object, **options: object) -> object:
        requests.append(words)
        if len(requests) > 1:
            raise ArchiveUnreachable("it closed the connection")
        return answer(self, *words, **options)

    monkeypatch.setattr(WebService, "answer", once)
    url = serving((200, JSON, reply(STORED, OURS)))
    sent = store([file, file, file], url, each=outcomes.append)
    assert [each.is_stored for each in sent] == [True, False, False]
    assert sent[2].why == "it closed the connection"
    assert len(requests) == 2  # the third is not waited for
    assert outcomes == sent


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999", "http://a..b/"])
def test_text_that_is_not_an_address_is_an_error(file: Path, url: str) -> None:
    with pytest.raises(ArchiveUnreachable, match="is not an address"):
        store([file], url)


def test_a_missing_server_is_reported_at_once(file: Path) -> None:
    begun = time.monotonic()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/dicom-web"
        with pytest.raises(ArchiveUnreachable, match=r"nothing answers there \(Connection refused"):
            store([file], url)
    assert time.monotonic() - begun < 10
