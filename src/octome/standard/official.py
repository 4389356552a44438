"""Addresses of the official HTML edition, and the section numbers in them."""

from __future__ import annotations

import re

_PART = re.compile(r"/part(\d\d)[./]")


def part_and_anchor(url: str) -> tuple[str, str]:
    """The part's number and the anchor in an official URL; empty where there is none."""
    part = _PART.search(url)
    return (part[1] if part else ""), url.partition("#")[2]


def section_number(url: str) -> str:
    """What octome calls the section at an official URL.

    Examples
    --------
    >>> section_number("http://dicom.nema.org/x/part03/sect_C.7.6.html#sect_C.7.6.1")
    'C.7.6.1'
    >>> section_number("http://dicom.nema.org/x/part15/sect_E.3.html#sect_E.3.1")
    'PS3.15-E.3.1'
    """
    part, anchor = part_and_anchor(url)
    number = anchor.removeprefix("sect_")
    return number if part in ("", "03") else f"PS3.{int(part)}-{number}"


def official_url(url: str, edition: str | None = None) -> str:
    """An official URL over HTTPS, at one edition's pages instead of the current ones."""
    url = re.sub(r"^http://dicom\.nema\.org/", "https://dicom.nema.org/", url)
    return url.replace("/current/", f"/{edition}/") if edition else url


def natural_key(number: str) -> tuple[tuple[int, str], ...]:
    """Sorts section numbers as a reader counts: C.9 before C.10."""
    return tuple(
        (int(word), "") if word.isdigit() else (-1, word) for word in re.split(r"[.\-_]", number)
    )
