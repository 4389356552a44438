"""The contents of an archive with DICOM query and retrieve, by C-FIND (PS3.4 C.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Self

from pynetdicom.sop_class import (  # type: ignore[attr-defined]
    StudyRootQueryRetrieveInformationModelFind,
)

from octome.archive.dicom_query import DicomQuery, keys_of, texts_of
from octome.archive.peer import Peer
from octome.archive.query import Found, Level

PARENTS = ("StudyInstanceUID", "SeriesInstanceUID")


class DicomSource:
    """The archive of an application; used in a `with` statement.

    Parameters
    ----------
    peer : Peer
    """

    def __init__(self, peer: Peer) -> None:
        self._peer = peer
        self._open = ExitStack()
        self._query = self._open.enter_context(
            DicomQuery(peer, StudyRootQueryRetrieveInformationModelFind)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def find(self, level: Level, within: tuple[str, ...], keys: Found) -> Iterator[Found]:
        """What matches; see `Source` and `DicomQuery.answers`."""
        above = dict(zip(PARENTS, within, strict=False))
        answers = self._query.answers(keys_of({"QueryRetrieveLevel": level, **above, **keys}))
        return texts_of(answers, keys)
