"""A folder of JSON files with holes: what is there is read, what is not is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from official_site import book

from octome.errors import SyncFailed
from octome.standard.edition_folder import edition_folders
from octome.standard.sources.docbook.source import source_of
from octome.standard.sources.records import EditionRecords, Problem, ProtectedAttribute
from octome.standard.sync import sync

FILES: dict[str, list[dict[str, object]]] = {
    "ciods.json": [{"name": "Frog", "id": "frog", "description": "<p>Green.</p>",
                    "linkToStandard": "http://pond/#table_A.1"}],
    "ciod_to_func_group_macros.json": [{"ciodId": "frog", "macroId": "legs", "usage": "M",
                                        "conditionalStatement": None}],
    "macros.json": [{"name": "Legs", "id": "legs", "description": "<p>Four.</p>",
                     "linkToStandard": "http://pond/#table_C.1"}],
    "confidentiality_profile_attributes.json": [{"name": "Frog", "tag": "(0099,0001)",
                                                 "stdCompIOD": "Y", "basicProfile": "X"}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name, content in FILES.items():
        (tmp_path / name).write_text(json.dumps(content))
    return tmp_path


def synced(folder: Path) -> EditionRecords:
    sync("2024a", str(folder))
    return source_of(edition_folders()[0]).read("2024a")


def test_what_is_there_is_read(folder: Path) -> None:
    records = synced(folder)
    assert [ciod.id for ciod in records.ciods] == ["frog"]
    assert [(use.table, use.usage) for use in records.macro_uses] == [("legs", "M")]
    assert records.protected_attributes == [
        ProtectedAttribute("00990001", "Frog", None, True, (("Basic Profile", "X"),))
    ]


def test_what_is_missing_is_a_problem_and_in_the_note(folder: Path) -> None:
    records = synced(folder)
    assert "the attributes of modules" in records.note
    assert Problem(0, "", "references.json is missing: sections") in records.problems


def test_docbook_takes_the_place_of_json(folder: Path) -> None:
    sync("2024a", str(folder))
    (folder / "ciods.json").unlink()
    for number in (3, 6):
        (folder / f"part{number:02}.xml").write_bytes(book(number, "2024a"))
    assert sync("2024a", str(folder), parts=[3, 6], replaces=True).parts == ("3", "6")
    assert source_of(edition_folders()[0]).name == "docbook-2024a"


def test_the_edition_has_to_be_named(folder: Path) -> None:
    with pytest.raises(SyncFailed, match="name it"):
        sync("current", str(folder))


def test_damaged_json_is_refused(folder: Path) -> None:
    (folder / "sops.json").write_text("[")
    with pytest.raises(SyncFailed, match=r"sops\.json"):
        sync("2024a", str(folder))
    assert edition_folders() == ()


def test_json_of_another_shape_is_one_error(folder: Path) -> None:
    (folder / "sops.json").write_text('[{"frog": 1}]')
    with pytest.raises(SyncFailed, match="shape"):
        synced(folder)


@pytest.mark.shared
def test_the_edition_of_march_2024_with_its_holes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(__file__).parents[4] / "shared" / "data" / "standard" / "innolitics-2024a"
    if not folder.is_dir():
        pytest.skip("the shared data is not here")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    records = synced(folder)
    assert (len(records.ciods), len(records.protected_attributes)) == (171, 614)
    assert len(records.problems) == 3
