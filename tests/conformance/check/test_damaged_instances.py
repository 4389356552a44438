"""Damaged instances: for any damage, a check gives findings or one clear error.

`make soak` tries thousands of damaged copies of each kind instead of a few.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import zlib
from collections import Counter
from io import BytesIO
from pathlib import Path

import numpy as np
import pydicom.data
import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
)
from small_instance import encoded, is_wrong, line

from damage import damaged, peak_megabytes
from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import CODES, OUTCOMES, Report
from octome.errors import InstanceUnreadable, OctomeError
from soak import amount

COPIES = amount(25, whole=1000)
SECONDS, MEGABYTES = 1, 500
FILES = Path(pydicom.data.__file__).parent / "test_files"
# Of each encoding and of much structure.
WHOLE = {
    "explicit": "CT_small.dcm",
    "implicit": "rtplan.dcm",
    "big-endian": "ExplVR_BigEnd.dcm",
    "deflated": "image_dfl.dcm",
    "encapsulated": "SC_rgb_rle_2frame.dcm",
    "content-tree": "test-SR.dcm",
    "waveform": "waveform_ecg.dcm",
    "directory": "dicomdirtests/DICOMDIR",
    "undefined-lengths": "nested_priv_SQ.dcm",
}
MADE = ("ophthalmic-optical-coherence-tomography-en-face-image", "segmentation", "rt-dose")
HEAD = bytes(128) + b"DICM"
DEEP = 10_000


def codes(report: Report) -> Counter[str]:
    return Counter(finding.code for finding in report.findings)


def checked_damaged(checker: Checker, whole: bytes, seed: int) -> Report | OctomeError:
    """The report of one damaged copy, or its error."""
    copy = damaged(whole, np.random.default_rng(seed))
    begin, answer = time.process_time(), None
    try:
        answer = checker.check(copy)
    except OctomeError as error:
        answer = error
    assert time.process_time() - begin < SECONDS, seed
    assert peak_megabytes() < BEFORE[0] + MEGABYTES, seed
    return answer


# What this process held before anything damaged was read.
BEFORE: list[float] = []


@pytest.fixture(autouse=True)
def _memory_before() -> None:
    if not BEFORE:
        BEFORE.append(peak_megabytes())


def whole_file(kind: str, made_instances: dict[tuple[str, str], bytes]) -> bytes:
    return (FILES / WHOLE[kind]).read_bytes() if kind in WHOLE else made_instances["2020b", kind]


def encoded_as(ds: Dataset, syntax: str) -> bytes:
    """A data set as a file of a Transfer Syntax."""
    encoded(ds)  # for its file meta information
    ds.file_meta.TransferSyntaxUID = syntax
    if syntax == ExplicitVRBigEndian:
        ds["PixelData"].VR = "OW"
    buffer = BytesIO()
    ds.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def data_set_of(ds: Dataset, syntax: str) -> bytes:
    """A data set in a Transfer Syntax, without file meta information."""
    whole = encoded_as(ds, syntax)
    return whole[end_of_meta(whole) :]


def end_of_meta(content: bytes) -> int:
    """Where the File Meta Information ends, as it states."""
    (length,) = struct.unpack_from("<I", content, 140)
    return int(144 + length)


@pytest.mark.parametrize("kind", [*WHOLE, *MADE])
def test_a_damaged_instance_ends_in_findings_or_one_clear_error(
    checker_2020: Checker, made_instances: dict[tuple[str, str], bytes], kind: str
) -> None:
    whole = whole_file(kind, made_instances)
    checker_2020.check(whole)
    answers = [checked_damaged(checker_2020, whole, seed) for seed in range(COPIES)]
    reports = [answer for answer in answers if isinstance(answer, Report)]
    assert reports
    for report in reports:
        for finding in report.findings:
            assert finding.code in CODES
            assert finding.outcome in OUTCOMES
            assert finding.message.isprintable()
        assert report.sop_class_uid.isprintable()
    for answer in answers:
        if isinstance(answer, OctomeError):
            assert str(answer).isprintable()
            assert len(str(answer)) < 300


def test_an_instance_cut_anywhere_is_read_as_far_as_it_goes(
    ct: Dataset, checker_2020: Checker
) -> None:
    whole = encoded(ct)
    silent = 0
    for end in range(end_of_meta(whole), len(whole)):
        wrong = {f.code for f in checker_2020.check(whole[:end]).findings if is_wrong(f)}
        # What follows the cut is not reported as missing, nor what is cut to be wrong.
        assert "truncated" not in wrong or wrong == {"truncated"}, end
        silent += "truncated" not in wrong
    # Between two elements nothing shows that more was there.
    assert silent == len(ct) - 1


def test_what_follows_a_cut_is_not_reported_as_missing(
    checker_2020: Checker, made_instances: dict[tuple[str, str], bytes]
) -> None:
    whole = made_instances["2020b", "segmentation"]
    reported = 0
    for end in range(end_of_meta(whole) + 8, len(whole), 7):
        wrong = {f.code for f in checker_2020.check(whole[:end]).findings if is_wrong(f)}
        assert "truncated" not in wrong or not wrong & {"missing", "empty", "group-missing"}, end
        reported += "truncated" in wrong
    assert reported > 100


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"no DICOM, but a text that goes on for some time" * 9, "is not a DICOM instance"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "is not a DICOM instance"),
        (bytes(4096), "is not a DICOM instance"),
        (HEAD, "no data element follows the prefix DICM"),
    ],
)
def test_a_file_that_is_not_an_instance_is_one_line(
    checker_2020: Checker, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "what.dcm"
    path.write_bytes(content)
    with pytest.raises(InstanceUnreadable, match=reason) as caught:
        checker_2020.check(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_path_that_is_not_a_file_is_one_line(checker_2020: Checker, tmp_path: Path) -> None:
    with pytest.raises(InstanceUnreadable, match="no such file"):
        checker_2020.check(tmp_path / "absent.dcm")
    with pytest.raises(InstanceUnreadable, match="it is a folder"):
        checker_2020.check(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InstanceUnreadable, match="not a regular file"):
        checker_2020.check(tmp_path / "pipe")


def test_an_instance_without_sop_class_has_that_one_violation(
    ct: Dataset, checker_2020: Checker
) -> None:
    del ct.SOPClassUID
    found = checker_2020.check(encoded(ct)).findings
    assert [line(f) for f in found if f.code == "sop-class-missing"] == [
        "violation sop-class-missing SOPClassUID"
    ]
    assert not [f for f in found if f.code == "missing"]


@pytest.mark.parametrize(
    ("uid", "kind"), [("1.2.276.0.7230010.3.1.0.1", "private"), ("1.2.840.10008.9.9.9", "unknown")]
)
def test_an_instance_of_an_unknown_class_has_that_one_warning(
    ct: Dataset, checker_2020: Checker, uid: str, kind: str
) -> None:
    ct.SOPClassUID = uid
    report = checker_2020.check(encoded(ct))
    wrong = [line(finding) for finding in report.findings if is_wrong(finding)]
    assert [one.split()[1:] for one in wrong] == [["sop-class-unknown", "SOPClassUID"]], kind
    assert uid in report.findings[0].message


@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
)
def test_each_encoding_gives_the_same_findings(
    ct: Dataset, checker_2020: Checker, syntax: str
) -> None:
    ct.PatientSex = "X"
    findings = checker_2020.check(encoded_as(ct, syntax)).findings
    wrong = [line(finding) for finding in findings if is_wrong(finding)]
    assert wrong == ["violation enumerated PatientSex"]


def test_a_data_set_in_another_encoding_is_reported_and_read(
    ct: Dataset, checker_2020: Checker
) -> None:
    explicit = encoded(ct)
    wrong = explicit[: end_of_meta(explicit)] + data_set_of(ct, ImplicitVRLittleEndian)
    found = [line(f) for f in checker_2020.check(wrong).findings if is_wrong(f)]
    assert found == ["violation wrong-transfer-syntax TransferSyntaxUID"]


@pytest.mark.parametrize("is_defined", [False, True])
def test_sequences_nested_ten_thousand_deep_are_one_finding(
    ct: Dataset, checker_2020: Checker, is_defined: bool
) -> None:
    tag, item = struct.pack("<HH", 0x0040, 0xA730) + b"SQ\0\0", struct.pack("<HH", 0xFFFE, 0xE000)
    if is_defined:
        nested = b""
        for _ in range(DEEP):
            nested = item + struct.pack("<I", len(nested)) + nested
            nested = tag + struct.pack("<I", len(nested)) + nested
    else:
        nested = (tag + b"\xff" * 4 + item + b"\xff" * 4) * DEEP
    whole = encoded(ct)
    at = whole.index(struct.pack("<HH", 0x7FE0, 0x0010))
    begin = time.process_time()
    report = checker_2020.check(whole[:at] + nested + whole[at:])
    assert time.process_time() - begin < SECONDS
    wrong = [line(finding) for finding in report.findings if is_wrong(finding)]
    assert wrong == ["violation not-read ContentSequence"]


def test_a_deflate_bomb_is_not_inflated(ct: Dataset, checker_2020: Checker) -> None:
    deflated = encoded_as(ct, DeflatedExplicitVRLittleEndian)
    head = deflated[: end_of_meta(deflated)]
    element = struct.pack("<HH", 0x0009, 0x1001) + b"OB\0\0" + struct.pack("<I", 2**31 - 2)
    engine = zlib.compressobj(9, wbits=-15)
    start = engine.compress(element) + engine.flush(zlib.Z_FULL_FLUSH)
    # After a full flush nothing refers to what was before: the same bytes again are as much again.
    megabyte = engine.compress(bytes(1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH)
    report = checker_2020.check(head + start + megabyte * 1024 + engine.flush())
    assert codes(report)["not-read"] == 1
    assert peak_megabytes() < BEFORE[0] + 2 * MEGABYTES


LARGE = """
import resource, sys
from pathlib import Path
from octome import open_library
from octome.conformance.check.checker import Checker
with open_library() as library:
    checker = Checker(library, "2020b")
    checker.check(sys.argv[1])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    findings = checker.check(sys.argv[2]).findings
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
violations = sorted({finding.code for finding in findings if finding.outcome == "violation"})
print((after - before) // 1024, violations)
"""


@pytest.mark.parametrize("kind", ["private", "frames"])
def test_a_gigabyte_is_not_read(ct: Dataset, tmp_path: Path, kind: str) -> None:
    small, large = tmp_path / "small.dcm", tmp_path / "large.dcm"
    small.write_bytes(encoded(ct))
    if kind == "private":
        ct.private_block(0x0009, "OCTOME", create=True).add_new(1, "OB", b"\0" * 8)
        marker = struct.pack("<HH", 0x0009, 0x1001) + b"OB\0\0"
    else:
        ct.NumberOfFrames = 2**15
        ct.Rows = ct.Columns = 128
        marker = struct.pack("<HH", 0x7FE0, 0x0010) + b"OW\0\0"
    whole = encoded(ct)
    at = whole.index(marker) + 8
    (length,) = struct.unpack_from("<I", whole, at)
    with large.open("wb") as file:
        file.write(whole[:at] + struct.pack("<I", 2**30))
        file.seek(2**30, os.SEEK_CUR)
        file.write(whole[at + 4 + length :])
        file.truncate()
    done = subprocess.run(
        [sys.executable, "-c", LARGE, small, large],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    megabytes, violations = done.stdout.split(maxsplit=1)
    assert int(megabytes) < 20
    assert violations.strip() == "[]"


def test_millions_of_elements_are_not_read_on(ct: Dataset, checker_2020: Checker) -> None:
    one = struct.pack("<HH", 0x0009, 0x1001) + b"LO\0\0"
    report = checker_2020.check(encoded(ct) + one * 3_000_000)
    found = codes(report)
    assert found["not-read"] == 1
    assert found["repeated"] <= 101


def test_a_wrong_vr_is_reported_and_the_rest_is_read(ct: Dataset, checker_2020: Checker) -> None:
    ct.PatientSex = "X"
    whole = encoded(ct).replace(b"\x10\0\x20\0LO", b"\x10\0\x20\0ZZ")
    wrong = [line(f) for f in checker_2020.check(whole).findings if is_wrong(f)]
    assert "violation unknown-vr PatientID" in wrong
    assert "violation enumerated PatientSex" in wrong


def test_a_file_of_pydicom_has_the_same_findings_when_read_by_pydicom_first(
    checker_2020: Checker,
) -> None:
    path = FILES / "MR_small.dcm"
    ds = dcmread(path)
    buffer = BytesIO()
    ds.save_as(buffer)
    again = checker_2020.check(buffer.getvalue()).findings
    assert again == checker_2020.check(path).findings
