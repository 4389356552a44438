"""Instances fetched from an archive into a folder: what is there is not fetched again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from octome.archive.folder import InstanceFolder
from octome.archive.query import Match
from octome.dicom.instance_identity import identity_of
from octome.dicom.part10 import read_header
from octome.errors import (
    ArchiveError,
    ArchiveUnreachable,
    InstanceConflict,
    InstanceUnreadable,
)

Outcome = Literal["fetched", "already here", "not fetched"]


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """The outcome for one instance."""

    match: Match
    outcome: Outcome
    path: Path | None = None
    """The file; None if it was not fetched."""
    why: str = ""
    """Why it was not fetched."""


class Deliverer(Protocol):
    """An archive that delivers instances."""

    def deliver(self, match: Match, folder: InstanceFolder) -> Path:
        """Store an instance in a folder; returns its file."""
        ...


def fetch(
    source: Deliverer,
    matches: Iterable[Match],
    folder: InstanceFolder,
    *,
    each: Callable[[Fetched], object],
) -> None:
    """Fetch instances; a failure of one does not stop the others.

    Parameters
    ----------
    source : Deliverer
    matches : iterable of Match
    folder : InstanceFolder
    each : callable
        Called with each outcome, at once.

    Raises
    ------
    InstanceUnwritable
        The folder cannot be written: the others would fail too.
    ArchiveUnreachable
        The archive does not answer, and nothing was fetched.
    """
    lost, is_any_fetched = "", False
    for match in matches:
        path = folder.holding(match.sop_instance)
        if path is not None:
            each(Fetched(match=match, outcome="already here", path=path))
            continue
        try:
            if not lost:
                path = source.deliver(match, folder)
                is_any_fetched = True
                each(Fetched(match=match, outcome="fetched", path=path))
                continue
            why = lost
        except ArchiveUnreachable as error:
            if not is_any_fetched:
                raise
            # Each of the others would wait for it again.
            why = lost = str(error)
        except (ArchiveError, InstanceUnreadable, InstanceConflict) as error:
            why = str(error)
        each(Fetched(match=match, outcome="not fetched", why=why))


def store_as(match: Match, folder: InstanceFolder, write: Callable[[BinaryIO], object]) -> Path:
    """Store what arrives as an instance, if it is the expected one.

    Raises
    ------
    InstanceUnreadable
        It is damaged or another instance; nothing is stored.
    InstanceConflict, InstanceUnwritable
        See `InstanceFolder.put`.
    """
    with folder.incoming() as incoming:
        write(incoming.file)
        incoming.file.flush()
        found = identity_of(read_header(incoming.unnamed.path))
        if (found.study, found.sop_instance) != (match.study, match.sop_instance):
            raise InstanceUnreadable(
                f"the archive delivered another instance than {match.sop_instance}"
            )
        path, _ = incoming.store(f"the instance {match.sop_instance}")
    return path
