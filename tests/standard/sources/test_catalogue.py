"""Which source each edition is read from, by invented sources; and what the real ones have."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable, UnknownEdition
from octome.standard.sources import catalogue
from octome.standard.sources.catalogue import SOURCES, Catalogue, store_key
from octome.standard.sources.records import EditionRecords
from octome.standard.sources.source import Content, Source

FACTS: frozenset[Content] = frozenset({"facts"})
WHOLE: frozenset[Content] = frozenset({"facts", "text"})


@dataclass(frozen=True)
class Invented:
    """A source that has what it is made with, and records that say no more than where from."""

    name: str
    has: Mapping[str, frozenset[Content]] = field(hash=False)
    version: str = "1"

    def fingerprint(self) -> str:
        return self.version

    def contents(self) -> Mapping[str, frozenset[Content]]:
        return self.has

    def read(self, edition: str) -> EditionRecords:
        return EditionRecords(edition=edition, source=self.name, dictionary=edition)


def test_editions_come_oldest_first_whatever_the_order_of_sources() -> None:
    several = Catalogue(
        [Invented("a", {"2026b": FACTS, "2013": WHOLE}), Invented("b", {"2020b": WHOLE})]
    )
    assert several.editions == ("2013", "2020b", "2026b")
    assert several.current == "2026b"
    assert [several.fallback(edition) for edition in several.editions] == [None, None, "2020b"]


def test_first_source_of_an_edition_is_read_and_text_goes_with_its_facts() -> None:
    plain, whole = Invented("plain", {"2020b": FACTS}), Invented("whole", {"2020b": WHOLE})
    assert Catalogue([plain, whole]).read("2020b").source == "plain"
    assert not Catalogue([plain, whole]).has_text("2020b")
    assert Catalogue([whole, plain]).read("2020b").source == "whole"
    assert Catalogue([whole, plain]).has_text("2020b")


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


def test_key_changes_with_every_fingerprint() -> None:
    sources = [Invented("a", {}), Invented("b", {})]
    key = store_key(sources)
    assert key.startswith("a=1 b=1 compiler=")
    assert store_key([sources[0], Invented("b", {}, "2")]) == key.replace("b=1", "b=2")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_source_has_what_it_states(source: Source) -> None:
    for edition, contents in source.contents().items():
        records = source.read(edition)
        assert records.edition == edition
        assert records.source
        found = {
            "facts": bool(records.ciods and records.modules and records.terms),
            "text": bool(records.sections),
            "uids": bool(records.uids),
            "context_groups": bool(records.context_groups),
        }
        assert {content for content, has in found.items() if has} == contents


def test_key_needs_none_of_the_packages_imported() -> None:
    code = (
        "import sys\n"
        "from octome.standard.sources.catalogue import Catalogue, SOURCES, store_key\n"
        "store_key(), Catalogue(SOURCES)\n"
        "print(*sorted({'pydicom', 'highdicom', 'importlib.metadata'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_nothing_outside_the_sources_names_one_or_its_edition() -> None:
    octome = Path(catalogue.__file__).parents[2]
    # pydicom is also what instances are read with.
    names = {source.name for source in SOURCES if source.name != "pydicom"}
    names.update(Catalogue(SOURCES).editions)
    looked_at = 0
    for room in ("standard", "conformance", "web", "terminal", "cli"):
        for path in (octome / room).rglob("*.py"):
            if path.parent.name != "sources":
                looked_at += 1
                assert not names & words_of_code(path), path
    assert looked_at > 100


def words_of_code(path: Path) -> set[str]:
    """The words of imports and strings, without those of docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    found = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    }
    return {word for text in found - docstrings for word in re.findall(r"\w+", text)}
