"""Sections in the store."""

from __future__ import annotations

from octome.standard.library import Library


def test_a_section_can_be_opened_by_its_text_or_its_module(library: Library) -> None:
    assert library.has_section("C.7.6.1")  # with text
    assert library.has_section("C.7.1.1")  # the Patient Module
    assert not library.has_section("Q.1.2")


def test_a_stored_section_is_its_page_without_text(library: Library) -> None:
    found = library.stored_section("C.7.6.1.1.2")
    assert found is not None
    assert found.number == "C.7.6.1.1.2"
    assert found.title in library.section("C.7.6.1.1.2").title
    assert library.stored_section("Q.1.2") is None
