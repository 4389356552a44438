"""Search results on a terminal."""

from __future__ import annotations

from dataclasses import replace

from octome.standard.model.search import Hit, SearchPage
from octome.terminal.search import marked, search_lines
from octome.terminal.style import plain


def page(*hits: Hit, notes: tuple[str, ...] = ()) -> SearchPage:
    return SearchPage(
        path="/search?q=frog",
        edition="2020b",
        title="Search: frog",
        query="frog",
        corrected=None,
        hits=hits,
        notes=notes,
        kinds=(("module", 1), ("section", 2)),
    )


HIT = Hit(
    kind="module",
    title="Frog",
    detail="in 2 CIODs",
    path="/modules/frog",
    editions=(),
    context="A frog in a pond.",
    title_marks=((0, 4),),
    context_marks=((2, 6),),
)


def test_hit_has_its_kind_path_and_line() -> None:
    lines = search_lines(page(HIT), 80, plain)
    assert lines[-2:] == ["module  Frog  in 2 CIODs  /modules/frog", "        A frog in a pond."]
    assert "Found: module 1, section 2 (one kind alone: --kind)." in lines


def test_line_of_another_edition_begins_with_its_name() -> None:
    lines = search_lines(page(replace(HIT, text_edition="2019a")), 80, plain)
    assert lines[-1] == "        [2019a] A frog in a pond."
    own = search_lines(page(replace(HIT, text_edition="2020b")), 80, plain)
    assert own[-1] == "        A frog in a pond."


def test_a_note_replaces_nothing_found() -> None:
    assert search_lines(page(notes=("It is private.",)), 80, plain) == ["", "It is private."]
    assert search_lines(page(), 80, plain) == ["", "Nothing found."]


def test_other_kinds_are_named_if_the_chosen_one_is_not_found() -> None:
    lines = search_lines(replace(page(), kind="CIOD"), 80, plain)
    assert lines == [
        "",
        "Nothing of the kind CIOD found.",
        "Found: module 1, section 2 (one kind alone: --kind).",
        "",
    ]


def test_matched_words_are_styled() -> None:
    assert marked("a frog", ((2, 6),), lambda text, part: f"<{text}>") == "a <frog>"
