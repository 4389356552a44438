"""Numbers that are not there are said to be not there, and never become others."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("TID1500", "TID 1500 is not in edition 2026b; it would be in PS3.16 Content Mapping"),
        ("PS3.8 9.3", "PS3.8 9.3 is not in edition 2026b; it would be in PS3.8 Network"),
        ("CID 99999", "CID 99999 is not in edition"),
        ("PS3.15 E.1", "PS3.15 E.1 is not in edition"),
        ("T-D3000", "No context group of edition 2026b has the code T-D3000."),
        ("(0028,9999)", "(0028,9999) is not in the dictionary of 20"),
        ("1.2.840.10008.99.9", "1.2.840.10008.99.9 is not in the registry of UIDs of 20"),
        ("9999", "Edition 2026b has no group of tags, context group or template 9999."),
        ("77777", "Edition 2026b has no context group, template or code 77777."),
    ],
)
def test_number_that_is_not_there(library: Library, query: str, said: str) -> None:
    page = library.search(query)
    assert page.notes[0].startswith(said)
    assert page.corrected is None
    assert not any(hit.kind == "context group" for hit in page.hits)


def test_keyword_that_the_dictionary_lacks_may_be_newer(library: Library) -> None:
    (note,) = library.search("FrogIdentitySequence").notes
    assert note.startswith("FrogIdentitySequence is not in the dictionary of 20")
    assert not any("newer" in note for note in library.search("PixelSpacing").notes)
    assert library.search("(0010,9999)", "2020b").notes == ("(0010,9999) is not in edition 2020b.",)


def test_sections_around_one_that_is_not_there(library: Library) -> None:
    page = library.search("C.8.17.14.99")
    assert page.notes
    assert page.hits[0].path.endswith("en-face-image")


@pytest.mark.parametrize(
    "query", ["annex E part 15", "part 15 annex E", "Annex E of PS3.15", "chapter E of part 15"]
)
def test_part_of_a_section_comes_first_or_last(library: Library, query: str) -> None:
    page = library.search(query)
    assert page.hits[0].path.startswith("/sections/PS3.15-E.")
    assert "/parts/15" in [hit.path for hit in page.hits[:3]]  # the annex as a whole is not here


def test_longer_uid_shows_the_one_it_begins_with(library: Library) -> None:
    page = library.search("1.2.840.10008.5.1.4.1.1.2.99")
    assert page.notes
    assert page.hits[0].path == "/uids/1.2.840.10008.5.1.4.1.1.2"


def test_section_of_no_named_part_may_be_in_any(library: Library) -> None:
    assert "may be in a part that is not here" in library.search("9.99.9").notes[0]


@pytest.mark.parametrize(("end", "uid"), [("5.1.4.1.1.7", "5.1.4.1.1.7"), ("1.2.4.70", "1.2.4.70")])
def test_end_of_a_uid_leads_to_it(library: Library, end: str, uid: str) -> None:
    page = library.search(end)
    assert page.hits[0].path == f"/uids/1.2.840.10008.{uid}"
    assert page.notes == ()
