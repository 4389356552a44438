"""Where attributes are used and sections are cited, by hand on invented tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_source import InventedSource, compiled, facts_edition, whole_edition

from octome.standard.compile.forest import Forest
from octome.standard.compile.occurrences import AttributeOfType, Count, Counter, Target
from octome.standard.library import Library
from octome.standard.sources.records import Fragment, Row

CODE, NAME, POND = "00080100", "00990001", "00990003"


def test_attributes_and_links_are_counted_with_the_nearest_place() -> None:
    forest = Forest()
    level = forest.add_outline(
        [
            Row(0, POND, "1"),
            Row(1, NAME, "2", Fragment("links")),
            Row(1, CODE, "1"),
            Row(0, NAME, "2", Fragment("links")),
        ],
        lambda _: 5,
    )
    assert Counter(forest, {5: ("/sections/Z.1",)}).below(level) == {
        AttributeOfType(POND, "1"): Count(1, f"/{POND}"),
        AttributeOfType(NAME, "2"): Count(2, f"/{NAME}"),
        AttributeOfType(CODE, "1"): Count(1, f"/{POND}/{CODE}"),
        Target("/sections/Z.1"): Count(2, f"/{NAME}"),
    }


def test_borrowed_text_is_cited_only_from_the_place_it_is_from() -> None:
    forest = Forest()
    level = forest.add_outline([Row(0, NAME, "2", Fragment("links"))], lambda _: 5)
    (line,) = forest.levels[level]
    borrowed = forest.add([line._replace(place="/modules/toad/00990001")])
    assert Target("/sections/Z.1") not in Counter(forest, {5: ("/sections/Z.1",)}).below(borrowed)


@pytest.fixture
def frogs(tmp_path: Path) -> Library:
    source = InventedSource(editions=(whole_edition("2015b"), facts_edition("2018a")))
    return compiled(tmp_path / "s.sqlite", source)


def test_pages_of_both_editions_have_their_users(frogs: Library) -> None:
    for edition in frogs.editions:
        entry = frogs.at("/attributes/FrogName", edition)
        assert [user.table.path for user in getattr(entry, "used_by", ())] == ["/modules/frog"]
        section = frogs.at("/sections/Z.1", edition)
        places = [cited.path for cited in getattr(section, "cited_by", ())]
        assert places == [f"/modules/frog/{NAME}"]
    frogs.close()
