"""Numbers that are not there are said to be not there, and never become others."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("TID1500", "TID 1500 is not in edition 2026b; an edition has all of it once that part is"),
        ("CID 99999", "CID 99999 is not in edition"),
        ("PS3.15 E.1", "PS3.15 E.1 is not in edition"),
        ("T-D3000", "No context group of edition 2026b has the code T-D3000."),
        ("(0028,9999)", "(0028,9999) is not in edition"),
    ],
)
def test_number_that_is_not_there(library: Library, query: str, said: str) -> None:
    page = library.search(query)
    assert page.notes[0].startswith(said)
    assert page.corrected is None
    assert not any(hit.kind == "context group" for hit in page.hits)


def test_sections_around_one_that_is_not_there(library: Library) -> None:
    page = library.search("C.8.17.14.99")
    assert page.notes
    assert page.hits[0].path.endswith("en-face-image")


def test_longer_uid_shows_the_one_it_begins_with(library: Library) -> None:
    page = library.search("1.2.840.10008.5.1.4.1.1.2.99")
    assert page.notes
    assert page.hits[0].path == "/uids/1.2.840.10008.5.1.4.1.1.2"
