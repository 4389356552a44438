"""An edition as one file: there and back, and what is refused."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from official_site import PICTURE, book

from octome.errors import StoreUnavailable, SyncFailed
from octome.standard.edition_archive import add_edition, export_edition
from octome.standard.edition_folder import EditionFolder, edition_folders, editions_folder
from octome.standard.sync import sync


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionFolder:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "pond.svg").write_bytes(PICTURE)
    (tmp_path / "part03.xml").write_bytes(book(3, "2024a"))
    sync("2024a", str(tmp_path), parts=[3])
    return EditionFolder(editions_folder() / "2024a")


@pytest.fixture
def exported(folder: EditionFolder, tmp_path: Path) -> Path:
    export_edition(folder, tmp_path / "frogs.tar.gz")
    return tmp_path / "frogs.tar.gz"


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    with tarfile.open(path) as archive:
        files = [(each.name, archive.extractfile(each).read()) for each in archive]  # type: ignore[union-attr]
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files:
            changed = change(name, content)
            if changed:
                entry = tarfile.TarInfo(changed[0])
                entry.size = len(changed[1])
                archive.addfile(entry, io.BytesIO(changed[1]))
    return path


def test_an_edition_comes_back_unchanged(folder: EditionFolder, exported: Path) -> None:
    before = folder.fingerprint()
    folder.remove()
    add_edition(exported)
    again = EditionFolder(folder.path)
    assert again.fingerprint() == before
    again.whole_file(again.manifest.parts["3"])
    again.whole_file(again.manifest.figures["3/figures/pond.svg"])


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: (name, content[::-1]) if "part03" in name else (name, content),
        lambda name, content: None if "part03" in name else (name, content),
        lambda name, content: ("../frog", content) if "part03" in name else (name, content),
        lambda name, content: (name, content.replace(b"part03-", b"../../frog-")),
        lambda name, content: (name, content.replace(b'"2024a"', b'"../2024a"')),
        lambda name, content: (name, content[:-5]),
        lambda name, content: None,
    ],
    ids=["damaged", "missing", "unlisted", "outside", "edition outside", "cut", "empty"],
)
def test_what_is_not_an_edition_is_refused(
    folder: EditionFolder,
    exported: Path,
    change: Callable[[str, bytes], tuple[str, bytes] | None],
) -> None:
    folder.remove()
    with pytest.raises(SyncFailed, match=r"frogs\.tar\.gz"):
        add_edition(rewritten(exported, change))
    assert edition_folders() == ()


def test_a_cut_off_file_is_refused(folder: EditionFolder, exported: Path) -> None:
    exported.write_bytes(exported.read_bytes()[:-40])
    with pytest.raises(SyncFailed, match=r"frogs\.tar\.gz"):
        add_edition(exported)
    assert EditionFolder(folder.path).manifest.edition == "2024a"


def test_a_link_is_refused(folder: EditionFolder, exported: Path) -> None:
    with tarfile.open(exported, "w:gz") as archive:
        entry = tarfile.TarInfo("edition.json")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(SyncFailed):
        add_edition(exported)


def test_a_damaged_edition_is_not_exported(folder: EditionFolder, tmp_path: Path) -> None:
    (folder.path / folder.manifest.parts["3"].file).write_bytes(b"")
    with pytest.raises(StoreUnavailable, match="part03"):
        export_edition(folder, tmp_path / "new.tar.gz")
    assert not (tmp_path / "new.tar.gz").exists()


def test_a_file_that_exists_is_not_overwritten(folder: EditionFolder, exported: Path) -> None:
    with pytest.raises(SyncFailed, match="not overwritten"):
        export_edition(folder, exported)


def test_what_is_refused_leaves_nothing(folder: EditionFolder, exported: Path) -> None:
    folder.remove()
    with pytest.raises(SyncFailed):
        add_edition(rewritten(exported, lambda name, content: (name, content[:-1])))
    assert [path.name for path in editions_folder().iterdir()] == [".lock"]


def test_a_file_of_another_version_of_octome_says_so(exported: Path) -> None:
    def newer(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b'"format": 1', b'"format": 2')

    with pytest.raises(SyncFailed, match="another version of octome"):
        add_edition(rewritten(exported, newer))


def test_a_bomb_is_refused(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("octome.standard.edition_archive.LARGEST_FILE", 1 << 20)
    with tarfile.open(exported, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("edition.json")
        entry.pax_headers = {"comment": "0" * (2 << 20)}
        archive.addfile(entry)
    with pytest.raises(SyncFailed, match="too large"):
        add_edition(exported)


@pytest.mark.parametrize(
    "change",
    [{"parts": "frog"}, {"parts": {}}, {"parts": None}],
)
def test_archive_with_a_wrong_manifest_is_one_clear_error(
    exported: Path, change: dict[str, object]
) -> None:
    def only_the_manifest(name: str, content: bytes) -> tuple[str, bytes] | None:
        if name != "edition.json":
            return None
        return name, json.dumps({**json.loads(content), **change}).encode()

    with pytest.raises(SyncFailed, match="is not an exported edition, or is damaged"):
        add_edition(rewritten(exported, only_the_manifest))
