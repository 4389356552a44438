"""Queries by C-FIND (PS3.4 C.4.1): the answers, as data sets, within limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Self

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.association import Association
from pynetdicom.presentation import build_context
from pynetdicom.status import QR_FIND_SERVICE_CLASS_STATUS

from octome.archive.answer import status_line
from octome.archive.association import associated
from octome.archive.peer import Peer
from octome.archive.query import MOST_ANSWERS
from octome.errors import ArchiveRefused, ArchiveUnreachable

PENDING = (0xFF00, 0xFF01)
SUCCESS = 0x0000
SECONDS = 60  # to wait for an answer
MOST_BYTES = 256 << 20  # of the answers to all queries


class DicomQuery:
    """The queries to one application over one association; used in a `with` statement.

    Parameters
    ----------
    peer : Peer
    model : str
        The SOP Class of the queries.
    """

    def __init__(self, peer: Peer, model: str) -> None:
        self._peer, self._model = peer, model
        self._open = ExitStack()
        self._association: Association | None = None
        self._received = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def answers(self, keys: Dataset) -> list[Dataset]:
        """All answers to a query.

        Raises
        ------
        ArchiveRefused
            The other side refuses it, or there are too many answers.
        ArchiveUnreachable
            The other side does not answer, or ends the association.
        """
        association = self._associated()
        found = []
        for status, answer in association.send_c_find(keys, self._model):
            code = status.get("Status")
            if code in PENDING:
                if answer is not None:
                    found.append(answer)
                if len(found) > MOST_ANSWERS:
                    association.abort()
                    raise ArchiveRefused(
                        f"{self._peer} has more than {MOST_ANSWERS} answers: ask for less"
                    )
            elif code is None:
                raise ArchiveUnreachable(
                    f"{self._peer} ended the association, or did not answer in time: it may "
                    f"not know {self._peer.calling!r} (--calling-ae)"
                )
            elif code != SUCCESS:
                said = status_line(code, QR_FIND_SERVICE_CLASS_STATUS, status.get("ErrorComment"))
                raise ArchiveRefused(f"{self._peer} refuses a query: {said}")
        return found

    def _associated(self) -> Association:
        if self._association is None or not self._association.is_established:
            context = build_context(self._model)
            self._association = self._open.enter_context(
                associated(self._peer, [context], handlers=[(evt.EVT_DATA_RECV, self._count)])
            )
            if not self._association.accepted_contexts:
                raise ArchiveRefused(f"{self._peer} does not answer queries of {self._model}")
            self._association.dimse_timeout = SECONDS
        return self._association

    def _count(self, event: evt.Event) -> None:
        self._received += len(event.data)
        if self._received > MOST_BYTES:
            event.assoc.abort()


def keys_of(values: Mapping[str, str]) -> Dataset:
    """A query: what must be, and without a value what should be answered."""
    keys = Dataset()
    if not all(value.isascii() for value in values.values()):
        keys.SpecificCharacterSet = "ISO_IR 192"
    for keyword, value in values.items():
        setattr(keys, keyword, value)
    return keys


def text_of(answer: Dataset, keyword: str) -> str:
    """A value of an answer as text; empty if there is none, or none that can be read."""
    try:
        return str(answer.get(keyword) or "").strip()
    # Another system may send anything.
    except Exception:  # noqa: BLE001
        return ""


def texts_of(answers: list[Dataset], keywords: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The answers as texts by keyword."""
    for answer in answers:
        yield {keyword: text_of(answer, keyword) for keyword in keywords}
