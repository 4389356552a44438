"""JSON and XML are checked as the files that they stand for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check import model_input
from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.conformance.check.model_input import model_of


def found(path: Path, checker: Checker) -> list[tuple[str, str, str]]:
    [report] = check_many([path], checker).reports
    return [(each.outcome, each.code, each.path) for each in report.findings]


def test_an_instance_as_json_has_the_findings_of_its_file(
    ct: Dataset, checker: Checker, tmp_path: Path
) -> None:
    file, path = tmp_path / "a.dcm", tmp_path / "a.json"
    ct["PixelData"].VR = "OW"
    file.write_bytes(encoded(ct))
    path.write_text(ct.to_json())
    of_file = found(file, checker)
    assert found(path, checker) == of_file
    model = json.loads(ct.to_json())
    model["00080020"]["Value"] = ["not a date"]
    model["7FE00010"] = {"vr": "OW", "BulkDataURI": "https://pond.example/frog"}
    path.write_text(json.dumps(model))
    assert set(found(path, checker)) - set(of_file) == {
        ("violation", "value-format", "StudyDate"),
        ("note", "unread-value", "PixelData"),
    }


def test_numbers_and_tags_that_are_text_are_not_compared(
    ct: Dataset, checker: Checker, tmp_path: Path
) -> None:
    ct["PixelData"].VR = "OW"
    model = json.loads(ct.to_json())
    model["00281101"] = {"vr": "LO", "Value": ["frog", "tea", "pond"]}
    model["00281201"] = {"vr": "OW", "InlineBinary": "AAAA"}
    model["00280009"] = {"vr": "LO", "Value": ["frog"]}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(model))
    codes = {(code, attribute) for _, code, attribute in found(path, checker)}
    assert ("wrong-representation", "RedPaletteColorLookupTableDescriptor") in codes
    assert ("palette-length", "RedPaletteColorLookupTableData") not in codes


def test_each_instance_of_a_list_is_checked(ct: Dataset, checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f"[{ct.to_json()}, {ct.to_json()}]")
    (tmp_path / "other.json").write_text('{"frog": "tea"}')
    checked = check_many([tmp_path], checker)
    assert [report.file for report in checked.reports] == [f"{path}[0]", f"{path}[1]"]
    assert (checked.refused, checked.skipped) == ((), 1)


def test_an_instance_as_xml_is_checked(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><NativeDicomModel><DicomAttribute tag="00080016" vr="UI"><Value '
        'number="1">1.2.840.10008.5.1.4.1.1.2</Value></DicomAttribute></NativeDicomModel>'
    )
    [report] = check_many([path], checker).reports
    assert report.ciod == "ct-image"
    assert ("violation", "missing", "SOPInstanceUID") in found(path, checker)


def test_a_file_above_the_limit_is_refused(
    ct: Dataset, checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_input, "LARGEST", 1000)
    path = tmp_path / "a.json"
    path.write_text(ct.to_json())
    checked = check_many([path], checker)
    assert (checked.reports, len(checked.refused)) == ((), 1)
    assert "the limit for JSON and XML" in str(checked.refused[0])


def test_a_dicom_file_is_neither(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(128) + b"DICM{")
    assert model_of(path) is None
    assert model_of(tmp_path / "missing") is None
