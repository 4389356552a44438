"""Connections to the server: limited in number, and closed when the client is silent.

A browser opens a few and sends at once. A client that opens many and sends nothing would use up the
file descriptors of the process, and no page could be served.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

SILENCE_S = 20.0  # of a client, in the middle of a request or before its first one
FEWEST, MOST = 16, 256
NEEDED = 64  # file descriptors for the store, static files, processes that inspect, the log
# Connections that one turn of the event loop accepts: they count before they can be closed.
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
    """A connection that gives way to newer ones, and ends when its client is silent too long."""

    since = 0.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection; if there are too many, close the one that has waited longest."""
        super().connection_made(transport)
        self._restart_timer()
        others = cast("set[BoundedConnection]", self.connections)
        if len(others) > most_connections():
            waiting = [other for other in others if other.is_waiting] or [self]
            min(waiting, key=lambda other: other.since).close()

    def data_received(self, data: bytes) -> None:
        """Process a piece of a request."""
        super().data_received(data)
        self._restart_timer()

    def on_response_complete(self) -> None:
        """Start to wait for the next request."""
        super().on_response_complete()
        self._restart_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the connection."""
        super().connection_lost(exc)
        self._stop_timer()

    @property
    def is_waiting(self) -> bool:
        """Whether the server is waiting for the client."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def close(self) -> None:
        """Close the connection at once."""
        self._stop_timer()
        self.connections.discard(cast(Any, self))
        self.transport.abort()

    def _restart_timer(self) -> None:
        """Measure the client's silence from now, if the server is waiting for it."""
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
