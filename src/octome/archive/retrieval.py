"""What C-GET and C-MOVE have in common: the request, patience, and the last status."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any

from pydicom.dataset import Dataset
from pynetdicom.dimse import DIMSEServiceProvider

from octome.archive.dicom_query import PENDING, keys_of
from octome.archive.query import Match
from octome.archive.streaming import StreamingProvider


def instance_keys(match: Match) -> Dataset:
    """The request for one instance."""
    return keys_of(
        {
            "QueryRetrieveLevel": "IMAGE",
            "StudyInstanceUID": match.study,
            "SeriesInstanceUID": match.series,
            "SOPInstanceUID": match.sop_instance,
        }
    )


class Patient(DIMSEServiceProvider):
    """Waits for an answer as long as anything arrives, not for a fixed time."""

    def get_msg(self, block: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The next message; none if nothing arrives any more."""
        return _next_message(self, block=block)


class PatientStream(StreamingProvider):
    """The same, with data sets that go to the disk."""

    def get_msg(self, block: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The next message; none if nothing arrives any more."""
        return _next_message(self, block=block)


def _next_message(provider: DIMSEServiceProvider, *, block: bool) -> Any:
    # pynetdicom's own thread does not wait, and must not take what another waits for.
    while block:
        try:
            return provider.msg_queue.get(timeout=0.2)
        except queue.Empty:
            if provider.dul.idle_timer_expired() or not provider.dul.is_alive():
                break
    return None, None


def final_status(responses: Iterator[tuple[Dataset, Dataset | None]]) -> tuple[int | None, str]:
    """The last status of an operation, with the comment of the other side."""
    code: int | None = None
    comment = ""
    for status, _ in responses:
        code = status.get("Status")
        if code in PENDING:
            continue
        comment = str(status.get("ErrorComment") or "")
    return (None if code in PENDING else code), comment
