"""Associations that are not opened: why, in one line."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pynetdicom import AE
from pynetdicom.presentation import build_context

from octome.archive import association
from octome.archive.association import associated
from octome.archive.certificate import tls_context
from octome.archive.peer import Peer
from octome.errors import ArchiveUnreachable

VERIFICATION = "1.2.840.10008.1.1"
# pynetdicom leaves the socket of a failed connection to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def refusal(port: int, host: str = "127.0.0.1", **peer: object) -> str:
    """Why there is no association."""
    with (
        pytest.raises(ArchiveUnreachable, match=f"^no association with .*{port}: ") as error,
        associated(Peer(host=host, port=port, **peer), [build_context(VERIFICATION)]),  # type: ignore[arg-type]
    ):
        pass
    assert "\n" not in str(error.value)
    gc.collect()
    return str(error.value).partition(f":{port}: ")[2]


@contextmanager
def serving(entity: AE, **options: object) -> Iterator[int]:
    entity.add_supported_context(VERIFICATION)
    server = entity.start_server(("127.0.0.1", 0), block=False, **options)  # type: ignore[arg-type]
    yield server.server_address[1]
    entity.shutdown()


def test_a_missing_peer_is_reported_at_once() -> None:
    begun = time.monotonic()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert refusal(taken.getsockname()[1]) == "nothing answers there (Connection refused)"
    assert refusal(104, "a" * 70).startswith("nothing answers there (")
    assert time.monotonic() - begun < 10


def test_a_rejection_is_reported_with_its_reason_and_the_title() -> None:
    entity = AE("SOMEBODY")
    entity.require_called_aet = True
    with serving(entity) as port:
        assert refusal(port, called="NOBODY") == (
            "it rejected the association: Called AE title not recognised "
            "(we called it 'NOBODY': --called-ae)"
        )
    entity = AE("SOMEBODY")
    entity.require_calling_aet = ["FRIEND"]
    with serving(entity) as port:
        assert refusal(port) == (
            "it rejected the association: Calling AE title not recognised "
            "(ours is 'OCTOME': --calling-ae)"
        )


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_service_that_does_not_speak_dicom_is_reported(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(association, "SECONDS", 0.5)
    monkeypatch.setattr(association, "PROBE_SECONDS", 0.5)
    with talking(answer) as port:
        assert refusal(port) == "what listens there does not answer in DICOM"


def test_tls_to_a_service_without_it_is_reported() -> None:
    with talking(b"\x03\x00\x00\x00\x00\x04\x00\x01\x01\x01") as port:
        assert refusal(port, tls=tls_context()) == "it does not use TLS there"


@contextmanager
def talking(answer: bytes) -> Iterator[int]:
    """A service that says one thing to everybody."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        connections = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                connections.append(connection)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in connections:
            connection.close()
