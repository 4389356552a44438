"""Serves the web application on this machine's loopback address, and nowhere else."""

from __future__ import annotations

import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from octome.errors import PortTaken
from octome.standard.library import Library
from octome.web.app import create_app
from octome.web.connection import ACCEPTED_AT_ONCE, BoundedConnection

LOOPBACK = "127.0.0.1"
MOST_WAITING = 1024  # connections that are not accepted yet


def listening_socket(port: int, notify: Callable[[str], None]) -> socket.socket:
    """A socket on a port; if the port is taken, on a free one, which is reported.

    Raises
    ------
    PortTaken
        No port can be used.
    """
    for candidate in (port, 0):
        # The protocol is given so that asyncio may send small packets at once.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, candidate))
            listener.listen(MOST_WAITING)
        except OSError as error:
            listener.close()
            if candidate == 0:
                raise PortTaken(
                    f"cannot listen on {LOOPBACK}: {error.strerror}", port=port
                ) from error
            why = (
                "is taken"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({error.strerror})"
            )
            notify(f"Port {port} {why}; using a free one.")
            continue
        return listener
    raise PortTaken(f"cannot listen on {LOOPBACK}", port=port)


class PatientServer(uvicorn.Server):
    """A server that lets clients wait while it accepts a few at a time.

    Its backlog is also how many it accepts in one turn, and connections that find the queue full
    are reset.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, with a longer queue."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(MOST_WAITING)


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server for an application, robust against misbehaving clients."""
    return PatientServer(
        uvicorn.Config(
            app,
            loop="asyncio",
            http=BoundedConnection,
            ws="none",
            backlog=ACCEPTED_AT_ONCE,
            timeout_graceful_shutdown=2,
            log_level="warning",
            access_log=False,
            server_header=False,
        )
    )


def has_screen() -> bool:
    """Whether there is a screen; without one a browser would open in the terminal."""
    return sys.platform in ("darwin", "win32") or any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))
    )


def serve(
    library: Library, path: str, port: int, *, opens: bool, notify: Callable[[str], None]
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    path : str
        The page to open, as on the web.
    port : int
        The port to listen on; 0 for any. If it is taken, a free one is used.
    opens : bool
        Whether to open a web browser, if there is one.
    notify : callable
        Called with the address, as a line of text.
    """
    library.prepare_in_background()
    listener = listening_socket(port, notify)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/{path.lstrip('/')}"
    notify(f"octome is at {address} (Ctrl-C ends it)")
    if opens and has_screen():
        webbrowser.open(address)
    try:
        server_of(create_app(library)).run(sockets=[listener])
    except KeyboardInterrupt:
        notify("")
