"""What changed over the editions at hand, and what may not be claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from octome.standard.library import Library, open_library
from octome.standard.model.history import History
from octome.standard.pages.history import State, history
from octome.standard.sync import sync

REAL = Path(__file__).parents[4] / "shared" / "data" / "standard" / "docbook"
EDITIONS = ("2013", "2015b", "2018a", "2024a")


def words(*states: State | None) -> str:
    found = history(list(zip(EDITIONS, states, strict=False)))
    return found.words if found else ""


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State("a"), State("a"), State("a")], "In all 3 editions here, the oldest 2013"),
        ([None, State("a"), State("a")], "Not in 2013; since 2015b"),
        ([None, State("a"), None], "Not in 2013; in 2015b; not in 2018a"),
        ([State("1", "Type 1"), None], "Type 1 until 2013; not in 2015b"),
        (
            [
                State("1", "Type 1"),
                State("2", "Type 2"),
                State("2", "Type 2"),
                State("3", "Type 3"),
            ],
            "In all 4 editions here, the oldest 2013; Type 1 until 2013; Type 2 in 2015b to 2018a; "
            "Type 3 since 2024a",
        ),
        (
            [State("a"), State("b"), State("b"), State("c")],
            "In all 4 editions here, the oldest 2013; changed in 2015b, 2024a",
        ),
        # What is not known in between is no change, and does not hide one.
        ([State("a"), State(None), State("a")], "In all 3 editions here, the oldest 2013"),
        (
            [State("a"), State(None), State("b")],
            "In all 3 editions here, the oldest 2013; changed in 2018a",
        ),
        (
            [State("a"), State("b", "retired")],
            "In all 2 editions here, the oldest 2013; retired since 2015b",
        ),
        ([State("a")], ""),
        ([None, None], ""),
    ],
)
def test_states_in_words(states: list[State | None], expected: str) -> None:
    assert words(*states) == expected


def shown(found: History | None) -> str:
    return found.words if found else ""


def test_what_a_source_with_holes_lacks_is_not_called_removed(library: Library) -> None:
    # 2026b's source has lost the macros, and a real-time tag that its dictionary lacks.
    macro = library.macro_index("2020b").tables[0]
    assert library.macro(macro.id, "2020b").history is None
    assert shown(library.ciod("height-map-segmentation").history) == "Not in 2020b; since 2026b"
    # Nor are its attributes compared, nor its dictionary, which is of another edition.
    assert shown(library.module("patient").history) == "In all 2 editions here, the oldest 2020b"
    assert library.attribute("PixelSpacing").history is None


def test_module_that_an_edition_lacks_says_nothing_of_an_attribute_in_it(library: Library) -> None:
    page = library.attribute_at("/modules/height-map-segmentation-image/00280002")
    assert page.history is None


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Real parts 6 and 7 of several editions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
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
    assert shown(retrieve_url).endswith("VR UT, VM 1 until 2013; VR UR, VM 1 since 2015b")
    assert shown(synced.attribute("LongCodeValue", "2015b").history) == "Not in 2013; since 2015b"
    # Command elements are in part 7: editions without it say nothing of them.
    command = synced.attribute("00000100", "2026c").history
    assert command is not None
    assert command.editions == ("2016c", "2024c", "2026c")


@pytest.mark.shared
def test_text_of_a_section_over_the_editions_that_have_its_part(synced: Library) -> None:
    found = shown(synced.section("PS3.7-9.1.2.2", "2026c").history)
    assert found == "In all 3 editions here, the oldest 2016c; changed in 2024c, 2026c"
