"""The reader of files: whole, cut, with a wrong transfer syntax, and headers alone."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
from encoded_bytes import HEAD, element, implicit, part10

from octome.dicom.part10 import is_part10, is_part10_file, read_encoded, read_header
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

MODALITY = element(TAG.Modality, "CS", b"OT")
ROWS = element(TAG.Rows, "US", b"\x02\x00")
PIXELS = element(TAG.PixelData, "OB", bytes(6))


def test_a_whole_file_is_read_to_its_end() -> None:
    content = part10(MODALITY + ROWS + PIXELS)
    encoded = read_encoded(content)
    assert (encoded.is_whole, encoded.damage, encoded.problems) == (True, "", [])
    assert encoded.start == len(content) - len(MODALITY + ROWS + PIXELS)
    assert encoded.end == encoded.size == len(content)
    assert encoded.data_set.text(TAG.Modality) == "OT"
    assert encoded.data_set.number(TAG.Rows) == 2


def test_a_data_set_without_file_meta_information_is_read() -> None:
    encoded = read_encoded(MODALITY + ROWS)
    assert (encoded.has_file_meta, encoded.start) == (False, 0)
    assert encoded.data_set.number(TAG.Rows) == 2


@pytest.mark.parametrize("missing", [1, 3, 6, 7, 17])
def test_a_cut_file_is_incomplete_and_has_a_reason(missing: int) -> None:
    encoded = read_encoded(part10(MODALITY + ROWS + PIXELS)[:-missing])
    assert not encoded.is_whole
    assert [problem.code for problem in encoded.problems] == ["truncated"]
    assert encoded.damage == encoded.problems[0].message
    assert encoded.data_set.text(TAG.Modality) == "OT"


def test_an_encoding_that_contradicts_the_transfer_syntax_is_found_and_reported() -> None:
    plain = implicit(TAG.Modality, b"OT") + implicit(TAG.Rows, b"\x02\x00")
    encoded = read_encoded(part10(plain))
    assert encoded.data_set.number(TAG.Rows) == 2
    assert [problem.code for problem in encoded.problems] == ["wrong-transfer-syntax"]
    assert encoded.is_whole


def test_a_deflated_data_set_is_inflated_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    body = engine.compress(MODALITY + ROWS) + engine.flush()
    content = part10(body, b"1.2.840.10008.1.2.1.99\0\0"[:22])
    assert read_encoded(content).data_set.number(TAG.Rows) == 2
    monkeypatch.setattr("octome.dicom.deflation.MOST_INFLATED", 4)
    encoded = read_encoded(content)
    assert not encoded.is_whole
    assert "not-read" in {problem.code for problem in encoded.problems}


@pytest.mark.parametrize("content", [b"", HEAD, b"a text, not an instance " * 20, bytes(4096)])
def test_bytes_that_are_not_an_instance_are_an_error(content: bytes) -> None:
    with pytest.raises(InstanceUnreadable, match=r"is empty|is not a DICOM instance"):
        read_encoded(content)


def test_a_header_ends_before_the_pixels_and_reads_little_more(tmp_path: Path) -> None:
    path = tmp_path / "large"
    begin = part10(MODALITY + ROWS)
    with path.open("wb") as file:
        file.write(begin + element(TAG.PixelData, "OB", b"", 1 << 30))
        file.truncate(len(begin) + 12 + (1 << 30))
    encoded = read_header(path)
    assert encoded.is_whole
    assert (encoded.end, encoded.size) == (len(begin), len(begin) + 12 + (1 << 30))
    assert len(encoded.data_set.buffer) == 1 << 18


def test_a_header_of_any_length_is_read_whole(tmp_path: Path) -> None:
    # Longer than the first and the second beginning, and than the longest value that is read.
    for length in (10, 300_000, 3_000_000, 17_000_000):
        path = tmp_path / "it"
        value = element(0x00420011, "OB", bytes(length))
        path.write_bytes(part10(MODALITY + value + PIXELS))
        encoded = read_header(path)
        assert encoded.is_whole
        assert encoded.end == path.stat().st_size - len(PIXELS)
        assert TAG.PixelData not in encoded.data_set
        path.write_bytes(path.read_bytes()[: -len(PIXELS) - 1])
        assert not read_header(path).is_whole


def test_more_elements_than_allowed_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_bytes(part10(b"".join(element(0x00110010 + n, "LO", b"ab") for n in range(50))))
    assert read_header(path, most_elements=50).is_whole
    encoded = read_header(path, most_elements=40)
    assert not encoded.is_whole
    assert "more than 40 elements" in encoded.damage


def test_a_file_is_recognised_by_its_prefix_alone(tmp_path: Path) -> None:
    assert is_part10(part10(b""))
    assert not is_part10(MODALITY)
    (tmp_path / "it").write_bytes(HEAD)
    assert is_part10_file(tmp_path / "it")
    with pytest.raises(FileNotFoundError):
        is_part10_file(tmp_path / "nothing")


def test_a_pipe_is_an_error_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for read in (read_encoded, read_header):
        with pytest.raises(InstanceUnreadable, match="not a regular file"):
            read(tmp_path / "pipe")


def test_pydicoms_dictionary_is_the_default_in_implicit_vr() -> None:
    content = part10(implicit(TAG.Modality, b"OT"), b"1.2.840.10008.1.2\0")
    assert read_encoded(content).data_set.get(TAG.Modality).vr == "CS"  # type: ignore[union-attr]
    other = read_encoded(content, {TAG.Modality: "LO"})
    assert other.data_set.get(TAG.Modality).vr == "LO"  # type: ignore[union-attr]


def test_file_meta_information_in_implicit_vr_is_read_and_reported_once() -> None:
    syntax = implicit(TAG.TransferSyntaxUID, b"1.2.840.10008.1.2.1\0")
    length = implicit(TAG.FileMetaInformationGroupLength, len(syntax).to_bytes(4, "little"))
    encoded = read_encoded(HEAD + length + syntax + MODALITY + ROWS)
    assert [problem.code for problem in encoded.problems] == ["file-meta-implicit"]
    assert encoded.transfer_syntax == "1.2.840.10008.1.2.1"
    assert encoded.data_set.number(TAG.Rows) == 2


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        (b"\x26\0\0\0", ["file-meta-implicit"]),  # 38 bytes, as they are
        (b"\x2a\0\0\0", ["file-meta-implicit"]),  # as many as they would be in Explicit VR
        (b"\x20\0\0\0", ["file-meta-implicit", "file-meta-differs"]),
    ],
)
def test_a_length_meant_for_explicit_vr_is_not_a_second_problem(
    stated: bytes, codes: list[str]
) -> None:
    version = b"\x02\0\x01\0" + b"\x02\0\0\0" + b"\0\1"
    syntax = b"\x02\0\x10\0" + b"\x14\0\0\0" + b"1.2.840.10008.1.2.1\0"
    meta = b"\x02\0\0\0" + b"\x04\0\0\0" + stated + version + syntax
    found = read_encoded(HEAD + meta + MODALITY + ROWS)
    assert [problem.code for problem in found.problems] == codes


def test_in_implicit_vr_values_are_signed_where_the_pixels_are() -> None:
    for sign, expected in ((0, 63_536), (1, -2_000)):
        elements = implicit(TAG.PixelRepresentation, struct.pack("<H", sign))
        elements += implicit(TAG.SmallestImagePixelValue, struct.pack("<h", -2_000))
        found = read_encoded(part10(elements, b"1.2.840.10008.1.2\0")).data_set
        assert found.values(TAG.SmallestImagePixelValue) == (expected,)
