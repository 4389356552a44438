"""A site on this machine that plays the official one, with faults when they are ordered."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BOOK = (
    '<?xml version="1.0" encoding="utf-8"?>\n<book xmlns="http://docbook.org/ns/docbook" '
    'label="PS3.{number}" version="5.0" xml:id="PS3.{number}"><title>PS3.{number}</title>'
    "<subtitle>DICOM PS3.{number} {edition} - Frogs</subtitle>"
    '<chapter label="1" xml:id="chapter_1"><title>Pond</title><para>{words}</para>'
    '<figure xml:id="figure_1"><mediaobject><imageobject><imagedata fileref="figures/pond.svg"/>'
    "</imageobject></mediaobject></figure></chapter></book>"
)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def book(number: int, edition: str, words: str = "Green tea.") -> bytes:
    """A part of a Standard of frogs."""
    return BOOK.format(number=number, edition=edition, words=words).encode()


@dataclass
class Site:
    """What it has, by path, and what goes wrong."""

    files: dict[str, bytes] = field(default_factory=dict)
    url: str = ""
    requests: list[tuple[str, dict[str, str], int]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    """What it answers first instead of the file."""
    cuts: list[int] = field(default_factory=list)
    """After how many bytes the first answers stop."""
    redirects: dict[str, str] = field(default_factory=dict)
    pause_s: float = 0.0
    """How long it waits before each thousand bytes."""

    def publish(self, folder: str, edition: str, *numbers: int, words: str = "Green tea.") -> None:
        """Put parts of an edition into a folder of the site."""
        for number in numbers:
            at = f"/{folder}/source/docbook/part{number:02}"
            self.files[f"{at}/part{number:02}.xml"] = book(number, edition, words)
            self.files[f"{at}/figures/pond.svg"] = PICTURE
        editions = sorted({path.split("/")[1] for path in self.files if path.count("/") > 1})
        self.files["/"] = "".join(f'<a href="{each}/">{each}/</a>' for each in editions).encode()

    def paths(self, status: int | None = None) -> list[str]:
        """What has been requested; what got this status."""
        return [path for path, _, got in self.requests if status in (None, got)]


@contextmanager
def official_site(certificate: Path | None = None) -> Iterator[Site]:  # noqa: C901 (one handler)
    """A site, reachable while this lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if site.statuses:
                return self.answer(site.statuses.pop(0), b"", {"Retry-After": "1"})
            if self.path in site.redirects:
                return self.answer(302, b"", {"Location": site.redirects[self.path]})
            content = site.files.get(self.path)
            if content is None:
                return self.answer(404, b"")
            tag = f'"{hash(content):x}"'
            if self.headers.get("If-None-Match") == tag:
                return self.answer(304, b"")
            start = self.headers.get("Range", "").removeprefix("bytes=").removesuffix("-")
            if start and self.headers.get("If-Range") == tag:
                last = len(content) - 1
                headers = {"Content-Range": f"bytes {start}-{last}/{last + 1}", "ETag": tag}
                return self.answer(206, content[int(start) :], headers)
            return self.answer(200, content, {"ETag": tag})

        def answer(
            self, status: int, content: bytes, headers: dict[str, str] | None = None
        ) -> None:
            site.requests.append((self.path, dict(self.headers), status))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            cut = site.cuts.pop(0) if site.cuts and status in (200, 206) else None
            for start in range(0, len(content[:cut]), 1000):
                time.sleep(site.pause_s)
                self.wfile.write(content[:cut][start : start + 1000])
                self.wfile.flush()
            if cut is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                self.close_connection = True  # the client has gone

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        scheme = "https"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    site.url = f"{scheme}://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
