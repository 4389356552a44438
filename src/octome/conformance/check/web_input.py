"""Instances at an address of DICOMweb: a study, a series or an instance (WADO-RS, PS3.18 10.4).

Parts are written to files as they arrive. They are not parsed here: damaged ones are checked too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

import httpx

from octome.dicom.content import reason
from octome.errors import InstanceUnreadable
from octome.standard.fetching import shown

# As it is stored: not decompressed by the server (PS3.18 8.7.3.5.2). JSON is a request of its own:
# Orthanc reads it as a part of the transfer syntax before it, and refuses that.
INSTANCES = (
    'multipart/related; type="application/dicom"; transfer-syntax=*, '
    "application/dicom; transfer-syntax=*"
)
METADATA = "application/dicom+json"
NOT_THAT_TYPE = (400, 406, 415)  # how servers refuse what is accepted
TIMEOUT = httpx.Timeout(60.0, connect=15.0)
MOST_BYTES = 16 << 30  # of an answer
MOST_PARTS = 100_000
LONGEST_HEAD = 1 << 16  # bytes of the headers of a part
SLOW_S, SLOWEST_BYTES_S = 60.0, 512  # a slower answer for this long counts as broken
BOUNDARY = re.compile(r'boundary="?([^";,]{1,200})"?', re.IGNORECASE)

Refused = Callable[[InstanceUnreadable], object]


def retrieved(address: str, folder: Path, refused: Refused) -> Iterator[tuple[str, Path]]:
    """Each instance at an address: its name, and the file that has it.

    Parameters
    ----------
    address : str
        As ``https://example.org/dicom-web/studies/1.2.3``, with a name and a password if the server
        requires them.
    folder : Path
        Where the files are written.
    refused : callable
        Called if the answer, or the rest of it, cannot be read.
    """
    try:
        url = httpx.URL(address)
        name = shown(url)
    except httpx.InvalidURL:
        refused(InstanceUnreadable("an address that was given is not one of the web", path=""))
        return
    try:
        with _explained(), httpx.Client(timeout=TIMEOUT) as client:
            for accepted in (INSTANCES, METADATA):
                with client.stream("GET", url, headers={"Accept": accepted}) as answer:
                    if accepted == METADATA or answer.status_code not in NOT_THAT_TYPE:
                        yield from _instances(answer, name, folder)
                        return
    except _Failed as failure:
        refused(InstanceUnreadable(f"cannot read {name}: {failure}", path=name))
    except OSError as error:
        refused(InstanceUnreadable(f"cannot read {name}: {reason(error)}", path=name))


class _Failed(Exception):
    """There is no more to read; the message says why."""


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise _Failed("the server does not answer in time") from error
    except httpx.ConnectError as error:
        is_certificate = "CERTIFICATE" in str(error).upper()
        raise _Failed(
            "its certificate cannot be trusted; SSL_CERT_FILE can name a file with the right one"
            if is_certificate
            else "nothing answers there"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, ImportError) as error:
        # The words of the error could repeat the address with its password.
        raise _Failed(f"the request failed ({type(error).__name__})") from error


def _instances(answer: httpx.Response, name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    if answer.has_redirect_location:
        raise _Failed("it leads to another address: give that one")
    if answer.status_code != 200:
        raise _Failed(f"the server answers {answer.status_code} {answer.reason_phrase}".strip())
    content_type = answer.headers.get("Content-Type", "")
    chunks = _bounded(answer)
    if not content_type.lower().startswith("multipart/"):
        yield name, _written(chunks, folder)
        return
    boundary = BOUNDARY.search(content_type)
    if boundary is None:
        raise _Failed("its answer has parts, but names no boundary between them")
    parts = Parts(chunks, boundary.group(1).encode("latin-1", "replace"))
    number = 0
    while parts.has_next():
        if number == MOST_PARTS:
            raise _Failed(f"it has more than {MOST_PARTS:,} instances")
        yield f"{name}[{number}]", _written(parts.content(), folder)
        number += 1
    if not number:
        raise _Failed("its answer has no instance")


def _bounded(answer: httpx.Response) -> Iterator[bytes]:
    started, size = time.monotonic(), 0
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > MOST_BYTES:
            raise _Failed(f"its answer is larger than {MOST_BYTES >> 30} GB")
        seconds = time.monotonic() - started
        if seconds > SLOW_S and size < seconds * SLOWEST_BYTES_S:
            raise _Failed("its answer is too slow")
        yield chunk


def _written(chunks: Iterator[bytes], folder: Path) -> Path:
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        for chunk in chunks:
            file.write(chunk)
    return Path(file.name)


class Parts:
    """The parts of a multipart message, one after the other (RFC 2046 5.1).

    Parameters
    ----------
    chunks : iterator of bytes
        The message.
    boundary : bytes
        What separates the parts.
    """

    def __init__(self, chunks: Iterator[bytes], boundary: bytes) -> None:
        self._chunks = chunks
        self._delimiter = b"\r\n--" + boundary
        # The first delimiter may be the first line of the message.
        self._held = bytearray(b"\r\n")
        self._is_begun = False

    def has_next(self) -> bool:
        """Go to the next part; false after the last one."""
        if not self._is_begun:
            for _ in self._until(self._delimiter):
                continue  # what is before the first part has no meaning
            self._is_begun = True
        while len(self._held) < 2:
            self._more()
        if self._held.startswith(b"--"):
            return False
        size = 0
        for piece in self._until(b"\r\n\r\n"):
            size += len(piece)
            if size > LONGEST_HEAD:
                raise _Failed("the headers of a part are too long")
        return True

    def content(self) -> Iterator[bytes]:
        """The content of this part, to be read to its end."""
        yield from self._until(self._delimiter)

    def _until(self, end: bytes) -> Iterator[bytes]:
        """What comes before some bytes, which are passed."""
        while (at := self._held.find(end)) < 0:
            # The last bytes may begin what ends it.
            safe = len(self._held) - len(end) + 1
            if safe > 0:
                yield bytes(self._held[:safe])
                del self._held[:safe]
            self._more()
        yield bytes(self._held[:at])
        del self._held[: at + len(end)]

    def _more(self) -> None:
        chunk = next(self._chunks, None)
        if chunk is None:
            raise _Failed("its answer was cut short")
        self._held += chunk
