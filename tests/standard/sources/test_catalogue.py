"""Which source each edition is read from, by invented sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from octome.errors import StoreUnavailable, UnknownEdition
from octome.standard.sources.catalogue import Catalogue
from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content

FACTS: frozenset[Content] = frozenset({"facts"})
WHOLE: frozenset[Content] = frozenset({"facts", "text"})


@dataclass(frozen=True)
class Invented:
    """A source that has what it is made with, and records of no more than its name."""

    name: str
    has: Mapping[str, frozenset[Content]] = field(hash=False)
    version: str = "1"

    def fingerprint(self) -> str:
        return self.version

    def contents(self) -> Mapping[str, frozenset[Content]]:
        return self.has

    def read(self, edition: str) -> EditionRecords:
        return EditionRecords(edition=edition, source=self.name, dictionary=edition)


def test_editions_come_oldest_first_in_any_order_of_sources() -> None:
    several = Catalogue(
        [Invented("a", {"2026b": FACTS, "2013": WHOLE}), Invented("b", {"2020b": WHOLE})]
    )
    assert several.editions == ("2013", "2020b", "2026b")
    assert several.current == "2026b"
    assert [several.fallback(edition) for edition in several.editions] == [None, None, "2020b"]


def test_first_source_of_an_edition_is_read_and_text_goes_with_its_facts() -> None:
    plain, whole = Invented("plain", {"2020b": FACTS}), Invented("whole", {"2020b": WHOLE})
    assert Catalogue([plain, whole]).read("2020b").source == "plain"
    assert not Catalogue([plain, whole]).has("2020b", "text")
    assert Catalogue([whole, plain]).read("2020b").source == "whole"
    assert Catalogue([whole, plain]).has("2020b", "text")


def test_newest_registry_is_read_though_its_edition_has_no_pages() -> None:
    several = Catalogue(
        [
            Invented("facts", {"2020b": FACTS}),
            Invented("old", {"2015b": frozenset({"uids"})}),
            Invented("new", {"2024c": frozenset({"uids"})}),
        ]
    )
    newest = several.read_newest("uids")
    assert newest is not None
    assert (newest.source, newest.edition) == ("new", "2024c")
    assert several.read_newest("context_groups") is None
    assert several.editions == ("2020b",)


def test_contents_that_make_no_sense_are_one_clear_error() -> None:
    with pytest.raises(StoreUnavailable, match="states that it has text of edition 2020b"):
        Catalogue([Invented("a", {"2020b": frozenset({"text"})})])
    with pytest.raises(StoreUnavailable, match="states that it has facts, frogs of"):
        Catalogue([Invented("a", {"2020b": frozenset({"facts", "frogs"})})])  # type: ignore[arg-type]
    with pytest.raises(UnknownEdition, match="'newest' is not the name of an edition"):
        Catalogue([Invented("a", {"newest": FACTS})])
    with pytest.raises(StoreUnavailable, match="no source has the facts of any edition"):
        Catalogue([])
