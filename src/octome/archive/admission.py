"""Who may be associated at a time: a number of senders, and no idle one keeps another out."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pynetdicom.association import Association

IDLE_SECONDS = 3  # without a message, after which another sender may take the place
WAIT_SECONDS = 8  # for a place; senders wait for 10 seconds or longer
MOST_SILENT = 16  # connections that have not requested an association
POLL_SECONDS = 0.05


class Admission:
    """The associations of a receiver.

    Where there are too many, a new one waits: for the end of another, or until one has been idle
    for `IDLE_SECONDS`, which is aborted. Connections that request nothing are not counted; of
    these the oldest is closed where there are too many, and each after a while.

    Parameters
    ----------
    most : int
        Associations at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._heard: dict[Association, float] = {}
        self._serving: set[Association] = set()
        # Those that have requested nothing, each with what will close it.
        self._silent: dict[Association, threading.Timer] = {}
        self._lock = threading.Lock()
        self._is_closed = threading.Event()

    def connected(self, association: Association, seconds: float) -> None:
        """A connection was opened, and has some seconds to request an association."""
        closing = threading.Timer(seconds, self._close_silent, [association])
        closing.daemon = True
        with self._lock:
            for each in [each for each in self._silent if not each.is_alive()]:
                self._silent.pop(each).cancel()
            self._silent[association] = closing
            closing.start()
            oldest = next(iter(self._silent)) if len(self._silent) > MOST_SILENT else None
        if oldest is not None:
            self._close_silent(oldest)

    def _close_silent(self, association: Association) -> None:
        """Close a connection that has requested nothing, also where single bytes of it came."""
        with self._lock:
            closing = self._silent.pop(association, None)
        if closing is None:
            return
        closing.cancel()
        connection: Any = getattr(association.dul.socket, "socket", None)
        if connection is not None:
            with suppress(OSError):  # it is closed
                # Ends a read that waits for more, unlike closing it.
                connection.shutdown(socket.SHUT_RDWR)

    def admit(self, association: Association) -> bool:
        """Whether a requested association may begin; waits for a place."""
        with self._lock:
            closing = self._silent.pop(association, None)
        if closing is not None:
            closing.cancel()
        deadline = time.monotonic() + WAIT_SECONDS
        while not self._admitted(association):
            if time.monotonic() > deadline or self._is_closed.wait(POLL_SECONDS):
                return False
        return True

    def heard(self, association: Association) -> None:
        """A message of an association, or a piece of one, has arrived."""
        if association in self._heard:
            self._heard[association] = time.monotonic()

    @contextmanager
    def serving(self, association: Association) -> Iterator[None]:
        """While its sender waits for an answer, an association is not idle."""
        self._serving.add(association)
        try:
            yield
        finally:
            self._serving.discard(association)
            self.heard(association)

    def ended(self, association: Association) -> None:
        """An association has ended."""
        with self._lock:
            self._heard.pop(association, None)

    def close(self) -> None:
        """Let none wait any longer."""
        self._is_closed.set()

    def _admitted(self, association: Association) -> bool:
        now = time.monotonic()
        with self._lock:
            for each in [each for each in self._heard if not each.is_alive()]:
                del self._heard[each]
            if len(self._heard) >= self._most:
                idle = self._heard.keys() - self._serving
                idlest = min(idle, key=lambda each: self._heard[each], default=None)
                if idlest is None or now - self._heard[idlest] < IDLE_SECONDS:
                    return False
                del self._heard[idlest]
                # In its own time: a peer that is gone does not answer.
                threading.Thread(target=idlest.abort, daemon=True).start()
            self._heard[association] = now
        return True
