"""The contents of a part, and its sections by what people type or copy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from invented_source import compiled
from official_site import book

from octome.errors import UnknownPath
from octome.standard.edition_folder import kept_edition
from octome.standard.library import Library
from octome.standard.model.section import SectionIndex
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
    assert isinstance(page, SectionIndex)
    assert (page.path, page.title) == (f"/parts/{part}", f"PS3.{part}")
    assert [(link.path, link.title) for link in page.sections] == [(path, "1 Pond")]


@pytest.mark.parametrize("typed", ["5", "05"])
def test_the_number_of_a_part_may_have_a_zero_in_front(frogs: Library, typed: str) -> None:
    assert frogs.at(f"/parts/{typed}").path == "/parts/5"
    assert frogs.at(f"/parts/{typed}/1.1").path == "/sections/PS3.5-1.1"


@pytest.mark.parametrize("typed", ["chapter_1", "Chapter_1", "sect_1", "1"])
def test_an_id_of_the_official_files_leads_to_its_section(frogs: Library, typed: str) -> None:
    assert frogs.at(f"/parts/5/{typed}").path == "/sections/PS3.5-1"


@pytest.mark.parametrize("path", ["/parts/6", "/parts/99", "/parts/5/2", "/parts/5/1/1"])
def test_what_is_not_there_is_unknown(frogs: Library, path: str) -> None:
    with pytest.raises(UnknownPath):
        frogs.at(path)


def test_a_part_of_which_single_sections_are_known_lists_those(library: Library) -> None:
    page = library.at("/parts/15")
    assert isinstance(page, SectionIndex)
    assert "/sections/PS3.15-E.3.1" in [link.path for link in page.sections]
