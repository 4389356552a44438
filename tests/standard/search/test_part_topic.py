"""Topics of parts that are not here."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(("query", "part"), [("C-STORE", 7), ("a-associate-rq", 8), ("gsdf", 14)])
def test_topic_of_a_part_that_is_not_here_leads_to_the_part(
    library: Library, query: str, part: int
) -> None:
    page = library.search(query)
    assert page.hits[0].path == f"/parts/{part}"
    assert page.notes[0].startswith(f"“{query}” is a topic of PS3.{part}")
    assert "octome sync" in page.notes[0]


def test_page_of_the_name_comes_before_the_part(library: Library) -> None:
    page = library.search("transfer syntax")
    assert [hit.path for hit in page.hits[:2]] == ["/transfer-syntaxes", "/parts/5"]
