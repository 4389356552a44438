"""The folder of an edition: its manifest, and what is damaged in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from octome.errors import StoreUnavailable
from octome.standard.edition_folder import EditionFolder
from octome.standard.edition_manifest import KeptEdition, KeptFile


@pytest.fixture
def folder(tmp_path: Path) -> EditionFolder:
    made = EditionFolder(tmp_path / "2024a")
    made.write(manifest(made.keep("part03.xml.gz", b"frog")))
    return made


def manifest(part: KeptFile) -> KeptEdition:
    return KeptEdition(edition="2024a", origin="pond", date="2026-01-31", parts={"3": part})


def test_a_manifest_comes_back_unchanged(folder: EditionFolder) -> None:
    again = EditionFolder(folder.path)
    assert again.manifest == folder.manifest
    assert again.whole_file(again.manifest.parts["3"]).read_bytes() == b"frog"


def test_a_new_file_changes_the_fingerprint_and_the_old_one_goes(folder: EditionFolder) -> None:
    before = folder.fingerprint()
    folder.write(manifest(folder.keep("part03.xml.gz", b"toad")))
    assert folder.fingerprint() != before
    assert len(list(folder.path.glob("part03-*.xml.gz"))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"format": 9},
        {"edition": "2024b"},
        {"parts": {"3": {}}},
        {"parts": {"3": {"file": "../frog", "size": 1, "sha256": ""}}},
        {"problems": None},
    ],
)
def test_a_damaged_manifest_names_the_cure(
    folder: EditionFolder, change: dict[str, object]
) -> None:
    file = folder.path / "edition.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | change))
    with pytest.raises(StoreUnavailable, match="octome sync 2024a"):
        _ = EditionFolder(folder.path).manifest


def test_a_removed_edition_is_gone(folder: EditionFolder) -> None:
    folder.remove()
    assert not folder.path.exists()
