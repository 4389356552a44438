"""Rows of the search table are read once."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.search.rows import by_key


def test_row_is_kept(library: Library) -> None:
    reader = library._stores.reader(library.edition())
    (first,) = by_key(reader, "tag:00100010")
    (second,) = by_key(reader, "name:patientname")
    assert first is second
    assert first.title == "Patient's Name"
