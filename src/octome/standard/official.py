"""Addresses of the official HTML edition, and the section numbers in them."""

from __future__ import annotations

import re
from itertools import takewhile

_SITE = "https://dicom.nema.org/medical/dicom"
# A part and anchor as in DocBook sources.
_PLACE = re.compile(r"PS3\.(\d+)#(.+)")
DEEPEST = 5  # levels of sections with a page
_PART = re.compile(r"/part(\d\d)[./]")


def part_and_anchor(url: str) -> tuple[str, str]:
    """The part's number and the anchor in an official URL; empty if there is none.

    Examples
    --------
    >>> part_and_anchor("PS3.5#sect_7.1"), part_and_anchor("http://x/part03/y.html#z")
    (('05', 'sect_7.1'), ('03', 'z'))
    """
    place = _PLACE.fullmatch(url)
    if place:
        return f"{int(place[1]):02}", place[2]
    part = _PART.search(url)
    return (part[1] if part else ""), url.partition("#")[2]


def numbered(part: str, anchor: str) -> str:
    """Octome's number of the section with an anchor in a part.

    Examples
    --------
    >>> numbered("03", "sect_C.7.6.1"), numbered("16", "sect_TID_1500"), numbered("05", "chapter_7")
    ('C.7.6.1', 'PS3.16-TID_1500', 'PS3.5-7')
    """
    number = anchor.removeprefix("sect_").removeprefix("chapter_")
    return number if part in ("", "03") else f"PS3.{int(part)}-{number}"


def section_number(url: str) -> str:
    """Octome's number of the section at an official URL.

    Examples
    --------
    >>> section_number("http://dicom.nema.org/x/part03/sect_C.7.6.html#sect_C.7.6.1")
    'C.7.6.1'
    >>> section_number("http://dicom.nema.org/x/part15/sect_E.3.html#sect_E.3.1")
    'PS3.15-E.3.1'
    """
    return numbered(*part_and_anchor(url))


def whole_part(place: str) -> str:
    """The official page of the part of a place such as `PS3.5#sect_7.1`; always the newest."""
    part, _ = part_and_anchor(place)
    return part_url(int(part), None)


def part_url(part: int, edition: str | None) -> str:
    """The official page of a part; of the newest edition if it is None."""
    return f"{_SITE}/{edition or 'current'}/output/chtml/part{part:02}/PS3.{part}.html"


def table_url(part: int, page: str, anchor: str, edition: str | None) -> str:
    """The official address of a table on a page of a part; of the newest edition if it is None."""
    return f"{_SITE}/{edition or 'current'}/output/chtml/part{part:02}/{page}.html#{anchor}"


def section_url(number: str, edition: str | None) -> str:
    """The official address of a section of PS3.3; of the newest edition if it is None.

    A section is on the page of the nearest one around it that has a page: those to the fifth
    level have, but for the first within another.

    Examples
    --------
    >>> section_url("C.39.5", "2026b").rpartition("/")[2]
    'sect_C.39.5.html#sect_C.39.5'
    >>> section_url("C.8.35.1", None).rpartition("/")[2]
    'sect_C.8.35.html#sect_C.8.35.1'
    """
    first, *deeper = number.split(".")
    own = [*takewhile(lambda word: word != "1", deeper[: DEEPEST - 1])]
    page = f"sect_{'.'.join((first, *own))}" if own else f"chapter_{first}"
    return table_url(3, page, f"sect_{number}", edition)


def picture_url(file: str, edition: str) -> str:
    """The official address of a picture, from its part and file."""
    part, name = part_and_anchor(file)
    return f"{_SITE}/{edition}/output/chtml/part{part}/{name}"


def official_url(url: str, edition: str | None = None) -> str:
    """An official URL over HTTPS, at one edition's pages instead of the current ones."""
    url = re.sub(r"^http://dicom\.nema\.org/", "https://dicom.nema.org/", url)
    return url.replace("/current/", f"/{edition}/") if edition else url


def natural_key(number: str) -> tuple[tuple[int, str], ...]:
    """Sorts section numbers in natural order: C.9 before C.10."""
    return tuple(
        (int(word), "") if word.isdigit() else (-1, word) for word in re.split(r"[.\-_]", number)
    )
