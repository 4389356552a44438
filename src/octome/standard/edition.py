"""Editions of the Standard: their names, their order, and which one another borrows text from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from octome.errors import UnknownEdition

# 2013, then 2014a, 2014b and so on. Source: the folders at dicom.nema.org/medical/dicom.
NAME = re.compile(r"([0-9]{4})([a-z]?)")
# The edition of a source that does not name it: newer than every edition that has a name.
UNNAMED = "current"


def edition_key(name: str) -> tuple[int, str]:
    """The key that sorts editions from the oldest to the newest.

    Raises
    ------
    UnknownEdition
        The name is neither a year with or without a letter, nor `current`.

    Examples
    --------
    >>> sorted(["2024a", "current", "2015b", "2013", "2015a"], key=edition_key)
    ['2013', '2015a', '2015b', '2024a', 'current']
    """
    if name == UNNAMED:
        return (10_000, "")  # years have four digits
    match = NAME.fullmatch(name)
    if match is None:
        raise UnknownEdition(
            f"{name!r} is not the name of an edition, such as 2013 or 2024a", edition=name
        )
    return (int(match[1]), match[2])


def usual_name(typed: str) -> str:
    """The name of an edition as it is written, for one typed in any case.

    >>> usual_name("2024A"), usual_name(" Current")
    ('2024a', 'current')
    """
    return typed.strip().casefold()


def relative_age(edition: str, than: str) -> str:
    """How much older or newer an edition is than another one, in words; empty where not known.

    Examples
    --------
    >>> relative_age("2020b", "2026b"), relative_age("2026a", "2026b")
    ('6 years older than 2026b', 'older than 2026b')
    >>> relative_age("2026b", "2024a"), relative_age("2020b", "current")
    ('2 years newer than 2024a', '')
    """
    if edition == than or UNNAMED in (edition, than):
        return ""
    (year, _), (other, _) = edition_key(edition), edition_key(than)
    years = abs(year - other)
    much = f"{years} year{'s' * (years != 1)} " if years else ""
    return f"{much}{'older' if edition_key(edition) < edition_key(than) else 'newer'} than {than}"


def current_edition(names: Iterable[str]) -> str:
    """The edition that is read unless another one is requested: the newest."""
    return max(names, key=edition_key)


def fallback_edition(name: str, with_text: Iterable[str]) -> str | None:
    """The edition whose text, order and usages another one borrows; None if it borrows none.

    An edition with its own text borrows nothing. Any other borrows from the nearest older edition
    with text; never from a newer one, which may state later changes.

    Examples
    --------
    >>> fallback_edition("2018c", ["2014a", "2018b", "2024a"])
    '2018b'
    >>> fallback_edition("2018b", ["2018b"]), fallback_edition("2013", ["2015b"])
    (None, None)
    """
    editions = set(with_text)
    older = [other for other in editions if edition_key(other) < edition_key(name)]
    return None if name in editions or not older else current_edition(older)
