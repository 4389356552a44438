"""Which eye a file states."""

from __future__ import annotations

import re

from octome.octa.laterality import Laterality

_SIDES: dict[str, Laterality] = {"OD": "R", "R": "R", "OS": "L", "L": "L"}


def side(word: str | None) -> Laterality | None:
    """R or L from a word such as OD, OS, R or L; None from any other.

    >>> side("OD"), side("os "), side("OU")
    ('R', 'L', None)
    """
    return _SIDES.get((word or "").strip(" \0").upper())


def side_in_name(name: str) -> Laterality | None:
    """R or L from a file's name that has OD or OS as a word.

    >>> side_in_name("P1_Macular Cube 200x200_OS_sn7_cube_z.img"), side_in_name("MOSES.img")
    ('L', None)
    """
    found = set(re.findall(r"(?<![A-Za-z])(OD|OS)(?![A-Za-z])", name))
    return side(found.pop()) if len(found) == 1 else None
