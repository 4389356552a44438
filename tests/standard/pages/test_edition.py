"""The list of editions."""

from __future__ import annotations

from octome.standard.library import Library


def test_list_of_editions_counts_what_each_holds(library: Library) -> None:
    index = library.edition_index()
    assert [(edition.id, edition.ciods, edition.modules) for edition in index.editions] == [
        ("2026b", 175, 445),
        ("2020b", 143, 375),
    ]
    assert [edition.is_current for edition in index.editions] == [True, False]
    newest, oldest = index.editions
    assert (newest.title, oldest.title) == ("about 2026b", "2020b")
    assert (newest.text_edition, oldest.text_edition) == ("2020b", None)
    assert "6 years older than 2026b" in newest.spelled_text
    assert oldest.spelled_text == "Its own"
    assert [link.path for link in index.comparisons] == ["/editions/2020b..2026b"]
