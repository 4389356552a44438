"""The parts of the Standard on the terminal."""

from __future__ import annotations

from octome.standard.library import Library
from octome.terminal.render import Renderer


def test_part_that_is_not_here_says_how_to_get_it(library: Library) -> None:
    text = Renderer().page(library.part(8))
    assert "no text of it here: octome sync" in text


def test_chapters_of_a_part(library: Library) -> None:
    text = Renderer().page(library.part(3))
    assert "C.8" in text
    assert "/sections/C.7.6.1.1.2" not in text  # it is within another section
    assert "/ciods" in text


def test_list_of_sections_names_every_part(library: Library) -> None:
    text = Renderer().page(library.section_index())
    assert all(f"/parts/{number}\n" in text for number in range(1, 23))


def test_part_names_the_edition_of_its_sections(library: Library) -> None:
    assert "sections of 2020b here." in Renderer().page(library.part(3))
    assert "sections here." in Renderer().page(library.part(3, "2020b"))
