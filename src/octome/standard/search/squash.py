"""Names as they are compared: without case, spaces and marks."""

from __future__ import annotations

import re

MARKS = re.compile(r"[\W_]+")


def squash(words: str) -> str:
    """Words without case, spaces and marks.

    >>> squash("Patient's Name"), squash("pixel_spacing"), squash("X-Ray")
    ('patientsname', 'pixelspacing', 'xray')
    """
    bare = words.casefold().replace(" ", "")
    return bare if bare.isalnum() else MARKS.sub("", bare)
