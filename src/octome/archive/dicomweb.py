"""DICOMweb: instances stored by STOW-RS (PS3.18 10.5)."""

from __future__ import annotations

import json
import ssl
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydicom.dataset import Dataset
from pynetdicom.status import STORAGE_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.storage import EachSent, Sent
from octome.archive.web_service import SECONDS, WebService, body_of
from octome.dicom.instance_identity import instance_identity
from octome.errors import ArchiveRefused, ArchiveUnreachable, InstanceUnreadable

SLOWEST = 10_000_000  # bytes per second that a slow server stores
CHUNK = 1 << 20
MOST_OF_AN_ANSWER = 1 << 20  # bytes; it is about one instance


def store(
    paths: Sequence[Path],
    url: str,
    *,
    tls: ssl.SSLContext | None = None,
    each: EachSent | None = None,
) -> list[Sent]:
    """Store files, one per request: a failure of one does not stop the others.

    A file is streamed unchanged. An instance that the server does not confirm counts as not stored.

    Parameters
    ----------
    paths : sequence of Path
    url : str
        Of the service, as ``http://localhost:8042/dicom-web``.
    tls : SSLContext, optional
        Whom we trust and who we are; the authorities of the system if None.
    each : callable, optional
        Called with each outcome, at once.

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
    with WebService(url, tls) as service:
        for path in paths:
            uid = sop_class = ""
            try:
                identity = instance_identity(path)
                uid, sop_class = identity.sop_instance, identity.sop_class
                why = lost or _stored(service, path, uid)
            except (InstanceUnreadable, ArchiveRefused) as error:
                why = str(error)
            except ArchiveUnreachable as error:
                if not any(other.sop_instance for other in sent):
                    raise
                # Each of the others would wait for it again.
                why = lost = str(error)
            outcome = Sent(
                path=path, sop_instance=uid, sop_class=sop_class, is_stored=not why, why=why
            )
            sent.append(outcome)
            if each is not None:
                each(outcome)
    return sent


def _stored(service: WebService, path: Path, uid: str) -> str:
    """Why one file was not stored; empty if it was."""
    boundary = uuid.uuid4().hex
    headers = {
        "Accept": "application/dicom+json",
        "Content-Type": f'multipart/related; type="application/dicom"; boundary={boundary}',
    }
    with service.answer(
        "POST",
        "/studies",
        headers=headers,
        content=_message(path, boundary),
        seconds=SECONDS + path.stat().st_size / SLOWEST,
    ) as answer:
        body = body_of(answer, MOST_OF_AN_ANSWER)
    stored, failed = _outcome(body)
    if uid in stored:
        return ""
    if uid in failed:
        reason = failed[uid]
        if reason is None:
            return "the server gives no reason"
        return status_line(reason, STORAGE_SERVICE_CLASS_STATUS)
    if answer.is_success:
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        return f"{service.url} answers {status}, but does not confirm that it stored the instance"
    return str(service.refusal(answer, body))


def _message(path: Path, boundary: str) -> Iterator[bytes]:
    """The body of a request, piece by piece (PS3.18 8.6.1.2)."""
    yield f"--{boundary}\r\nContent-Type: application/dicom\r\n\r\n".encode()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
    yield f"\r\n--{boundary}--\r\n".encode()


def _outcome(body: bytes) -> tuple[set[str], dict[str, int | None]]:
    """The stored instances, and the failed ones with reasons (Store Instances Response)."""
    try:
        found = Dataset.from_json(json.loads(body))
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
