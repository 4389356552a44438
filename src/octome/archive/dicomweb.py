"""DICOMweb: instances stored by STOW-RS and retrieved by WADO-RS (PS3.18 10.5, 10.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import requests
from dicomweb_client import DICOMwebClient
from pydicom import dcmread, dcmwrite
from pydicom.dataset import Dataset

from octome.archive.folder import InstanceFolder, identity
from octome.archive.storage import Sent
from octome.errors import ArchiveRefused, ArchiveUnreachable, InstanceUnreadable

SECONDS = 60  # to wait for an answer
Progress = Callable[[int, int], object]


def store(paths: Sequence[Path], url: str, *, progress: Progress | None = None) -> list[Sent]:
    """Store files, one in a request: a refusal of one does not stop the others.

    An instance lies in memory about three times while it is sent.

    Parameters
    ----------
    paths : sequence of Path
    url : str
        Of the service, as ``http://localhost:8042/dicom-web``.
    progress : callable, optional
        Told the instances done and all of them.

    Raises
    ------
    ArchiveUnreachable
        Nobody answers there.
    """
    client = _client(url)
    sent = []
    for path in paths:
        sent.append(_stored(client, path, url))
        if progress is not None:
            progress(len(sent), len(paths))
    return sent


def retrieve(url: str, study: str, folder: Path, *, series: str | None = None) -> list[Path]:
    """Retrieve a study, or a series of it, into a folder.

    Returns
    -------
    paths : list of Path

    Raises
    ------
    ArchiveUnreachable
        Nobody answers there.
    ArchiveRefused
        There is no such study.
    InstanceUnwritable
        The folder cannot be written, or holds another data set with the same UID.
    """
    client, target = _client(url), InstanceFolder(folder)
    paths = []
    with _answered(url):
        found: Iterator[Dataset] = (
            client.iter_series(study, series) if series else client.iter_study(study)
        )
        for instance in found:
            path, _ = target.put(partial(_written, instance))
            paths.append(path)
    return paths


def _written(instance: Dataset, file: BinaryIO) -> None:
    dcmwrite(file, instance)


def _client(url: str) -> DICOMwebClient:
    try:
        return DICOMwebClient(url, timeout=SECONDS)
    except ValueError as error:
        raise ArchiveUnreachable(f"{url} is no address: {error}", url=url) from error


def _stored(client: DICOMwebClient, path: Path, url: str) -> Sent:
    try:
        uid = str(identity(path).SOPInstanceUID)
        instance = dcmread(path)
    except InstanceUnreadable as error:
        return Sent(path, "", is_stored=False, why=str(error))
    try:
        with _answered(url):
            answer = client.store_instances([instance])
    except ArchiveRefused as error:
        return Sent(path, uid, is_stored=False, why=str(error))
    failed = answer.get("FailedSOPSequence") or []
    if failed:
        reason = failed[0].get("FailureReason")
        why = "the server does not say why" if reason is None else f"failure 0x{reason:04X}"
        return Sent(path, uid, is_stored=False, why=why)
    return Sent(path, uid, is_stored=True, why="")


@contextmanager
def _answered(url: str) -> Iterator[None]:
    """Turn what goes wrong on the way into one of octome's errors."""
    try:
        yield
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        raise ArchiveRefused(f"{url} answers {status}", url=url, status=status) from error
    except requests.RequestException as error:
        raise ArchiveUnreachable(
            f"cannot reach {url}: nobody answers there ({type(error).__name__})", url=url
        ) from error
