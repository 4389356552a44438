"""Names as they are compared: without case, spaces and marks."""

from __future__ import annotations

import re


def squash(words: str) -> str:
    """Words without case, spaces and marks.

    >>> squash("Patient's Name"), squash("pixel_spacing"), squash("X-Ray")
    ('patientsname', 'pixelspacing', 'xray')
    """
    return re.sub(r"[\W_]+", "", words.casefold())
