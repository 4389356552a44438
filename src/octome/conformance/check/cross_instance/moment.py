"""Dates with times of day, which can be compared only if their zones are known alike."""

from __future__ import annotations

import re
from datetime import datetime

# Whole seconds are enough: what is created in the second of the scan is not older.
MOMENT = re.compile(r"(\d{14})(?:\.\d*)?([+-]\d{4})?")


def moment(text: str, zone: str) -> datetime | None:
    """A date and time to the second.

    Parameters
    ----------
    text : str
        As a DT, or a DA followed by a TM. The offset at its end counts.
    zone : str
        Timezone Offset From UTC of the instance, for a text without an offset; it may be empty.

    Returns
    -------
    datetime or None
        It has a zone only if an offset is stated; None if it is not that precise.
    """
    found = MOMENT.fullmatch(text)
    if found is None:
        return None
    offset = found[2] or zone
    try:
        return datetime.strptime(found[1] + offset, f"%Y%m%d%H%M%S{'%z' if offset else ''}")
    except ValueError:
        return None
