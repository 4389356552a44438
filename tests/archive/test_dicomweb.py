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
import requests

from octome.archive.dicomweb import retrieve, store
from octome.errors import ArchiveRefused, ArchiveUnreachable, OctomeError

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
        ((202, JSON, reply(FAILED, OURS | {"00081197": ("US", 0xA700)})), "failure 0xA700"),
        ((409, JSON, reply(FAILED, OURS | {"00081197": ("US", 0x0122)})), "failure 0x0122"),
        ((409, JSON, reply(FAILED, OURS)), "the server gives no reason"),
        ((307, "text/plain", b""), "answers 307 Temporary Redirect"),
        ((401, "text/plain", b"who?"), "answers 401 Unauthorized"),
        ((413, "text/plain", b"much"), "answers 413 Request Entity Too Large"),
        ((503, "text/plain", b"later"), "answers 503 Service Unavailable"),
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
    post, posts, progress = requests.Session.post, [], []

    def once(self: requests.Session, *words: object, **options: object) -> requests.Response:
        posts.append(words)
        if len(posts) > 1:
            raise requests.ConnectionError
        return post(self, *words, **options)

    monkeypatch.setattr(requests.Session, "post", once)
    url = serving((200, JSON, reply(STORED, OURS)))
    sent = store([file, file, file], url, progress=lambda done, _: progress.append(done))
    assert [each.is_stored for each in sent] == [True, False, False]
    assert "closed the connection" in sent[2].why
    assert len(posts) == 2  # the third is not waited for
    assert progress == [1, 2, 3]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, "text/plain", b"none"), ArchiveRefused),
        ((503, "text/plain", b"later"), ArchiveRefused),
        ((200, "text/html", b"<html>"), ArchiveUnreachable),
        ((200, "multipart/related; boundary=b", b"--b\r\n\r\nrubbish\r\n--b--"), OctomeError),
        ((299, "multipart/related; boundary=b", b"--b\r\n\r\nDI"), ArchiveUnreachable),
    ],
)
def test_nothing_is_retrieved_from_a_server_without_dicomweb(
    serving, tmp_path: Path, answer, error: type[OctomeError]
) -> None:
    with pytest.raises(error):
        retrieve(serving(answer), "1.2", tmp_path / "in")
    assert not list(tmp_path.rglob("*.dcm"))


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999", "http://a..b/"])
def test_text_that_is_not_an_address_is_an_error(file: Path, tmp_path: Path, url: str) -> None:
    with pytest.raises(ArchiveUnreachable, match="is not an address"):
        store([file], url)
    with pytest.raises(ArchiveUnreachable, match="is not an address"):
        retrieve(url, "1.2", tmp_path)


def test_a_missing_server_is_reported_at_once(file: Path, tmp_path: Path) -> None:
    begun = time.monotonic()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/dicom-web"
        with pytest.raises(ArchiveUnreachable, match="nothing answers there"):
            store([file], url)
        with pytest.raises(ArchiveUnreachable, match="nothing answers there"):
            retrieve(url, "1.2", tmp_path)
    assert time.monotonic() - begun < 10
