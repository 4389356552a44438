from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from vol_file import VolFile, ramp_bscans

from octome.errors import DeviceFileUnreadable, MissingFact, PackageMissing
from octome.formats.reading_options import ReadingOptions
from octome.formats.registry import FORMATS, read_device_volume


def refused(path: Path) -> str:
    with pytest.raises(DeviceFileUnreadable) as caught:
        read_device_volume(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_missing_file_an_empty_one_and_a_folder_are_errors(tmp_path: Path) -> None:
    (tmp_path / "empty.vol").touch()
    assert "No such file" in refused(tmp_path / "none.vol")
    assert "is empty" in refused(tmp_path / "empty.vol")
    assert "is a folder" in refused(tmp_path)


def test_an_unknown_format_is_an_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG")
    assert ".vol, .e2e, .xml, .fda, .fds, .img, .oct" in refused(tmp_path / "scan.png")


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_text_with_any_suffix_is_an_error(tmp_path: Path, kind) -> None:
    path = tmp_path / f"scan{kind.suffix}"
    path.write_bytes(b"this is not a scan\n" * 20)
    refused(path)


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_a_signature_without_content_is_an_error(tmp_path: Path, kind) -> None:
    path = tmp_path / f"scan{kind.suffix}"
    beginning = bytes(kind.magic_at) + (kind.magic[0] if kind.magic else b"<a/>")
    path.write_bytes(beginning)
    refused(path)
    path.write_bytes(beginning.ljust(4000, b"\xff"))
    refused(path)


def test_a_header_that_claims_more_than_the_file_holds_is_an_error_before_allocation(
    tmp_path: Path,
) -> None:
    content = bytearray(VolFile(ramp_bscans()).bytes)
    struct.pack_into("<3I", content, 12, 2**32 - 1, 2**32 - 1, 2**32 - 1)
    path = tmp_path / "scan.vol"
    path.write_bytes(content)
    assert "4294967295 B-scans" in refused(path)


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans()).bytes)
    monkeypatch.setitem(sys.modules, "eyepy.io.he.vol_reader", None)
    with pytest.raises(PackageMissing, match=r"pip install 'octome\[formats\]'"):
        read_device_volume(path)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (
            ReadingOptions(series=2),
            "--series is for Heidelberg .e2e files; .* holds one scan",
        ),
        (ReadingOptions(size=(4, 5, 3)), "--size is for Zeiss Cirrus .img files"),
        (ReadingOptions(grey_span_db=40.0), "--grey-span-db is for Topcon .fda, .*Optovue"),
    ],
)
def test_an_option_that_means_nothing_for_a_file_is_an_error(
    tmp_path: Path, options: ReadingOptions, why: str
) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(VolFile(ramp_bscans()).bytes)
    with pytest.raises(MissingFact, match=why):
        read_device_volume(path, options=options)
