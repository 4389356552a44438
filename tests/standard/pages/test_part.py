"""The contents of a part, and its sections by what people type or copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented_source import compiled
from official_site import book

from octome.errors import UnknownPath
from octome.standard.edition_folder import kept_edition
from octome.standard.library import Library
from octome.standard.model.section import PartPage, SectionIndex
from octome.standard.sources.docbook.source import source_of
from octome.standard.sync import sync


@pytest.fixture(scope="module")
def frogs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("frogs")
    inner = b'<section label="1.1" xml:id="sect_1.1"><title>Reed</title><para>Tea.</para></section>'
    for number in (3, 5):
        part = book(number, "2024a").replace(b"</chapter>", inner + b"</chapter>")
        (folder / f"part{number:02}.xml").write_bytes(part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        sync("2024a", str(folder), parts=[3, 5])
        source = source_of(kept_edition("2024a"))
        with compiled(folder / "frogs.sqlite", source) as library:
            yield library


@pytest.mark.parametrize(("part", "path"), [("3", "/sections/1"), ("5", "/sections/PS3.5-1")])
def test_a_part_is_its_chapters(frogs: Library, part: str, path: str) -> None:
    page = frogs.at(f"/parts/{part}")
    assert isinstance(page, PartPage)
    assert page.path == f"/parts/{part}"
    assert page.part.missing == ""
    (chapter,) = page.chapters
    assert (chapter.path, chapter.title) == (path, "1 Pond")
    assert [link.title for link in chapter.sections] == ["1.1 Reed"]


def test_part_that_was_not_fetched_says_how_to_get_it(frogs: Library) -> None:
    page = frogs.part(8)
    assert page.title == "PS3.8 Network Communication Support for Message Exchange"
    assert not page.chapters
    assert page.standard_url is not None
    assert page.standard_url.endswith("/2024a/output/chtml/part08/PS3.8.html")
    assert page.part.missing == (
        "edition 2024a has no text of it here: octome sync 2024a --parts 8 fetches it"
    )


def test_part_of_an_edition_of_the_packages_needs_a_whole_one(library: Library) -> None:
    assert library.part(8).part.missing.endswith(": octome sync fetches a whole edition")
    assert library.part(3).part.missing.startswith(
        "edition 2026b has no text of it here, only some sections of 2020b: "
    )
    assert library.part(3, "2020b").part.missing.startswith("edition 2020b has only some sections")
    assert library.part(9).part.missing.endswith("it is retired")


def test_list_of_sections_has_every_part(frogs: Library) -> None:
    page = frogs.at("/sections")
    assert isinstance(page, SectionIndex)
    assert [one.part.number for one in page.parts] == list(range(1, 23))
    here = {one.part.number: [c.path for c in one.chapters] for one in page.parts if one.chapters}
    assert here == {3: ["/sections/1"], 5: ["/sections/PS3.5-1"]}


@pytest.mark.parametrize("path", ["/sections/PS3.8-9.3", "/parts/8/sect_9.3"])
def test_section_of_a_part_that_was_not_fetched_is_in_that_part(frogs: Library, path: str) -> None:
    with pytest.raises(UnknownPath) as refusal:
        frogs.at(path)
    assert "PS3.8 Network Communication Support" in str(refusal.value)
    assert str(refusal.value).endswith("octome sync 2024a --parts 8 fetches it")
    assert refusal.value.details["nearest"][0]["path"] == "/parts/8"


def test_section_that_a_whole_part_lacks_is_just_unknown(frogs: Library) -> None:
    with pytest.raises(UnknownPath, match=r"no /sections/PS3\.5-99 in edition 2024a"):
        frogs.section("PS3.5-99")


@pytest.mark.parametrize("typed", ["5", "05"])
def test_the_number_of_a_part_may_have_a_zero_in_front(frogs: Library, typed: str) -> None:
    assert frogs.at(f"/parts/{typed}").path == "/parts/5"
    assert frogs.at(f"/parts/{typed}/1.1").path == "/sections/PS3.5-1.1"


@pytest.mark.parametrize("typed", ["chapter_1", "Chapter_1", "sect_1", "1"])
def test_an_id_of_the_official_files_leads_to_its_section(frogs: Library, typed: str) -> None:
    assert frogs.at(f"/parts/5/{typed}").path == "/sections/PS3.5-1"


@pytest.mark.parametrize("path", ["/parts/0", "/parts/99", "/parts/5/2", "/parts/5/1/1"])
def test_what_is_not_there_is_unknown(frogs: Library, path: str) -> None:
    with pytest.raises(UnknownPath):
        frogs.at(path)


def test_a_part_of_which_single_sections_are_known_lists_those(library: Library) -> None:
    chapters = {one.title: one for one in library.part(15).chapters}
    assert chapters["E.3"].path == ""
    assert "/sections/PS3.15-E.3.1" in [link.path for link in chapters["E.3"].sections]


def test_list_of_parts_names_the_editions_that_have_each_whole(frogs: Library) -> None:
    page = frogs.at("/parts")
    assert isinstance(page, SectionIndex)
    whole = {one.part.number: one.part.whole_in for one in page.parts if one.part.whole_in}
    assert whole == {3: ("2024a",), 5: ("2024a",)}


def test_part_names_the_edition_of_its_sections(library: Library) -> None:
    assert library.part(3).part.text_edition == "2020b"
    assert library.part(8).part.text_edition == ""
