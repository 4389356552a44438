"""Sections, their neighbours and what refers to them."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.model.section import SectionPage
from octome.standard.official import natural_key
from octome.standard.pages.section import nearest_below, neighbour

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"


def test_section_has_what_refers_to_it(library: Library) -> None:
    page = library.at("/sections/C.8.17.14.1.1")
    assert isinstance(page, SectionPage)
    assert f"/modules/{EN_FACE}/00082112" in [citation.path for citation in page.cited_by]


def test_section_is_between_those_above_and_below_it(library: Library) -> None:
    page = library.section("C.7.6.1.1.2")
    assert page.title == "Image Type"
    assert page.above[-1].path == "/sections/C.7.6.1"
    assert page.before is not None
    assert page.after is not None
    assert page.before.path < page.path < page.after.path
    assert page.section.text.edition == "2020b"


def test_sections_in_a_section_are_the_nearest() -> None:
    order = [("C", "Frogs"), ("C.1", "Pond"), ("C.1.2", "Reed"), ("C.3.1", "Tea"), ("C.10", "Cup")]
    assert [link.path for link in nearest_below("C", order)] == [
        "/sections/C.1",
        "/sections/C.3.1",
        "/sections/C.10",
    ]


def test_neighbour_is_of_the_same_part() -> None:
    order = [("C.1", "Pond"), ("PS3.5-1", "Tea")]
    assert neighbour(order, 0, 1) is None
    assert neighbour(order, 0, -1) is None


def test_sections_are_in_the_order_of_their_numbers(library: Library) -> None:
    listed = [link for chapter in library.part(3).chapters for link in chapter.sections]
    numbers = [link.path.removeprefix("/sections/") for link in listed]
    numbers = [number for number in numbers if "_" not in number]
    assert numbers == sorted(numbers, key=natural_key)
    assert len(numbers) > 100


def test_tables_of_one_name_have_the_ciod_that_uses_them(library: Library) -> None:
    # The maps of 2026b have a table of functional groups for each CIOD, all of one name.
    page = library.section("C.11.1.1.2", "2026b")
    titles = [citation.source.title for citation in page.cited_by]
    assert "Multi-frame Functional Groups of Enhanced MR Image" in titles
    assert "CT Image" in titles  # alone of its name
    assert len(titles) == len(set(titles))
