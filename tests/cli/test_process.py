"""`octome process` as a user types it, and arguments that no command of the chain accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pydicom
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from vol_scan import PATTERNS

from octome.cli.main import main
from octome.instances.device import empty_profile


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_process_reports_new_and_existing_instances(made_chain, tmp_path: Path) -> None:
    words = ("process", made_chain.scan, tmp_path / "out", "--slabs", "superficial,RNFL..OPL")
    first = run(*words, "--compress", "jpeg-ls", "--no-raw", "--algorithm", "speckle-variance")
    assert (first.exit_code, first.stderr) == (0, "")
    assert "C  flow-speckle-variance.dcm" in first.stdout
    assert "RNFL..OPL-flow.dcm" in first.stdout
    assert "7 instances written, in" in first.stdout
    ds = pydicom.dcmread(tmp_path / "out" / "flow-speckle-variance.dcm")
    assert ds.file_meta.TransferSyntaxUID.name == "JPEG-LS Lossless Image Compression"
    picture = ("--picture", tmp_path / "sheet.png", "--algorithm", "speckle-variance")
    again = run(*words, "--compress", "jpeg-ls", "--no-raw", *picture)
    with Image.open(tmp_path / "sheet.png") as image:
        assert image.size[0] > 1200
    assert "0 instances written, 7 already existed" in again.stdout


def test_process_as_data(made_chain, study: Path) -> None:
    result = run("process", made_chain.scan, study, "--height-map", "--json")
    said = json.loads(result.stdout)
    assert (said["made"], said["found_finished"]) == (0, 18)
    structure = next(each for each in said["instances"] if each["letter"] == "B")
    assert structure["links"][0]["purpose"] == "Source image for image processing operation"


def test_the_patient_is_given_on_the_command_line(made_chain, tmp_path: Path) -> None:
    patient = ("--patient-name", "Müller^Änne", "--patient-id", "7", "--patient-sex", "F")
    words = ("process", made_chain.scan, tmp_path, *patient, "--slabs", "retina", "--no-raw")
    assert run(*words).exit_code == 0
    ds = pydicom.dcmread(tmp_path / "structure.dcm")
    assert ds.PatientName == "Müller^Änne"
    assert ds.SpecificCharacterSet == "ISO_IR 192"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["process", "nowhere.h5", "out"], "cannot read nowhere.h5: No such file"),
        (["process", "{text}", "out"], "text.txt is not a vendor file that octome reads: .vol"),
        (["process", "{scan}", "out", "--algorithm", "magic"], "no flow algorithm 'magic'"),
        (["process", "{scan}", "out", "--slabs", "deepest"], "no slab 'deepest'"),
        (
            ["process", "{scan}", "out", "--slabs", "whole", "--enface-profile", "2024c"],
            "needs --enface-profile 2024d",
        ),
        (["process", "{scan}", "out", "--compress", "zip"], "no compression 'zip'"),
        (["process", "{scan}", "out", "--acquired", "today"], "'today' is not a time"),
        (["process", "{scan}", "out", "--patient-birth-date", "May"], "'May' is not a date"),
        (["process", "{scan}", "out", "--repeats", "2"], "given together"),
        (["process", "{scan}", "out", "--laterality", "L"], "states that this eye is R"),
        (["process", "{surfaces}", "out"], "a chain begins with Raw Data or"),
        (["process", "{scan}", "out", "--spacing-mm", "1,1,1"], "--spacing-mm belongs to a device"),
        (["process", "{scan}", "out", "--flow-file", "{text}"], "--flow-file belongs to a device"),
        (["process", "{scan}", "out", "--patient-name", "A=B=C=D"], "'A=B=C=D' is not a name"),
        (["process", "{scan}", "out", "--picture", "{text}"], "text.txt already exists and is not"),
        (["enface", "{study}", "--slab", "deep", "--picture", "{text}"], "is not overwritten"),
        (["enface", "{study}"], "give a slab: --slab NAME"),
        (["enface", "{study}", "--upper", "ILM"], "give a slab: --slab NAME"),
        (["enface", "{study}", "--slab", "deep", "--type", "deeper"], "no slab 'deeper'"),
        (["enface", "nowhere", "--slab", "deep"], "there is no such folder"),
        (["segment", "{scan}"], "it is a file"),
        (["tree", "nowhere"], "there is no such folder"),
        (["profile", "{scan}"], "already exists"),
    ],
)
def test_an_impossible_command_gets_one_line_and_leaves_nothing(
    made_chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("no scan at all\n" * 20)
    names = {
        "text": tmp_path / "text.txt",
        "scan": made_chain.scan,
        "study": made_chain.folder,
        "surfaces": made_chain.file("surfaces"),
    }
    result = run(*(word.format(**names) for word in words))
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_a_scan_without_repeats_gives_all_but_flow(tmp_path: Path) -> None:
    scan, out = tmp_path / "scan.h5", tmp_path / "out"
    made = run("simulate", scan, "--size", "8x1x64x768", "--field", "0.8")
    assert made.exit_code == 0, made.stderr
    result = run("process", scan, out, "--slabs", "retina", "--json")
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert [each["letter"] for each in said["instances"]] == ["A", "B", "D1", "E"]
    assert said["left_out"] == []
    raw = pydicom.dcmread(out / "raw.dcm", stop_before_pixels=True)
    assert "flow" not in str(raw).lower()
    refused = run("process", scan, tmp_path / "other", "--algorithm", "omag")
    assert "flow needs 2 or more repeats" in refused.stderr


def test_a_single_bscan_gives_structure_and_surfaces(tmp_path: Path) -> None:
    scan, out = tmp_path / "scan.h5", tmp_path / "out"
    assert run("simulate", scan, "--size", "1x2x64x768", "--field", "0.8").exit_code == 0
    result = run("process", scan, out, "--json")
    assert result.exit_code == 0, result.stderr
    said = json.loads(result.stdout)
    assert [each["letter"] for each in said["instances"]] == ["A", "B", "D1"]
    refused = run("process", scan, tmp_path / "other", "--slabs", "retina")
    assert "only such a raster has en face images" in refused.stderr
    assert not (tmp_path / "other" / "structure.dcm").exists()


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("raster", "retina-structure.dcm"),
        ("star", "no en face images"),
        ("uneven", "missing here: 2 after B-scan 2, 2 after B-scan 4 (counted from 0)"),
        ("circle", "RNFL"),
    ],
)
def test_a_vendor_file_with_its_fundus_picture(pattern: str, said: str, tmp_path: Path) -> None:
    file, profile = tmp_path / "scan.vol", tmp_path / "device.toml"
    file.write_bytes(PATTERNS[pattern]().bytes)
    text = (
        empty_profile()
        .replace("= nan", "= 1.5")
        .replace('detector_type = ""', 'detector_type = "CCD"')
    )
    profile.write_text(text.replace('""', '"7"'))
    result = run("process", file, tmp_path / "out", "--profile", profile)
    assert result.exit_code == 0, result.stderr
    assert "fundus.dcm" in result.stdout
    assert said in result.stdout
