"""Addresses of the official HTML of the Standard."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"https?://dicom\.nema\.org/\S*?/part(?P<part>\d\d)(?:\.html|/\S*?)"
    r"(?:(?:sect|chapter)_(?P<file>[\w.]+?)\.html)?(?:#(?:sect_(?P<anchor>[\w.]+)|\S*))?"
)


def section_of_address(address: str) -> tuple[str, str] | None:
    """The part and the section of an official address; None for any other one.

    >>> section_of_address("https://dicom.nema.org/a/chtml/part03/sect_F.1.2.html#table_F.1-2")
    ('3', 'F.1.2')
    """
    found = ADDRESS.fullmatch(address.strip())
    section = found and (found["anchor"] or found["file"])
    return (str(int(found["part"])), section) if found and section else None
