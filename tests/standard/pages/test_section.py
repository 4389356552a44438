"""Sections, their neighbours and what refers to them."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.model.section import SectionPage
from octome.standard.official import natural_key

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"


def test_section_has_what_refers_to_it(library: Library) -> None:
    page = library.at("/sections/C.8.17.14.1.1")
    assert isinstance(page, SectionPage)
    assert f"/modules/{EN_FACE}/00082112" in [citation.path for citation in page.cited_by]


def test_section_is_between_those_above_and_below_it(library: Library) -> None:
    page = library.section("C.7.6.1.1.2")
    assert page.title == "Image Type"
    assert "/sections/C.7.6.1" in [near.path for near in page.around]
    assert page.section.text.edition == "2020b"


def test_sections_are_in_the_order_of_their_numbers(library: Library) -> None:
    numbers = [link.path.removeprefix("/sections/") for link in library.section_index().sections]
    assert numbers == sorted(numbers, key=natural_key)
    assert len(numbers) > 100
