"""Editions from JSON files: what is kept, and that what is refused leaves nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from invented_source import compiled
from official_site import book

from octome.errors import SyncFailed
from octome.standard.edition_folder import editions_folder, kept_edition
from octome.standard.sources.docbook.source import source_of
from octome.standard.sync import sync

CIODS = [{"name": "Frog", "id": "frog", "description": "", "linkToStandard": "http://pond/#a"}]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "ciods.json").write_text(json.dumps(CIODS))
    return tmp_path


def left() -> list[str]:
    return sorted(path.name for path in editions_folder().iterdir())


def test_files_that_have_not_changed_are_up_to_date(folder: Path) -> None:
    assert sync("2024a", str(folder)).is_new
    before = kept_edition("2024a").fingerprint()
    assert not sync("2024a", str(folder)).is_new
    assert kept_edition("2024a").fingerprint() == before
    (folder / "ciods.json").write_text(json.dumps([{**CIODS[0], "name": "Toad"}]))
    assert sync("2024a", str(folder)).is_new


@pytest.mark.parametrize("content", ["{}", "[]", "[1]", '["frog"]', '"frog"', '[{"id": "frog"}]'])
def test_what_cannot_be_compiled_is_refused_and_leaves_nothing(folder: Path, content: str) -> None:
    (folder / "ciods.json").write_text(content)
    with pytest.raises(SyncFailed, match="2024a is not kept"):
        sync("2024a", str(folder))
    assert left() == [".lock"]


def test_other_files_in_the_folder_are_left_out(folder: Path) -> None:
    (folder / "frogs.json").write_text("[")
    assert sync("2024a", str(folder)).parts == ("ciods.json",)


def test_an_edition_without_attribute_tables_knows_no_uses(folder: Path) -> None:
    rows = [{"tag": "(0010,0010)", "keyword": "FrogName", "name": "Frog Name", "retired": "N",
             "valueRepresentation": "PN", "valueMultiplicity": "1"}]  # fmt: skip
    (folder / "attributes.json").write_text(json.dumps(rows))
    sync("2024a", str(folder))
    with compiled(folder / "frogs.sqlite", source_of(kept_edition("2024a"))) as library:
        assert not library.attribute("FrogName").is_use_known


def test_docbook_is_replaced_only_on_request(folder: Path) -> None:
    mirror = folder / "mirror"
    mirror.mkdir()
    (mirror / "part03.xml").write_bytes(book(3, "2024a"))
    sync("2024a", str(mirror), parts=[3])
    with pytest.raises(SyncFailed, match=r"1 part of text and 0 figures.*--replace"):
        sync("2024a", str(folder))
    assert kept_edition("2024a").manifest.layout == "docbook"
    assert sync("2024a", str(folder), replaces=True).is_new
    assert kept_edition("2024a").manifest.layout == "json"
