"""CIODs: their list, their modules and their functional groups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from invented_source import InventedSource, compiled, facts_edition, whole_edition
from lone_reader import lone_reader

from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage
from octome.standard.model.ciod import CiodPage
from octome.standard.model.dictionary import AttributeEntry
from octome.standard.pages.ciod import functional_groups
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


def test_orders_of_the_list_hold_the_same_ciods(library: Library) -> None:
    by_name, by_kind = library.ciod_index(order="name"), library.ciod_index(order="kind")
    names = [ciod.name.casefold() for ciod in by_name.ciods]
    assert names == sorted(names)
    kinds = list(dict.fromkeys(ciod.kind for ciod in by_kind.ciods))
    assert len(kinds) == len({ciod.kind for ciod in by_name.ciods})
    assert set(by_name.ciods) == set(by_kind.ciods) == set(library.ciods())


def test_sop_class_and_other_editions_of_a_ciod(library: Library) -> None:
    page = library.ciod("ct-image")
    assert [sop_class.uid for sop_class in page.sop_classes] == ["1.2.840.10008.5.1.4.1.1.2"]
    assert [(edition, link.path) for edition, link in page.elsewhere] == [
        ("2020b", "/ciods/ct-image")
    ]


def test_page_of_another_edition_has_the_ciod_under_its_new_name(library: Library) -> None:
    new = "/ciods/computed-radiography-image/patient"
    assert library.counterpart("/ciods/cr-image/patient", "2026b") == new


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


def test_ciod_whose_section_is_not_known_leads_to_its_part(library: Library) -> None:
    known, new = library.ciod("ct-image"), library.ciod("inventory")
    assert known.part_url is None
    assert known.standard_url is not None
    assert new.standard_url is None
    assert new.part_url is not None
    assert new.part_url.endswith("/2026b/output/chtml/part03/PS3.3.html")
