"""A date or a range of dates, as people write it, for a query (PS3.4 C.2.2.2.5)."""

from __future__ import annotations

import re
from datetime import date

from octome.errors import QueryUnusable

DAY = r"\d{4}-\d{2}-\d{2}|\d{8}"
RANGE = re.compile(rf"(?P<first>{DAY})?(?P<to>\.\.|-)?(?P<last>{DAY})?", re.ASCII)


def date_range(text: str) -> str:
    """A date or a range, of which one end may be missing, as DICOM writes it.

    Raises
    ------
    QueryUnusable
        It is neither, a day does not exist, or the range ends before it begins.

    Examples
    --------
    >>> date_range("2026-01-31"), date_range("2026-01-01..2026-01-31"), date_range("20260101-")
    ('20260131', '20260101-20260131', '20260101-')
    """
    found = RANGE.fullmatch(text)
    first, to, last = found.group("first", "to", "last") if found else (None, None, None)
    if not (first or (to and last)) or (last and not to):
        raise QueryUnusable(
            f"{text!r} is not a date or a range of dates; write 2026-01-31, or "
            "2026-01-01..2026-01-31",
            found=text,
        )
    days = [_day(each) if each else "" for each in (first, last)]
    if all(days) and days[1] < days[0]:
        raise QueryUnusable(f"the range {text!r} ends before it begins", found=text)
    return "-".join(days) if to else days[0]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%Y%m%d")
    except ValueError as error:
        raise QueryUnusable(f"there is no day {text!r}", found=text) from error
