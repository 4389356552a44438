"""Which edition files are of: the one that most parts state, as a subtitle can be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from octome.errors import SyncFailed
from octome.standard.edition import UNNAMED


class ReadPart(NamedTuple):
    """What is read from a part before it is stored."""

    edition: str
    """The one that it states."""
    pictures: tuple[str, ...] = ()


def most_stated(parts: Mapping[int, ReadPart]) -> str:
    """The edition that most parts state; of as many, the one of the first in order."""
    return _votes(parts).most_common(1)[0][0]


def edition_of(parts: Mapping[int, ReadPart], requested: str, *, kept: int, origin: str) -> str:
    """The edition that parts are kept as.

    Parameters
    ----------
    parts : mapping
        The fetched parts, part 3 first.
    requested : str
        The requested edition, or `current`.
    kept : int
        How many parts of the requested edition are here already.
    origin : str
        Where they come from, for the message.

    Raises
    ------
    SyncFailed
        More parts state another edition than the requested one.
    """
    stated = most_stated(parts)
    if requested == UNNAMED:
        return stated
    votes = _votes(parts)
    if votes[stated] > votes[requested] + kept:
        numbers = sorted(number for number, part in parts.items() if part.edition == stated)
        words = ", ".join(map(str, numbers))
        raise SyncFailed(
            f"{origin} has edition {stated}, not {requested}: it is stated in "
            f"{'part' if len(numbers) == 1 else 'parts'} {words}; nothing was kept",
            edition=requested,
            found=stated,
        )
    return requested


def _votes(parts: Mapping[int, ReadPart]) -> Counter[str]:
    return Counter(part.edition for part in parts.values())
