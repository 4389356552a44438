"""DICOMweb: instances stored by STOW-RS and retrieved by WADO-RS (PS3.18 10.5, 10.4)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import requests
from dicomweb_client import DICOMwebClient
from pydicom.dataset import Dataset

from octome.archive.folder import InstanceFolder
from octome.archive.storage import Sent
from octome.dicom.instance_identity import instance_identity
from octome.errors import ArchiveRefused, ArchiveUnreachable, InstanceUnreadable, OctomeError

SECONDS = 60  # to wait for an answer
SLOWEST = 10_000_000  # bytes per second that a slow server stores
CHUNK = 1 << 20
AS_STORED = (("application/dicom", "*"),)  # not decompressed by the server, PS3.18 8.7.3.5.2
Progress = Callable[[int, int], object]


def store(paths: Sequence[Path], url: str, *, progress: Progress | None = None) -> list[Sent]:
    """Store files, one per request: a failure of one does not stop the others.

    A file is streamed unchanged. An instance that the server does not confirm counts as not stored.

    Parameters
    ----------
    paths : sequence of Path
    url : str
        Of the service, as ``http://localhost:8042/dicom-web``.
    progress : callable, optional
        Called with the number of instances done and of all.

    Returns
    -------
    sent : list of Sent
        In the order of `paths`.

    Raises
    ------
    ArchiveUnreachable
        The server does not answer, and nothing was sent.
    """
    sent: list[Sent] = []
    lost = ""
    with requests.Session() as session:
        for path in paths:
            uid = ""
            try:
                uid = instance_identity(path).sop_instance
                why = lost or _stored(session, path, uid, url)
            except InstanceUnreadable as error:
                why = str(error)
            except ArchiveUnreachable as error:
                if not any(each.sop_instance for each in sent):
                    raise
                # Each of the others would wait for it again.
                why = lost = str(error)
            sent.append(Sent(path, uid, is_stored=not why, why=why))
            if progress is not None:
                progress(len(sent), len(paths))
    return sent


def retrieve(url: str, study: str, folder: Path, *, series: str | None = None) -> list[Path]:
    """Retrieve a study, or a series of it, into a folder, byte for byte as on the server.

    While an instance arrives, about four copies of it are in memory.

    Returns
    -------
    paths : list of Path

    Raises
    ------
    ArchiveUnreachable
        The server does not answer, or its answer is not DICOMweb.
    ArchiveRefused
        There is no such study.
    InstanceUnreadable
        An instance arrived damaged.
    InstanceUnwritable
        The folder cannot be written, or holds another data set with the same UID.
    """
    target = InstanceFolder(folder)
    paths = []
    with _answered(url):
        client = DICOMwebClient(url, timeout=SECONDS)
        # The client would repeat failed requests: a user would wait for half a minute.
        client.set_http_retry_params(retry=False)
        found: Iterator[Dataset] = (
            client.iter_series(study, series, AS_STORED)
            if series
            else client.iter_study(study, AS_STORED)
        )
        for instance in found:
            path, _ = target.put(partial(_written, instance))
            paths.append(path)
    return paths


def _written(instance: Dataset, file: BinaryIO) -> None:
    """The bytes that the client read the instance from."""
    received: Any = instance
    file.write(received.buffer.getbuffer())


def _stored(session: requests.Session, path: Path, uid: str, url: str) -> str:
    """Why one file was not stored; empty if it was."""
    boundary = uuid.uuid4().hex
    headers = {
        "Accept": "application/dicom+json",
        "Content-Type": f'multipart/related; type="application/dicom"; boundary={boundary}',
    }
    with _answered(url):
        answer = session.post(
            f"{url.rstrip('/')}/studies",
            data=_message(path, boundary),
            headers=headers,
            timeout=(SECONDS, SECONDS + path.stat().st_size / SLOWEST),
            allow_redirects=False,
        )
    stored, failed = _outcome(answer)
    if uid in stored:
        return ""
    if uid in failed:
        reason = failed[uid]
        return "the server gives no reason" if reason is None else f"failure 0x{reason:04X}"
    status = f"{answer.status_code} {answer.reason}".strip()
    if answer.ok:
        return f"{url} answers {status}, but does not confirm that it stored the instance"
    return f"{url} answers {status}"


def _message(path: Path, boundary: str) -> Iterator[bytes]:
    """The body of a request, piece by piece (PS3.18 8.6.1.2)."""
    yield f"--{boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
    yield f"\r\n--{boundary}--\r\n".encode()


def _outcome(answer: requests.Response) -> tuple[set[str], dict[str, int | None]]:
    """The stored instances, and the failed ones with reasons (Store Instances Response)."""
    try:
        found = Dataset.from_json(answer.json())
        return (
            {str(item.ReferencedSOPInstanceUID) for item in found.get("ReferencedSOPSequence", [])},
            {
                str(item.ReferencedSOPInstanceUID): item.get("FailureReason")
                for item in found.get("FailedSOPSequence", [])
            },
        )
    # A web page or something else: nothing is confirmed.
    except Exception:  # noqa: BLE001
        return set(), {}


@contextmanager
def _answered(url: str) -> Iterator[None]:
    """Turn any failure of a request into one of octome's errors."""
    try:
        yield
    except OctomeError:
        raise
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        raise ArchiveRefused(f"{url} answers {status}", url=url, status=status) from error
    except requests.exceptions.SSLError as error:
        raise ArchiveUnreachable(
            f"{url} has no certificate that can be trusted", url=url
        ) from error
    except requests.Timeout as error:
        raise ArchiveUnreachable(f"{url} does not answer in time", url=url) from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise ArchiveUnreachable(f"{url} broke off during its answer", url=url) from error
    except requests.ConnectionError as error:
        raise ArchiveUnreachable(
            f"cannot reach {url}: nothing answers there, or it closed the connection", url=url
        ) from error
    # An answer that is not DICOM can make the client and pydicom raise any exception.
    except Exception as error:
        raise ArchiveUnreachable(
            f"{url} is not an address, or its answer is not DICOM ({type(error).__name__})",
            url=url,
        ) from error
