"""The matched words and the line of text of what is found."""

from __future__ import annotations

from octome.standard.library import Library


def test_matched_words_are_marked_in_the_title(library: Library) -> None:
    hit = library.search("spacings pixel").hits[0]
    assert [hit.title[a:b] for a, b in hit.title_marks] == ["Pixel", "Spacing"]


def test_hit_found_by_its_text_shows_the_line(library: Library) -> None:
    hit = next(
        hit for hit in library.search("121071").hits if hit.path.startswith("/context-groups/")
    )
    assert "121071" in [hit.context[a:b] for a, b in hit.context_marks]


def test_line_of_text_has_its_edition(library: Library) -> None:
    described = library.search("pixel spacing").hits[0]
    assert (bool(described.context), described.text_edition) == (True, "2020b")
    code = next(h for h in library.search("121071").hits if h.kind == "context group")
    assert code.text_edition == ""


def test_line_is_short(library: Library) -> None:
    for hit in library.search("patient coordinate system").hits:
        assert len(hit.context) <= 170


def test_one_kind_alone(library: Library) -> None:
    page = library.search("pixel spacing", kind="section")
    assert {hit.kind for hit in page.hits} == {"section"}
    assert dict(page.kinds)["attribute"] >= 1
    assert page.path == "/search?q=pixel+spacing&kind=section"


def test_kind_is_known_in_any_case(library: Library) -> None:
    page = library.search("ct image", kind="ciod")
    assert page.kind == "CIOD"
    assert page.hits[0].path == "/ciods/ct-image"


def test_one_letter_is_marked_only_as_a_word(library: Library) -> None:
    hit = next(h for h in library.search("b scan volume").hits if "B-scan Volume" in h.title)
    marked = [hit.title[a:b] for a, b in hit.title_marks]
    assert marked == ["B", "scan", "Volume"]


def test_two_letters_are_marked_only_as_a_word(library: Library) -> None:
    hits = library.search("pixel spacing of a CR image").hits
    marked = {hit.context[a:b].lower() for hit in hits for a, b in hit.context_marks}
    assert "cr" in marked
    assert not any(hit.context[b : b + 5] == "eated" for hit in hits for _, b in hit.context_marks)
