"""Macros that tables include, from an invented source to the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import LEGS, NAME, POND, InventedSource, compiled, registries, whole_edition

from octome.standard.block import Block, Span
from octome.standard.library import Library
from octome.standard.model.page import Link
from octome.standard.sources.records import Include, Passage, Row, Table

FROM_POND_FROGS = "Baseline CID 7."


def passage(words: str) -> Passage:
    link = Span("link", words.index("CID"), len(words) - 1, "PS3.16#sect_CID_7")
    return Passage((Block(kind="paragraph", words=words, spans=(link,)),))


@pytest.fixture(scope="module")
def frogs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    whole = whole_edition("2026c")
    frog = Table(
        "frog",
        "The Frog's Own",
        [
            Row(0, POND, "1"),
            Include(1, "legs", passage(FROM_POND_FROGS)),
            Row(0, "00990077", "3", None, "Unregistered Frog"),
        ],
    )
    legs = Table("legs", "Legs", [Row(0, LEGS, "1"), Row(0, NAME, "3"), Include(0, "legs")])
    records = replace(whole, modules=[frog, *whole.modules[1:]], macros=[*whole.macros, legs])
    records = replace(records, context_groups=registries("2026c").context_groups)
    source = InventedSource(editions=(records,), name="frogs")
    path: Path = tmp_path_factory.mktemp("frogs") / "standard.sqlite"
    with compiled(path, source) as library:
        yield library


def test_attributes_of_a_macro_are_those_of_the_items_that_include_it(frogs: Library) -> None:
    page = frogs.attribute_at(f"/modules/frog/{POND}")
    assert [item.tag for item in page.items] == [LEGS, NAME]
    outer, inner = page.includes
    assert (outer.macro, outer.before, outer.attributes) == (Link("/macros/legs", "Legs"), 0, 2)
    assert outer.first_words == FROM_POND_FROGS
    # Within itself it has no end.
    assert (inner.macro.path, inner.attributes, inner.text) == ("/macros/legs", 0, None)


def test_context_group_of_an_inclusion_is_that_of_the_sequence(frogs: Library) -> None:
    page = frogs.attribute_at(f"/modules/frog/{POND}")
    assert [group.path for group in page.context_groups] == ["/context-groups/7"]
    cited = frogs.context_group(7).cited_by
    assert [citation.path for citation in cited] == [f"/modules/frog/{POND}"]


def test_attribute_that_no_dictionary_has_keeps_the_name_of_its_table(frogs: Library) -> None:
    page = frogs.attribute_at("/modules/frog/00990077")
    assert (page.title, page.attribute.vr) == ("Unregistered Frog", "")
