"""Whether dates and times are what their value representation says (PS3.5 6.2)."""

from __future__ import annotations

import re
from datetime import date

TIME = r"(?:(?:[01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?)"
PATTERNS = {
    "DA": re.compile(r"\d{8}", re.ASCII),
    "DT": re.compile(
        rf"\d{{4}}(?:(?:0[1-9]|1[0-2])(?:[0-3]\d{TIME}?)?)?(?:[+-]\d{{4}})?", re.ASCII
    ),
    "TM": re.compile(TIME, re.ASCII),
}


def is_valid(vr: str, raw: bytes) -> bool:
    """Whether all values of an element are dates or times; True for other representations.

    Examples
    --------
    >>> is_valid("DA", b"20260301"), is_valid("DA", b"20260301-20260305"), is_valid("TM", b"25")
    (True, False, False)
    """
    pattern = PATTERNS.get(vr)
    if pattern is None:
        return True
    values = raw.decode("latin-1").split("\\")
    return all(not (each := value.strip(" \0")) or _is_one(vr, pattern, each) for value in values)


def _is_one(vr: str, pattern: re.Pattern[str], value: str) -> bool:
    if pattern.fullmatch(value) is None:
        return False
    has_day = vr == "DA" or (vr == "DT" and re.match(r"\d{8}", value) is not None)
    if not has_day:
        return True
    try:
        date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        return False
    return True
