"""Sequences that contain themselves: Content Sequence, and macros that include themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import DEPTH, NAME, POND, InventedSource, compiled, whole_edition

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.model.page import Link
from octome.standard.sources.records import Include, Row, Table

CONTENT = "/modules/sr-document-content/0040a730"


@pytest.mark.parametrize("edition", ["2020b", "2026b"])
def test_content_sequence_repeats_the_level_that_it_is_in(library: Library, edition: str) -> None:
    page = library.attribute_at(CONTENT, edition)
    assert page.repeats == Link("/modules/sr-document-content", "SR Document Content")
    (again,) = [child for child in library.children(CONTENT, edition) if child.repeats]
    assert (again.path, again.title) == (f"{CONTENT}/0040a730", "Content Sequence")


def test_path_through_a_repetition_leads_to_the_level_that_is_repeated(library: Library) -> None:
    deep = f"{CONTENT}/0040a730/0040a730/0040a160"
    assert library.at(deep).path == f"{CONTENT}/0040a160"
    with pytest.raises(UnknownPath):
        library.at(f"{CONTENT}/0040a160/0040a160")


def test_attribute_that_holds_its_sequence_only_once_does_not_repeat(library: Library) -> None:
    whole = "/modules/encapsulated-document/0040a730"
    assert library.attribute_at(whole).repeats is None
    assert not any(child.repeats for child in library.children(whole))


@pytest.fixture
def ponds(tmp_path: Path) -> Iterator[Library]:
    """A macro of ponds within ponds, in the items of another sequence's module."""
    rows = [Row(0, POND, "3"), Include(1, "ponds"), Row(1, DEPTH, "2")]
    edition = replace(
        whole_edition("2015b"),
        modules=[
            *whole_edition("2015b").modules,
            Table("swamp", "Swamp", [Row(0, NAME, "1"), Include(0, "ponds")]),
        ],
        macros=[*whole_edition("2015b").macros, Table("ponds", "Ponds", rows)],
    )
    with compiled(tmp_path / "s.sqlite", InventedSource(editions=(edition,))) as opened:
        yield opened


def test_macro_that_includes_itself_repeats_the_level_that_includes_it(ponds: Library) -> None:
    page = ponds.attribute_at(f"/modules/swamp/{POND}")
    assert page.repeats == Link("/modules/swamp", "Swamp")
    # Only what the macro holds comes again.
    again = [child.tag for child in ponds.children(page.path) if child.repeats]
    assert again == ["(0099,0003)"]
    with pytest.raises(UnknownPath):
        ponds.at(f"/modules/swamp/{POND}/{NAME}")
    assert ponds.at(f"{page.path}/{POND}/{DEPTH}").path == f"{page.path}/{DEPTH}"
