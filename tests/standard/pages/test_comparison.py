"""What changed between any two editions, in one store or two, from any sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import LEGS, NAME, InventedSource, compiled, facts_edition, whole_edition

from octome.standard.library import Library, open_library
from octome.standard.model.edition import EditionDiff
from octome.standard.sources.records import Table, Term
from octome.standard.sync import sync

REAL = Path(__file__).parents[4] / "shared" / "data" / "standard" / "docbook"


def changes(library: Library, subject: str = "") -> EditionDiff:
    page = library.at(f"/editions/2020b..2026b{subject}")
    assert isinstance(page, EditionDiff)
    return page


def test_new_renamed_and_lost_ciods(library: Library) -> None:
    found = {(change.what, change.path) for change in changes(library).ciods}
    assert ("added", "/ciods/height-map-segmentation") in found
    assert ("changed", "/ciods/computed-radiography-image") in found
    assert not [path for what, path in found if what == "removed"]


def test_every_module_listed_as_changed_has_changes(library: Library) -> None:
    for change in changes(library).modules:
        if change.what == "changed":
            assert changes(library, change.path).attributes, change.path


def test_module_that_is_not_listed_has_no_changes(library: Library) -> None:
    found = {change.path for change in changes(library).modules}
    same = [
        child.path for child in library.children("/modules", "2020b") if child.path not in found
    ]
    assert len(same) > 100
    for path in same[::10]:
        assert not changes(library, path).attributes, path


def test_changed_type_has_both_values(library: Library) -> None:
    # Content Creator's Name went from Type 2 to 3 in Surface Segmentation.
    module = "/modules/surface-segmentation"
    of_path = {change.path: change for change in changes(library, module).attributes}
    creator = of_path[f"{module}/00700084"]
    assert (creator.what, creator.before, creator.after) == ("changed", "2", "3")


def test_functional_groups_are_not_compared(library: Library) -> None:
    for page in (changes(library), changes(library, "/ciods/enhanced-ct-image")):
        paths = [change.path for change in page.modules if "functional-groups" in change.path]
        # The sparse ones are a separate, new module.
        assert [path for path in paths if "/sparse-" not in path] == []


def test_modules_of_one_ciod(library: Library) -> None:
    modules = changes(library, "/ciods/ct-image").modules
    assert ("added", "/modules/enhanced-patient-orientation") in [(c.what, c.path) for c in modules]


def test_notes_name_what_either_source_leaves_out(library: Library) -> None:
    notes = changes(library).notes
    assert [note for note in notes if note.startswith("2026b: ")]
    # The other way round too.
    assert set(library.edition_diff("2026b", "2020b").notes) == set(notes)


def test_terms_of_the_dictionary_are_compared_part_by_part(tmp_path: Path) -> None:
    older, newer = whole_edition("2015a"), whole_edition("2015b")
    terms = [
        Term(NAME, "FrogName", "Frog's Name", "PN", "1-n", True),
        *(term for term in newer.terms if term.tag not in (NAME, LEGS)),
        Term("009900aa", "Croak", "Croak", "LO", "1", False),
        Term("00000100", "Command", "Command", "US", "1", False),
    ]
    source = InventedSource(editions=(older, replace(newer, terms=terms)))
    with compiled(tmp_path / "s.sqlite", source) as frogs:
        found = frogs.edition_diff("2015a", "2015b").terms
    assert [(change.what, change.title, change.before, change.after) for change in found] == [
        ("changed", "(0099,0001) Frog's Name", "1", "1-n, retired"),
        ("removed", "(0099,0002) Number of Legs", "US, 1", None),
        ("added", "(0099,00AA) Croak", None, "LO, 1"),
    ]


def test_module_whose_attributes_are_not_known_has_not_changed(tmp_path: Path) -> None:
    newer = facts_edition("2015b")
    modules = [Table("frog", None, []), *newer.modules[1:]]
    source = InventedSource(editions=(whole_edition("2015a"), replace(newer, modules=modules)))
    with compiled(tmp_path / "s.sqlite", source) as frogs:
        assert "/modules/frog" not in [c.path for c in frogs.edition_diff("2015a", "2015b").modules]
        page = frogs.edition_diff("2015a", "2015b", "modules/frog")
    assert page.attributes == ()
    assert page.notes[0] == "Not compared: 2015b has no attributes of it here."


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Real parts of three editions, each in its own store, and the packaged ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for edition, part, file in (
            ("2013", 6, "2013/part06.xml"),
            ("2015b", 6, "2015b/part06.xml"),
            ("2025b", 7, "part07-editions/part07_2025b.xml"),
            ("2026c", 7, "2026c/part07.xml"),
        ):
            mirror = tmp_path_factory.mktemp(edition)
            (mirror / f"part{part:02}.xml").symlink_to(REAL / file)
            sync(edition, origin=str(mirror), parts=(part,))
        with open_library() as library:
            yield library


@pytest.mark.shared
def test_dictionaries_of_two_fetched_editions_are_compared(synced: Library) -> None:
    page = synced.edition_diff("2013", "2015b")
    assert page.notes[0].startswith("CIODs and modules are not compared: 2013 and 2015b have none")
    assert (page.ciods, page.modules) == ((), ())
    of_path = {change.path: change for change in page.terms}
    assert len(of_path) == 168
    url = of_path["/attributes/00081190"]
    assert (url.what, url.before, url.after) == ("changed", "UT", "UR")


@pytest.mark.shared
def test_fetched_and_packaged_editions_are_compared_as_far_as_both_go(synced: Library) -> None:
    page = synced.edition_diff("2013", "2020b")
    assert page.notes[0] == "CIODs and modules are not compared: 2013 has none here."
    assert len(page.terms) > 900
    assert page.parts == ()
    assert synced.edition_diff("2020b", "2025b", "modules/patient").attributes == ()
    assert synced.edition_diff("2020b", "2025b", "ciods/ct-image").modules == ()


@pytest.mark.shared
def test_text_of_a_part_is_compared_section_by_section(synced: Library) -> None:
    (part,) = synced.edition_diff("2025b", "2026c").parts
    assert (part.part, part.added, part.removed, part.changed) == (7, 0, 0, 6)
    sections = synced.edition_diff("2025b", "2026c", "parts/7").sections
    assert len(sections) == 6
    for change in sections:
        assert synced.edition_diff("2025b", "2026c", change.path).passages
    same = synced.edition_diff("2025b", "2026c", "sections/PS3.7-9.1.1")
    assert not same.has_changes


@pytest.mark.shared
def test_part_that_one_edition_lacks_is_not_compared(synced: Library) -> None:
    page = synced.edition_diff("2015b", "2026c", "parts/7")
    assert page.sections == ()
    assert page.notes == ("Not compared: 2015b does not have this part here.",)


@pytest.mark.shared
def test_lists_of_an_edition_without_part_3_say_that_it_is_not_here(synced: Library) -> None:
    for page in (synced.ciod_index("2015b"), synced.module_index("2015b")):
        assert page.note == "Not fetched: part 3 (CIODs, modules and attributes)."
    assert synced.macro_index("2026b").note == ""
