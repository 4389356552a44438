"""`octome check` as people and programs run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from pydicom import dcmread
from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from octome.cli.main import main

Check = Callable[..., Result]


@pytest.fixture
def check(store: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs `octome check` over the store of all tests."""
    monkeypatch.setattr("octome.standard.stores.open_store", _opens(store))

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, ["check", *map(str, words)])

    return run


def _opens(store: Path):  # type: ignore[no-untyped-def]
    from octome.standard.store import open_store

    return lambda _path=None, **options: open_store(store, **options)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.dcm"
    path.write_bytes(encoded(ct_image()))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    ds: Dataset = ct_image()
    del ds.KVP
    ds.PatientSex = "X"
    ds.SOPInstanceUID = "2.25.12"
    # Of another patient than the clean one.
    ds.PatientID, ds.StudyInstanceUID, ds.SeriesInstanceUID = "2", "2.25.22", "2.25.23"
    path = tmp_path / "wrong.dcm"
    path.write_bytes(encoded(ds))
    return path


def test_a_clean_file_ends_with_0(check: Check, clean: Path) -> None:
    result = check(clean)
    assert result.exit_code == 0
    assert "CT Image · edition" in result.stdout
    assert "0 violations, 0 warnings" in result.stdout


def test_violations_are_shown_by_module_with_their_source_and_end_with_1(
    check: Check, wrong: Path
) -> None:
    result = check("--edition", "2020b", wrong)
    assert result.exit_code == 1
    lines = [line.strip() for line in result.stdout.splitlines()]
    at = lines.index("✗ KVP (Type 2)")
    assert lines.index("CT Image") < at
    assert lines[at + 1] == "KVP is missing: it is of Type 2 [missing]"
    assert lines[at + 2] == (
        "PS3.3 C.8.2.1, Table C.8-3 · edition 2020b · /ciods/ct-image/ct-image/00180060"
    )
    assert lines[at + 3] == "→ Add KVP, empty if it is unknown"
    assert lines.index("Patient") < lines.index("✗ PatientSex (Type 2)") < at


def test_undecided_findings_are_counted_and_listed_on_request(check: Check, clean: Path) -> None:
    assert "? Laterality" not in check(clean).stdout
    assert "undecided and notes: --all" in check(clean).stdout
    everything = check("--all", clean).stdout
    assert "? Laterality (Type 2C)" in everything
    assert "«" in everything  # the condition's words


def test_json_is_the_report(check: Check, wrong: Path) -> None:
    result = check("--json", "-e", "2020b", wrong)
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    [report] = data["reports"]
    assert (report["ciod"], report["edition"], report["is_conformant"]) == (
        "ct-image",
        "2020b",
        False,
    )
    assert report["counts"]["violation"] == 2
    found = {finding["path"]: finding for finding in report["findings"]}
    assert found["KVP"] == {
        "code": "missing",
        "outcome": "violation",
        "path": "KVP",
        "message": "KVP is missing: it is of Type 2",
        "fix": "Add KVP, empty if it is unknown",
        "module": "CT Image",
        "type": "2",
        "section": "PS3.3 C.8.2.1, Table C.8-3",
        "link": "/ciods/ct-image/ct-image/00180060",
        "edition": "2020b",
        "condition": "",
    }
    assert (data["refused"], data["skipped"]) == ([], 0)


def test_sarif_is_what_code_scanners_read(check: Check, wrong: Path, clean: Path) -> None:
    result = check("--format", "sarif", "-e", "2020b", wrong, clean)
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"missing", "enumerated"}
    first = next(r for r in run["results"] if r["ruleId"] == "missing")
    assert first["level"] == "error"
    place = first["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == wrong.as_uri()
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "KVP"


def test_junit_is_what_build_servers_read(check: Check, wrong: Path, clean: Path) -> None:
    root = ET.fromstring(check("--format", "junit", "-e", "2020b", wrong, clean).stdout)
    suites = {Path(suite.attrib["name"]).name: suite for suite in root}
    assert suites["clean.dcm"].attrib["failures"] == "0"
    assert suites["wrong.dcm"].attrib["failures"] == "2"
    names = [case.attrib["name"] for case in suites["wrong.dcm"]]
    assert "missing KVP" in names


def test_xml_is_an_input_of_each_format(check: Check, tmp_path: Path) -> None:
    attribute = (
        '<DicomAttribute tag="00080016" vr="UI"><Value number="1">{}</Value></DicomAttribute>'
    )
    xml = f"<NativeDicomModel>{attribute.format('1.2.840.10008.5.1.4.1.1.2')}</NativeDicomModel>"
    (tmp_path / "a.xml").write_text(xml)
    (tmp_path / "cut.xml").write_text(xml[:-9])
    sarif = json.loads(check("--format", "sarif", tmp_path).stdout)["runs"][0]
    assert {one["ruleId"] for one in sarif["results"]} >= {"missing"}
    assert "cut.xml" in json.dumps(sarif["invocations"])
    junit = ET.fromstring(check("--format", "junit", tmp_path).stdout)
    assert [suite.get("errors", "0") for suite in junit] == ["0", "1"]
    from_input = CliRunner().invoke(main, ["check", "-"], input=xml)
    assert (from_input.exit_code, "CT Image" in from_input.stdout) == (1, True)


def test_a_folder_is_summed_up(check: Check, clean: Path, wrong: Path) -> None:
    (clean.parent / "notes.txt").write_text("nothing")
    result = check("--overview", "-e", "2020b", clean.parent)
    assert result.exit_code == 1
    assert "2 instances, 1 without violations" in result.stdout
    assert "1 other file is not a DICOM instance" in result.stdout
    assert "KVP is missing" not in result.stdout


def test_a_file_that_is_not_an_instance_is_one_line_and_ends_with_2(
    check: Check, clean: Path, tmp_path: Path
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("nothing of DICOM in here")
    result = check(text, clean)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"octome: {text} is not a DICOM instance")
    assert result.stderr.count("\n") == 1
    assert "CT Image" in result.stdout  # the other one was checked


def test_a_missing_file_is_one_line(check: Check, tmp_path: Path) -> None:
    result = check(tmp_path / "none.dcm")
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert result.stderr.count("\n") == 1


def test_en_face_images_are_computed_again_on_request(check: Check, study: Path) -> None:
    before = check("--recompute", study / "structure.dcm")
    assert "--recompute needs the folder" in before.stderr
    shown = check("--recompute", study).stdout
    assert "En face images, computed again:" in shown
    assert shown.count("r = 1.000000") == 13
    said = json.loads(check("--recompute", study, "--json").stdout)
    assert [image["is_off"] for image in said["recomputed"]] == [False] * 13
    image = dcmread(study / "enface" / "deep-flow.dcm")
    image[0x00221627].value[1][0x00660005].value += 4
    image.save_as(study / "enface" / "deep-flow.dcm")
    wrong = check("--recompute", study)
    assert wrong.exit_code == 1
    assert wrong.stdout.count("<- not what it states") == 1


def test_a_folder_without_instances_is_reported(check: Check, tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.exit_code, result.stderr) == (2, f"octome: no DICOM instance in {tmp_path}\n")


def test_a_missing_edition_is_one_line(check: Check, clean: Path) -> None:
    result = check("--edition", "1993", clean)
    assert result.exit_code == 2
    assert "there is no edition '1993'" in result.stderr


def test_a_check_that_is_stopped_does_not_look_like_violations(
    check: Check, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("octome.conformance.check.checker.Checker.check_encoded", stopped)
    result = check(clean)
    assert (result.exit_code, result.stderr) == (130, "octome: stopped\n")
