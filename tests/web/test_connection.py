"""Whatever clients do, pages are served, and the log has one line of it at most."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from server_process import ServerProcess, server_process

FEW_FILES = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))"
SMALL_FILES = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))"
QUICK = "from octome.web import connection; connection.SILENCE_S = 0.5"
UPLOAD = (
    b"POST /inspect HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000000\r\n"
    b"Content-Type: multipart/form-data; boundary=xx\r\n\r\n--xx\r\n"
    b'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
)


def connected(server: ServerProcess, sent: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    client.sendall(sent)
    return client


def is_closed_by_server(client: socket.socket) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def test_pages_are_served_despite_180_silent_clients(store: Path, tmp_path: Path) -> None:
    with server_process(store, tmp_path, FEW_FILES) as server:
        silent = [connected(server) for _ in range(180)]
        assert [server.get() for _ in range(3)] == [200, 200, 200]
        assert is_closed_by_server(silent[0])  # the oldest made room
        for client in silent:
            client.close()
    assert server.log == []


@pytest.mark.parametrize("sent", [b"", b"GET /ciods HTTP/1.1\r\nHost:", UPLOAD + b"a" * 1000])
def test_a_client_that_keeps_silent_is_let_go(store: Path, tmp_path: Path, sent: bytes) -> None:
    with server_process(store, tmp_path, QUICK) as server:
        client = connected(server, sent)
        client.settimeout(30)
        assert is_closed_by_server(client)
        client.close()
        assert server.get() == 200
    assert server.log == []


def test_a_client_may_leave_during_an_upload(store: Path, tmp_path: Path) -> None:
    with server_process(store, tmp_path) as server:
        for size in (1000, 3_000_000):
            connected(server, UPLOAD + b"a" * size).close()
        time.sleep(0.5)
        assert server.get() == 200
    assert server.log == []


def test_a_file_that_does_not_fit_on_the_disk_is_an_error(store: Path, tmp_path: Path) -> None:
    with server_process(store, tmp_path, SMALL_FILES, TMPDIR=str(tmp_path)) as server:
        status, text = server.post(bytes(2_000_000))
        assert status == 507
        assert "the file cannot be received: File too large" in text
        assert server.get() == 200
    assert server.log == []
    assert [path.name for path in tmp_path.iterdir()] == ["serve.py"]


def test_what_is_not_http_is_one_line_of_the_log(store: Path, tmp_path: Path) -> None:
    with server_process(store, tmp_path) as server:
        client = connected(server, b"\x16\x03\x01 not HTTP\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.1 400"
        client.close()
        assert server.get() == 200
    assert len(server.log) == 1
