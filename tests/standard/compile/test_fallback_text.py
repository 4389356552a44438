"""What an invented edition without text takes from its fallback edition."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import (
    GROUPS,
    LEGS,
    NAME,
    SHARED,
    SIZE,
    InventedSource,
    compiled,
    facts_edition,
    whole_edition,
)

from octome.standard.compile.compiler import compile_store
from octome.standard.compile.edition_text import GroupUse, TextAndUrl
from octome.standard.compile.fallback_text import FallbackText
from octome.standard.compile.forest import Forest
from octome.standard.sources.records import CiodRecord, Row, Table, Use


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    compile_store(
        tmp_path / "s.sqlite", "key", sources=[InventedSource(editions=(whole_edition("2020b"),))]
    )
    db = sqlite3.connect(tmp_path / "s.sqlite")
    yield db
    db.close()


@pytest.fixture
def text(db: sqlite3.Connection) -> FallbackText:
    # The newer edition calls the CIOD otherwise; no table of the fallback has levels here.
    return FallbackText(db, Forest(), "2020b", {}, {"frog": "frog-image"})


def test_ciod_that_was_renamed_has_the_old_ones_text(text: FallbackText) -> None:
    assert text.of_ciod(CiodRecord("frog", None)).text is not None
    assert text.of_ciod(CiodRecord("toad", None)) == TextAndUrl()


def test_groups_written_out_have_the_text_of_the_module(text: FallbackText) -> None:
    table = Table(f"frog-{GROUPS}", None, ())
    own = text.of_table(f"/modules/{GROUPS}", Table(GROUPS, None, ()))
    assert text.of_table(f"/modules/{table.id}", table) == own
    assert text.of_table("/modules/toad", Table("toad", None, ())) == TextAndUrl()


def test_condition_is_borrowed_only_where_the_use_is_conditional(text: FallbackText) -> None:
    assert text.condition("/modules/pond", Use("frog", "pond", "C")) is not None
    assert text.condition("/modules/pond", Use("frog", "pond", "M")) is None
    assert text.condition("/modules/pond", Use("toad", "pond", "C")) is None


def test_group_has_its_usage_in_the_same_ciod_and_elsewhere_only_its_macro(
    text: FallbackText,
) -> None:
    same = text.group("frog", SIZE)
    assert (same.path, same.usage, same.usage_edition) == ("/macros/frog-size", "C", "2020b")
    assert text.group("toad", SIZE) == GroupUse("/macros/frog-size")
    assert text.group("toad", NAME) == GroupUse()


def test_attribute_in_a_group_has_the_text_of_its_macro(tmp_path: Path) -> None:
    source = InventedSource(editions=(whole_edition("2020b"), facts_edition("2026b")))
    with compiled(tmp_path / "f.sqlite", source) as library:
        page = library.at(f"/modules/frog-image-{GROUPS}/{SHARED}/{SIZE}", "2026b")
        description = getattr(page, "description", None)
        assert description is not None
        assert description.edition == "2020b"


def test_table_that_the_fallback_lacks_has_no_text_of_another_module(tmp_path: Path) -> None:
    facts = facts_edition("2026b")
    toad = Table("toad", None, [Row(0, LEGS, "1C"), Row(0, SIZE, "3")])
    facts = replace(facts, modules=[*facts.modules, toad])
    source = InventedSource(editions=(whole_edition("2020b"), facts))
    with compiled(tmp_path / "f.sqlite", source) as library:
        page = library.attribute_at(f"/modules/toad/{LEGS}")
        assert page.description is None
        assert not page.is_condition_known
        assert library.attribute_at(f"/modules/toad/{SIZE}").is_condition_known
