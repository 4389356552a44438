"""A fetched edition as a source."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_site import book

from octome.errors import StoreUnavailable
from octome.standard.block import words_of
from octome.standard.edition_folder import EditionFolder, edition_folders, editions_folder
from octome.standard.sources.docbook.source import source_of
from octome.standard.sync import sync


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionFolder:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for number in (5, 6):
        (tmp_path / f"part{number:02}.xml").write_bytes(book(number, "2024a"))
    sync("2024a", str(tmp_path), parts=[5, 6])
    return EditionFolder(editions_folder() / "2024a")


def test_every_fetched_edition_is_a_source(folder: EditionFolder) -> None:
    source = source_of(edition_folders()[0])
    assert source.name == "docbook-2024a"
    assert source.fingerprint() == folder.fingerprint()
    assert set(source.contents()) == {"2024a"}


def test_the_sections_of_all_parts_are_read_in_order(folder: EditionFolder) -> None:
    records = source_of(edition_folders()[0]).read("2024a")
    assert [(each.part, each.anchor) for each in records.section_records] == [
        (5, "chapter_1"),
        (6, "chapter_1"),
    ]


def test_a_reference_to_another_part_has_the_title_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    link = '</para><para><olink targetdoc="PS3.6" targetptr="chapter_1" xrefstyle="select: title"/>'
    first = book(5, "2024a").replace(b"Green tea.", link.encode())
    (tmp_path / "part05.xml").write_bytes(first)
    (tmp_path / "part06.xml").write_bytes(book(6, "2024a"))
    sync("2024a", str(tmp_path), parts=[5, 6])
    section = source_of(edition_folders()[0]).read("2024a").section_records[0]
    assert words_of(section.text.blocks).startswith("Pond")


def test_the_edition_says_which_part_it_lacks_and_what_went_wrong(folder: EditionFolder) -> None:
    records = source_of(edition_folders()[0]).read("2024a")
    assert records.note == "Not fetched: part 3 (CIODs, modules and attributes)."
    assert "figures/pond.svg" in records.problems[0].words


def test_a_damaged_part_is_one_error(folder: EditionFolder) -> None:
    (folder.path / folder.manifest.parts["5"].file).write_bytes(b"")
    with pytest.raises(StoreUnavailable, match="part05"):
        source_of(edition_folders()[0]).read("2024a")


def test_without_a_fetched_edition_there_is_no_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert edition_folders() == ()
