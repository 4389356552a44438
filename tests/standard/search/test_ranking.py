"""Exact names first, then beginnings, then all words."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.search.ranking import badness, mixed, sought_by
from octome.standard.search.rows import Row
from octome.standard.search.squash import squash


def row(title: str, kind: str = "attribute", edition: str = "") -> Row:
    return Row(1, kind, title, "", "/x", edition, squash(title), 1.0, "", "", "")


def test_exact_before_beginning_before_words() -> None:
    sought = sought_by("2020b", "frog leg", ["frog", "leg"], None)
    scores = [badness(row(t), sought) for t in ("Frog Leg", "Frog Leg Count", "Count of Frog Leg")]
    assert scores == sorted(scores)


def test_the_named_kind_and_edition_come_first() -> None:
    sought = sought_by("2020b", "frog module", ["frog"], "module")
    assert badness(row("Frog", "module"), sought) < badness(row("Frog"), sought)
    assert badness(row("Frog"), sought) < badness(row("Frog", edition=" 2015b "), sought)


def test_first_two_are_of_both_kinds() -> None:
    leg, toe = row("Frog Leg"), row("Frog Toe")._replace(id=2)
    pond = row("Frog Pond", "module")._replace(id=3)
    assert mixed([leg, toe, pond]) == [leg, pond, toe]
    assert mixed([leg, toe]) == [leg, toe]
    assert mixed([]) == []


def test_one_word_rather_begins_an_attribute(library: Library) -> None:
    assert library.search("protocol").hits[0].title == "Protocol Name"
