"""The server listens on this machine's loopback address, on a free port if need be."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from threading import Thread

import pytest
from starlette.applications import Starlette

from octome.web.connection import ACCEPTED_AT_ONCE
from octome.web.server import has_screen, listening_socket, server_of


def test_a_port_that_is_taken_is_reported_and_a_free_one_used() -> None:
    lines: list[str] = []
    with listening_socket(0, lines.append) as first:
        port = first.getsockname()[1]
        with listening_socket(port, lines.append) as second:
            assert second.getsockname()[0] == "127.0.0.1"
            assert second.getsockname()[1] != port
    assert lines == [f"Port {port} is taken; using a free one."]


def test_small_packets_leave_at_once() -> None:
    # asyncio turns Nagle's algorithm off only where it sees that the protocol is TCP.
    with listening_socket(0, print) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_window_is_opened_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()
    monkeypatch.setenv(name, ":0")
    assert has_screen()


def test_clients_wait_in_line_while_the_server_is_busy() -> None:
    # It accepts a few at a time: the others are not reset.
    async def connect() -> None:
        server = server_of(Starlette())
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        with listening_socket(0, print) as listener, ExitStack() as clients:
            await server.startup([listener])
            # Nothing is accepted until this function awaits something.
            for _ in range(10 * ACCEPTED_AT_ONCE):
                address = listener.getsockname()
                clients.enter_context(socket.create_connection(address, timeout=0.5))
            server.servers[0].close()

    # In a thread of its own: tests in a browser leave a running loop in this one.
    thread = Thread(target=lambda: asyncio.run(connect()))
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
