"""The list of editions."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_site import book

from octome.standard.library import Library, open_library
from octome.standard.sync import sync


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


def test_packaged_edition_hidden_by_a_poorer_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "part05.xml").write_bytes(book(5, "2020b", "Green tea."))
    sync("2020b", str(tmp_path), parts=[5], replaces=True)
    with open_library() as opened:
        opened.section_index("2020b")  # its store is compiled by then
        fetched = opened.edition_index().editions[1]
    assert (fetched.id, fetched.modules) == ("2020b", 0)
    assert "packaged 2020b (143 CIODs and 375 modules) is hidden by it" in fetched.note


def test_fetched_edition_that_is_not_compiled_is_not_the_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "part05.xml").write_bytes(book(5, "2020b", "Green tea, uncompiled."))
    sync("2020b", str(tmp_path), parts=[5], replaces=True)
    with open_library() as opened:
        fetched = opened.edition_index().editions[1]
        history = opened.module("patient").history
        assert history is not None
        assert history.not_compiled == ("2020b",)
    assert (fetched.id, fetched.is_compiled, fetched.modules) == ("2020b", False, 0)
    assert fetched.source.startswith(f"{tmp_path}, 20")
    assert fetched.source.endswith(": part 5")
