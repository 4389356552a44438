"""Connections to the server: bounded in number, and closed when the client is silent.

A browser opens a handful and sends at once. A client that opens many and sends nothing would take
every file descriptor of the process, and then no page would be served.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

SILENCE_S = 20.0  # that a client may make in the middle of a request, or before its first one
FEWEST, MOST = 16, 256
NEEDED = 64  # file descriptors for the store, static files, processes that inspect, the log
# Connections that one turn of the event loop accepts: they count before they can be refused.
ACCEPTED_AT_ONCE = 16


@cache
def most_connections() -> int:
    """How many connections the process has file descriptors for."""
    try:
        import resource
    except ImportError:  # Windows
        return MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else min(max((soft - NEEDED) // 2, FEWEST), MOST)


class BoundedConnection(H11Protocol):
    """A connection that makes room for newer ones, and ends when its client is silent too long."""

    since = 0.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; where there are too many, close the one that has waited longest."""
        super().connection_made(transport)
        self._heard()
        others = cast("set[BoundedConnection]", self.connections)
        if len(others) > most_connections():
            waiting = [other for other in others if other.is_waiting] or [self]
            min(waiting, key=lambda other: other.since).close()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        super().data_received(data)
        self._heard()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._heard()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the connection."""
        super().connection_lost(exc)
        self._stop_timer()

    @property
    def is_waiting(self) -> bool:
        """Whether the client has to say something, and not the server."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def close(self) -> None:
        """Close the connection at once, whatever was sent."""
        self._stop_timer()
        self.connections.discard(cast(Any, self))
        self.transport.abort()

    def _heard(self) -> None:
        """Count the client's silence from now, while it has to say something."""
        self.since = self.loop.time()
        self._stop_timer()
        if self.is_waiting and not self.transport.is_closing():
            self._timer = self.loop.call_later(SILENCE_S, self._end_of_silence)

    def _end_of_silence(self) -> None:
        if self.is_waiting:
            self.close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
