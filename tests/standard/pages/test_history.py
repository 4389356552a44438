"""What changed over the editions at hand, and what may not be claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from two_ponds import NEWER, OLDER, two_ponds

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.model.folded_change import folded
from octome.standard.model.history import History
from octome.standard.sync import sync

REAL = Path(__file__).parents[4] / "shared" / "data" / "standard" / "docbook"


def shown(found: History | None) -> str:
    return found.words if found else ""


def test_what_a_source_with_holes_lacks_is_not_called_removed(library: Library) -> None:
    # 2026b's source has lost the macros, and a real-time tag that its dictionary lacks.
    macro = library.macro_index("2020b").tables[0]
    assert library.macro(macro.id, "2020b").history is None
    found = shown(library.ciod("height-map-segmentation").history)
    assert found == "Added between 2020b and 2026b"
    # Nor is its dictionary compared, which is of another edition.
    changes = folded(library.edition_diff("2020b", "2026b", "modules/patient").attributes)
    words = shown(library.module("patient").history)
    assert words.startswith(
        f"In 2020b and 2026b; {len(changes)} attributes changed between 2020b and 2026b; "
    )
    assert words.endswith("are not known in 2026b")
    same = shown(library.module("patient-study").history)
    assert same.startswith("No known difference in 2020b and 2026b; attributes newer than ")
    assert library.attribute("PixelSpacing").history is None


def test_attributes_of_a_macro_that_came_whole_are_counted_as_one(library: Library) -> None:
    found = shown(library.module("ct-image", "2026b").history)
    assert "attributes and 1 macro changed between 2020b and 2026b" in found


def test_functional_groups_of_a_ciod_are_those_of_all_in_another_source(library: Library) -> None:
    for ciod, words in (
        ("segmentation", "In 2020b and 2026b"),
        ("photoacoustic-image", "Added between 2020b and 2026b"),
    ):
        table = library.module(f"{ciod}-multi-frame-functional-groups", "2026b")
        assert shown(table.history) == words
    assert shown(library.module("multi-frame-functional-groups", "2020b").history) == (
        "In 2020b and 2026b"
    )


def test_module_that_an_edition_lacks_says_nothing_of_an_attribute_in_it(library: Library) -> None:
    page = library.attribute_at("/modules/height-map-segmentation-image/00280002")
    assert page.history is None


@pytest.fixture(scope="module")
def ponds(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two editions and the packaged ones, all compiled."""
    with two_ponds(tmp_path_factory.mktemp("ponds")) as library:
        keep_store(store)
        library.uid_index(OLDER)
        library.uid_index("2020b")
        yield library


@pytest.fixture(scope="module")
def synced(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Real parts 6 and 7 of several editions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        keep_store(store)
        files = {
            "2013": (6, "2013/part06.xml"),
            "2015b": (6, "2015b/part06.xml"),
            "2016c": (7, "part07-editions/part07_2016c.xml"),
            "2024c": (7, "part07-editions/part07_2024c.xml"),
            "2026c": (7, "2026c/part07.xml"),
        }
        for edition, (part, file) in files.items():
            mirror = tmp_path_factory.mktemp(edition)
            (mirror / f"part{part:02}.xml").symlink_to(REAL / file)
            sync(edition, origin=str(mirror), parts=(part,))
        with open_library() as library:
            for edition in files:
                library.uid_index(edition)  # its store is compiled
            yield library


@pytest.mark.shared
def test_dictionary_over_fetched_and_packaged_editions(synced: Library) -> None:
    retrieve_url = synced.attribute("00081190", "2015b").history
    assert retrieve_url is not None
    assert retrieve_url.editions == ("2013", "2015b", "2020b")
    assert retrieve_url.not_known == ("2016c", "2024c", "2026c")
    assert shown(retrieve_url) == (
        "VR UT, VM 1 in 2013; VR UR, VM 1 in 2015b and 2020b; not known in 2016c, 2024c and 2026c"
    )
    found = shown(synced.attribute("LongCodeValue", "2015b").history)
    assert found.startswith("Added between 2013 and 2015b; not known in")
    # Command elements are in part 7: editions without it say nothing of them.
    command = synced.attribute("00000100", "2026c").history
    assert command is not None
    assert command.editions == ("2016c", "2024c", "2026c")


@pytest.mark.shared
def test_text_of_a_section_over_the_editions_that_have_its_part(synced: Library) -> None:
    found = shown(synced.section("PS3.7-9.1.2.2", "2026c").history)
    assert found.startswith(
        "In 2016c, 2024c and 2026c; "
        "changed between 2016c and 2024c, between 2024c and 2026c; not known in"
    )


def test_module_under_another_name_is_the_same_one(ponds: Library) -> None:
    for id_, edition in (("frog", OLDER), ("toad", NEWER)):
        found = shown(ponds.module(id_, edition).history)
        assert f"named Frog in {OLDER}; named Toad in {NEWER}" in found
    song = ponds.attribute_at("/modules/toad/FrogSongCodeSequence", NEWER)
    assert shown(song.history).startswith(f"Type 3 in {OLDER}; Type 1 in {NEWER}")


def test_what_a_source_does_not_cover_was_not_added(library: Library) -> None:
    assert library.ciod("basic-directory").history is None


def test_edition_that_is_not_compiled_yet_is_named(ponds: Library, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path))
        with open_library() as library:  # compiles the newest alone
            found = library.module("toad").history
    assert found is not None
    assert OLDER in found.not_compiled
    assert found.words.endswith("which octome has not compiled yet")
