"""What changed between any two editions, in one store or two, from any sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from invented_source import LEGS, NAME, InventedSource, compiled, facts_edition, whole_edition
from two_ponds import NEWER, OLDER

from kept_store import keep_store
from octome.errors import UnknownPath
from octome.standard.library import Library, open_library
from octome.standard.model.edition_diff import EditionDiff
from octome.standard.sources.records import Table, Term
from octome.standard.sync import sync

REAL = Path(__file__).parents[5] / "shared" / "data" / "standard" / "docbook"


def changes(library: Library, subject: str = "") -> EditionDiff:
    page = library.at(f"/editions/2020b..2026b{subject}")
    assert isinstance(page, EditionDiff)
    return page


def test_names_that_sources_spell_differently_are_no_renames(library: Library) -> None:
    found = {(change.what, change.path) for change in changes(library).ciods}
    assert ("added", "/ciods/height-map-segmentation") in found
    assert {what for what, _ in found} == {"added", "changed"}


def test_what_a_source_does_not_cover_was_not_added(library: Library) -> None:
    # The source of 2020b leaves PS3.3 Annex F out.
    page = changes(library)
    assert "/ciods/basic-directory" not in [change.path for change in page.ciods]
    assert "2020b: Not in its source: /ciods/basic-directory." in page.notes
    assert changes(library, "/ciods/basic-directory").notes == (
        "Not compared: it is not in the source of 2020b.",
        "octome sync 2020b fetches it.",
    )


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


def test_tag_that_a_source_has_lost_was_not_removed(library: Library) -> None:
    # 2026b's dictionary lacks (0006,0001).
    page = changes(library)
    assert "removed" not in [change.what for change in page.terms]
    assert "00060001" not in "".join(change.path for change in changes(library).modules)


def test_registers_of_another_edition_are_named_or_not_compared(library: Library) -> None:
    of_kind = {one.kind: one for one in changes(library).summary}
    assert of_kind["terms"].newer.startswith("2024c")
    assert of_kind["uids"].not_compared.startswith("not compared, 2020b has those of 2024c")
    assert of_kind["templates"].not_compared == ("not compared, 2020b and 2026b have none here.")


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        ("modules", "/modules"),
        ("parts/3/C.1", "/sections/C.1"),
        ("parts/16/CID_1", "/context-groups/1"),
        ("parts/16/TID_10", "/templates/10"),
        ("ciods/frog/toad/00980004", "/modules/toad/00980004"),
        ("ciods/Frog", "/ciods/frog"),
        ("modules/Toad", "/modules/toad"),
        ("modules/frog", "/modules/toad"),
        ("attributes/FrogSongCodeSequence", "/attributes/00980004"),
        ("context-groups/CID 1", "/context-groups/1"),
        ("codes/SCT/42", "/codes/SCT/42"),
    ],
)
def test_every_kind_of_page_can_be_compared(ponds: Library, subject: str, path: str) -> None:
    page = ponds.edition_diff(OLDER, NEWER, subject)
    assert page.path == f"/editions/{OLDER}..{NEWER}{path}"
    assert page == ponds.at(f"/editions/{OLDER}..{NEWER}/{subject}")
    assert page.has_changes


def test_subject_that_neither_has_is_named_in_the_error(ponds: Library) -> None:
    for subject in ("context-groups/77", "codes/DCM/1", "tea"):
        with pytest.raises(UnknownPath, match=f"there is no /{subject} to compare in 2098e and"):
            ponds.edition_diff(OLDER, NEWER, subject)


def test_edition_and_itself_are_the_same(ponds: Library) -> None:
    page = ponds.edition_diff(NEWER, NEWER, "uids")
    assert (page.path, page.summary) == (f"/editions/{NEWER}..{NEWER}", ())
    assert page.notes == (f"Both are edition {NEWER}: choose two editions to compare.",)


def test_counts_of_the_whole_are_those_of_its_lists(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER)
    counts = {one.kind: one.changes for one in page.summary if one.changes}
    assert counts == {kind: len(found) for kind, _, found in page.lists}
    for one in page.summary:
        subject = one.path.removeprefix(page.path)
        alone = ponds.edition_diff(OLDER, NEWER, subject)
        assert getattr(alone, one.kind) == getattr(page, one.kind)


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
        ("added", "(0099,00AA) Croak", None, "LO, 1"),
        ("removed", "(0099,0002) Number of Legs", "US, 1", None),
        ("changed", "(0099,0001) Frog's Name", "1", "1-n, retired"),
    ]


def test_module_whose_attributes_are_not_known_has_not_changed(tmp_path: Path) -> None:
    newer = facts_edition("2015b")
    modules = [Table("frog", None, []), *newer.modules[1:]]
    source = InventedSource(editions=(whole_edition("2015a"), replace(newer, modules=modules)))
    with compiled(tmp_path / "s.sqlite", source) as frogs:
        assert "/modules/frog" not in [c.path for c in frogs.edition_diff("2015a", "2015b").modules]
        page = frogs.edition_diff("2015a", "2015b", "modules/frog")
    assert (page.attributes, page.is_compared) == ((), False)
    assert page.notes[0] == "Not compared: 2015b has no attributes of it here."


@pytest.fixture(scope="module")
def synced(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Real parts of three editions, each in its own store, and the packaged ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        keep_store(store)
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
    assert page.summary[0].not_compared == "not compared, 2013 and 2015b have none here."
    assert (page.ciods, page.modules) == ((), ())
    of_path = {change.path: change for change in page.terms}
    assert len(of_path) == 164  # four others differ only in their spelling
    url = of_path["/attributes/00081190"]
    assert (url.what, url.before, url.after) == ("changed", "UT", "UR")


@pytest.mark.shared
def test_fetched_and_packaged_editions_are_compared_as_far_as_both_go(synced: Library) -> None:
    page = synced.edition_diff("2013", "2020b")
    assert page.summary[0].not_compared == "not compared, 2013 has none here."
    assert len(page.terms) > 900
    note = synced.edition_diff("2013", "2025b", "attributes/00000100").notes[0]
    assert note == "Not compared, 2013 has none here."
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
    assert (same.has_changes, same.is_compared) == (False, True)


def test_parts_that_only_one_has_are_named(library: Library) -> None:
    note = "Text: not compared, the two have no whole part in common here."
    for subject in ("", "parts"):
        assert note in library.edition_diff("2020b", "2026b", subject).notes


@pytest.mark.shared
def test_part_that_one_edition_lacks_is_not_compared(synced: Library) -> None:
    page = synced.edition_diff("2015b", "2026c", "parts/7")
    assert (page.sections, page.is_compared) == ((), False)
    assert page.notes == (
        "Not compared: 2015b does not have this part here.",
        "octome sync 2015b --parts 7 fetches it.",
    )


@pytest.mark.shared
def test_lists_of_an_edition_without_part_3_say_that_it_is_not_here(synced: Library) -> None:
    for page in (synced.ciod_index("2015b"), synced.module_index("2015b")):
        assert page.note == "Not fetched: part 3 (CIODs, modules and attributes)."
    assert "Not fetched" not in synced.macro_index("2026b").note


def test_section_of_a_part_that_is_not_here_says_how_to_get_it(library: Library) -> None:
    with pytest.raises(UnknownPath) as caught:
        library.edition_diff("2020b", "2026b", "parts/7/9.3")
    assert "/parts/7/9.3 is not here; it would be in PS3.7" in str(caught.value)
    for edition in ("2020b", "2026b"):
        assert f"edition {edition} has no text of it here" in str(caught.value)
    assert "octome sync" in str(caught.value)
