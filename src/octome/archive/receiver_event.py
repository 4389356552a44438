"""What happens at a receiver, for the program that runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octome.errors import OctomeError


@dataclass(frozen=True)
class Stored:
    """An instance is stored, and its sender gets the answer now."""

    path: Path
    sender: str
    """As TITLE@address."""
    is_new: bool
    """False if it was there, with the same data set."""


@dataclass(frozen=True)
class Refused:
    """An instance was not stored."""

    error: OctomeError
    sender: str
    status: int
    """That its sender got (PS3.4 B.2.3)."""


@dataclass(frozen=True)
class Rejected:
    """An association was rejected."""

    sender: str
    why: str


@dataclass(frozen=True)
class BrokenOff:
    """An association ended in the middle of an instance, of which nothing is kept."""

    sender: str
    received: int
    """Bytes of the instance, which were removed."""


@dataclass(frozen=True)
class Ended:
    """An association ended."""

    sender: str
    studies: tuple[Path, ...]
    """The folders of the studies that got new instances by it."""


ReceiverEvent = Stored | Refused | Rejected | BrokenOff | Ended
