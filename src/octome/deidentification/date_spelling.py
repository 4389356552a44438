"""Dates as people write them, to find them in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

DATE = 8  # digits
SPELLED = re.compile(r"(?<!\d)(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})(?!\d)", re.ASCII)
DIGITS = re.compile(r"\d{8,}", re.ASCII)


def spellings(date: str) -> tuple[str, ...]:
    """A date of eight digits as `dates_in` gives it, year, month or day first; none if no date.

    Examples
    --------
    >>> spellings("20260214")[:3]
    ('20260214', '2026.2.14', '14.2.2026')
    """
    if len(date) != DATE or not date.isdecimal():
        return ()
    year, month, day = date[:4], int(date[4:6]), int(date[6:])
    return (
        date, f"{year}.{month}.{day}", f"{day}.{month}.{year}", f"{month}.{day}.{year}",
        f"{day}.{month}.{int(year[2:])}", f"{month}.{day}.{int(year[2:])}",
        f"{day:02d}{month:02d}{year}", f"{month:02d}{day:02d}{year}",
    )  # fmt: skip


def dates_in(text: str) -> Iterator[str]:
    """What may be a date in a text, with dots between numbers without leading zeros.

    Examples
    --------
    >>> list(dates_in("born 14/02/2026, seen 2026-03-01, 20260302101112"))
    ['14.2.2026', '2026.3.1', '20260302']
    """
    for found in SPELLED.finditer(text):
        yield ".".join(str(int(number)) for number in found.groups())
    for found in DIGITS.finditer(text):
        yield found[0][:DATE]
