"""Packed files: what they hold, and what is not unpacked."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zipfile
from mmap import mmap
from pathlib import Path

import pytest

from octome.conformance.check import packed
from octome.conformance.check.packed import (
    content_of_entry,
    entries,
    is_packed,
    own_names,
    unpacked,
)
from octome.errors import InstanceUnreadable


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    path = tmp_path / "temporary"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def both(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """The content of each file by its name, and what was refused."""
    refused: list[InstanceUnreadable] = []
    found = {}
    for entry, head in list(entries(path, "a", refused.append)):
        try:
            content = bytes(content_of_entry(path, entry)[:])
        except InstanceUnreadable as error:
            refused.append(error)
            continue
        found[entry.name] = content
        assert content.startswith(head)
    return found, [str(each) for each in refused]


def test_entries_of_a_zip_file_are_not_written(tmp_path: Path, folder: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"../frog": b"tea", "/pond": b"more tea"})
    assert is_packed(path)
    assert both(path) == ({"a/frog": b"tea", "a/pond": b"more tea"}, [])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip", "temporary"]
    assert list(folder.iterdir()) == []


def test_a_gzip_file_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"tea"))
    assert is_packed(path)
    assert both(path) == ({"a": b"tea"}, [])


def test_what_is_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"tea")[:-6])
    assert both(path) == ({}, ["cannot read a: it is damaged: it is cut short"])
    path = zipped(tmp_path / "a.zip", frog=b"tea")
    path.write_bytes(path.read_bytes()[:-10])
    assert both(path)[1][0].endswith("so it may be cut short")


def test_a_wrong_checksum_is_named_in_words(tmp_path: Path) -> None:
    gzipped = bytearray(gzip.compress(b"tea"))
    gzipped[-8] ^= 1  # RFC 1952 2.3: CRC32, then the length
    whole = zipped(tmp_path / "a.zip", frog=b"tea", pond=b"water").read_bytes()
    at = whole.index(b"PK\x01\x02") + 16  # PKWARE's APPNOTE 4.3.12: the checksum of the first
    changed = bytes([whole[at] ^ 1])
    for content, name in ((gzipped, "a"), (whole[:at] + changed + whole[at + 1 :], "a/frog")):
        path = tmp_path / "changed"
        path.write_bytes(content)
        why = "it is damaged: its content does not have the checksum that it states"
        assert both(path)[1] == [f"cannot read {name}: {why}"]


def test_bytes_after_gzip_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"tea") + bytes(512))  # padding, as of a tape
    assert both(path) == ({"a": b"tea"}, [])
    path.write_bytes(gzip.compress(b"tea") + b"frog")
    found, [why] = both(path)
    assert (found, why[:50]) == ({}, "cannot read a: other bytes follow its packed conte")


def test_entries_of_one_name_are_numbered() -> None:
    assert own_names(["a.dcm", "a.dcm", "a (2).dcm", "b/../a.dcm", "b/", "b"]) == [
        "a.dcm",
        "a (2).dcm",
        "a (2) (2).dcm",
        "b/a.dcm",
        "b",
        "b (2)",
    ]
    assert own_names(["..", "/"]) == ["entry", "entry (2)"]


def test_a_damaged_entry_is_refused_in_words(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", frog=b"tea" * 99)
    content = bytearray(path.read_bytes())
    content[34] |= 6  # the first block is of no kind that there is (RFC 1951 3.2.3)
    path.write_bytes(content)
    assert both(path)[1] == ["cannot read a/frog: it is damaged: its content cannot be unpacked"]


def test_an_encrypted_entry_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", frog=b"tea", pond=b"water")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # PKWARE's APPNOTE 4.4.4, bit 0
    path.write_bytes(content)
    assert both(path) == ({"a/pond": b"water"}, ["cannot read a/frog: it is encrypted"])


def test_what_does_not_fit_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", frog=bytes(1_000_000), pond=b"water")
    assert both(path) == ({"a/frog": bytes(1_000_000), "a/pond": b"water"}, [])
    monkeypatch.setattr(packed, "LARGEST_READ", 10)
    usage = shutil.disk_usage(tmp_path)._replace(free=1_999_999)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    found, [why] = both(path)
    assert found == {"a/pond": b"water"}
    assert why == "cannot read a/frog: it unpacks to more than 0 MB"
    monkeypatch.setattr(packed, "MOST_UNPACKED", 2)
    assert "it unpacks to more than" in both(path)[1][-1]


def test_a_large_file_is_in_one_without_a_name(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "LARGEST_READ", 10)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"much tea " * 9))
    [(entry, _)] = entries(path, "a", pytest.fail)
    content = content_of_entry(path, entry)
    assert isinstance(content, mmap)
    assert content[:] == b"much tea " * 9
    assert list(folder.iterdir()) == []
    with pytest.raises(InstanceUnreadable, match="unpacks to more than"):
        content_of_entry(path, entry._replace(most=11))


def test_one_is_written_where_it_is_needed_as_a_file(tmp_path: Path, folder: Path) -> None:
    path = zipped(tmp_path / "a.zip", frog=b"tea")
    [(entry, head)] = entries(path, "a", pytest.fail)
    file = unpacked(path, entry, folder)
    assert (file.parent, file.read_bytes(), head) == (folder, b"tea", b"tea")
    with pytest.raises(InstanceUnreadable, match="unpacks to more than"):
        unpacked(path, entry._replace(most=2), folder)
    assert list(folder.iterdir()) == [file]
