"""Names within longer queries."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("image type value 3", "/attributes/00080008"),
        ("what is the modality list", "/attributes/00080060"),
        ("n-create mpps", "/uids/1.2.840.10008.3.1.2.3.3"),
        ("dicomdir record type", "/ciods/basic-directory"),
    ],
)
def test_name_within_a_query_leads_to_its_page(library: Library, query: str, path: str) -> None:
    assert path in [hit.path for hit in library.search(query).hits[:3]]


def test_names_joined_by_and_lead_to_each(library: Library) -> None:
    first = [hit.title for hit in library.search("rows and columns").hits[:2]]
    assert first == ["Rows", "Columns"]


def test_unknown_word_is_corrected_first(library: Library) -> None:
    assert library.search("enhnaced ct").corrected == "enhanced ct"
