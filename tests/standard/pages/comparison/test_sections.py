"""One section in two editions, with all sections within it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from official_site import book

from octome.standard.library import Library, open_library
from octome.standard.model.page import Link
from octome.standard.sync import sync

OLDER, NEWER = "2024a", "2024b"


def section(number: str, title: str, words: str, inside: str = "") -> str:
    return (
        f'<section label="{number}" xml:id="sect_{number}"><title>{title}</title>'
        f"<para>{words}</para>{inside}</section>"
    )


@pytest.fixture(scope="module")
def frogs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("frogs")
    same = section("1.1.1", "Reed", "Tea.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for edition, inside in (
            (
                OLDER,
                section("1.1", "Pond", "A frog swims.", same + section("1.1.2", "Mud", "Old.")),
            ),
            (
                NEWER,
                section("1.1", "Pond", "A frog swims.", same + section("1.1.3", "Fen", "New.")),
            ),
        ):
            part = book(5, edition).replace(b"</chapter>", f"{inside}</chapter>".encode())
            (folder / "part05.xml").write_bytes(part)
            sync(edition, str(folder), parts=[5])
        with open_library() as library:
            yield library


def test_sections_within_it_are_compared_too(frogs: Library) -> None:
    page = frogs.edition_diff(OLDER, NEWER, "parts/5/1.1")
    assert page.notes == ("Compared with 3 sections within it.",)
    assert [(c.what, c.title) for c in page.sections] == [
        ("added", "PS3.5-1.1.3 Fen"),
        ("removed", "PS3.5-1.1.2 Mud"),
    ]
    assert [(p.before, p.after, p.within) for p in page.passages] == [
        (None, "Fen\nNew.", Link("/sections/PS3.5-1.1.3", "PS3.5-1.1.3 Fen")),
        ("Mud\nOld.", None, Link("/sections/PS3.5-1.1.2", "PS3.5-1.1.2 Mud")),
    ]


def test_section_that_one_edition_lacks_is_added_or_removed(frogs: Library) -> None:
    page = frogs.edition_diff(OLDER, NEWER, "sections/PS3.5-1.1.3")
    assert page.notes == (f"{OLDER} does not have this section.",)
    assert [passage.what for passage in page.passages] == ["added"]


def test_section_of_a_part_that_is_not_here_is_not_compared(frogs: Library) -> None:
    page = frogs.edition_diff("2020b", NEWER, "parts/5/1.1")
    assert page.notes == (
        "Not compared: 2020b does not have it here.",
        "octome sync 2020b fetches it.",
    )
    assert not page.has_changes
