"""What CIODs are built of: modules and functional groups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from invented_source import InventedSource, compiled, facts_edition, whole_edition
from lone_reader import lone_reader

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage
from octome.standard.model.ciod import CiodPage
from octome.standard.model.dictionary import AttributeEntry
from octome.standard.pages.ciod_use import functional_groups
from octome.standard.store import connect

EDITIONS = ("2026b", "2020b")


def test_functional_groups_have_usage_and_place(library: Library) -> None:
    page = library.at("/ciods/ophthalmic-tomography-image")
    assert isinstance(page, CiodPage)
    groups = {group.tag: group for group in page.functional_groups}
    frame_content, pixel_measures = groups["00209111"], groups["00289110"]
    assert (frame_content.usage, frame_content.placement) == ("M", "per frame")
    assert (pixel_measures.usage, pixel_measures.usage_edition) == ("M", "2020b")
    assert pixel_measures.placement == "shared or per frame"
    for path in (*frame_content.paths, *pixel_measures.paths):
        assert isinstance(library.at(path), AttributePage)


def test_sparse_groups_are_found_in_the_table_that_is_named_for_the_ciod(library: Library) -> None:
    page = library.at("/ciods/enhanced-continuous-rt-image")
    assert isinstance(page, CiodPage)
    assert len(page.functional_groups) == 16
    for group in page.functional_groups:
        assert isinstance(library.at(group.paths[0]), AttributePage)


def test_functional_groups_are_sequences(library: Library) -> None:
    for edition in EDITIONS:
        for ciod in library.ciods(edition):
            page = library.at(ciod.path, edition)
            assert isinstance(page, CiodPage)
            for group in page.functional_groups:
                entry = library.at(f"/attributes/{group.tag}", edition)
                assert isinstance(entry, AttributeEntry)
                assert entry.vr == "SQ", f"{group.tag} in {ciod.path}"


def test_macro_has_its_name_in_the_edition_of_the_use(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    editions = (whole_edition("2018b"), whole_edition("2020b"), facts_edition("2026b"))
    compiled(path, InventedSource(editions=editions)).close()
    with closing(sqlite3.connect(path)) as db:
        for edition in ("2018b", "2020b"):
            where = "WHERE path = '/macros/frog-size' AND edition = ?"
            db.execute(f"UPDATE attribute_table SET name = edition {where}", [edition])
        db.commit()
    with closing(connect(path)) as db:
        reader = lone_reader(db)
        names = {
            edition: [group.name for group in functional_groups(reader, edition, "frog-image", ())]
            for edition in ("2018b", "2020b", "2026b")
        }
    # 2026b has no own macros: they are those of its fallback edition.
    assert names == {"2018b": ["2018b"], "2020b": ["2020b"], "2026b": ["2020b"]}


def test_a_stored_ciod_is_what_its_page_says(library: Library) -> None:
    for edition in EDITIONS:
        page = library.ciod("enhanced-mr-image", edition)
        stored = library.stored_ciod("enhanced-mr-image", edition)
        assert stored == (page.title, page.kind, page.modules, page.functional_groups)


def test_a_stored_ciod_that_is_not_there_names_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownPath) as raised:
        library.stored_ciod("enhanced-mr-imag")
    assert raised.value.details["nearest"]
