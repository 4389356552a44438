"""UIDs and what they stand for; the facts are those of PS3.6 Annex A."""

from __future__ import annotations

from pathlib import Path

from invented_source import (
    SOP_CLASS,
    InventedSource,
    compiled,
    facts_edition,
    registries,
    whole_edition,
)

from octome.standard.library import Library
from octome.standard.model.page import Link
from octome.standard.pages.uid import MEANINGS


def test_sop_class_has_the_ciod_that_it_stores(library: Library) -> None:
    entry = library.uid("1.2.840.10008.5.1.4.1.1.2").entry
    assert (entry.name, entry.type) == ("CT Image Storage", "SOP Class")
    assert entry.ciod == Link("/ciods/ct-image", "CT Image")


def test_types_of_the_registry_have_a_meaning(library: Library) -> None:
    assert {entry.type for entry in library.uid_index().uids} <= MEANINGS.keys()
    page = library.uid("1.2.840.10008.1.2.1")
    assert page.meaning.startswith("How data sets are encoded")
    assert page.named_in == ()  # the packages have neither PS3.4 nor PS3.5


def test_lists_of_one_type_are_parts_of_the_registry(library: Library) -> None:
    whole = {entry.uid for entry in library.uid_index().uids}
    classes = library.uid_index(which="sop-classes").uids
    syntaxes = library.uid_index(which="transfer-syntaxes").uids
    assert {entry.type for entry in syntaxes} == {"Transfer Syntax"}
    assert all(entry.type.endswith("SOP Class") for entry in classes)
    assert {entry.uid for entry in (*classes, *syntaxes)} < whole


def test_sop_class_newer_than_the_registry_has_the_name_of_its_ciod(tmp_path: Path) -> None:
    source = InventedSource(editions=(whole_edition("2020b"), facts_edition("2026b")))
    with compiled(tmp_path / "s.sqlite", source) as library:
        assert library.uid(SOP_CLASS).title == "Frog Image Storage"
        assert [entry.uid for entry in library.uid_index().uids] == [SOP_CLASS]


def test_name_in_the_registry_comes_first(tmp_path: Path) -> None:
    editions = (whole_edition("2020b"), registries("2024c"))
    with compiled(tmp_path / "s.sqlite", InventedSource(editions=editions)) as library:
        assert library.uid(SOP_CLASS).title == "Frog Storage 2024c"


def test_registry_of_another_edition_is_named(library: Library) -> None:
    assert library.uid_index(edition="2026b").registry.startswith("2024c")
    assert library.uid("1.2.840.10008.1.2.1", "2026b").registry.startswith("2024c")


def test_class_newer_than_the_registry_has_no_name_of_an_older_one(library: Library) -> None:
    newer = "1.2.840.10008.5.1.4.1.1.66.7"  # another stores the same CIOD
    page = library.uid(newer, "2026b")
    assert page.registry == ""
    assert (page.title, page.entry.ciod) == (newer, Link("/ciods/segmentation", "Segmentation"))
    assert library.search(newer, "2026b").hits[0].path == f"/uids/{newer}"
    assert "Height Map" in library.search("Height Map Segmentation Storage", "2026b").hits[0].title
