"""The OCT-A chain that octome writes, checked against the Standard."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest
from small_instance import encoded
from spectralis import SPECTRALIS
from vol_scan import PATTERNS

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Finding
from octome.conformance.check.many import check_many
from octome.instances.enface_profile import EnfaceProfile
from octome.pipeline.chain import process
from octome.pipeline.request import Request
from octome.standard.library import Library


def wrong(checker: Checker, folder: Path) -> list[tuple[str, Finding]]:
    checked = check_many([folder], checker)
    assert len(checked.reports) > 10
    return [
        (report.title, finding)
        for report in checked.reports
        for finding in report.findings
        if finding.outcome in ("violation", "warning")
    ]


def test_the_chain_follows_the_current_edition(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    assert wrong(checker, made_chain.folder) == []


def test_the_older_profile_follows_2020b(  # type: ignore[no-untyped-def]
    made_chain, checker_2020: Checker, tmp_path: Path
) -> None:
    request = Request(enface_profile="2024c", with_raw=False, with_height_map=True)
    process(made_chain.scan, tmp_path, request)
    found = {finding.code for _, finding in wrong(checker_2020, tmp_path)}
    # The height map is newer, and so is its code of the EZ.
    assert found == {"sop-class-unknown", "code-unknown"}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_scans_of_every_pattern_follow_it(
    checker: Checker, checker_2020: Checker, tmp_path: Path, pattern: str
) -> None:
    (tmp_path / "scan.vol").write_bytes(PATTERNS[pattern]().bytes)
    profiles: dict[EnfaceProfile, Checker] = {"2024d": checker, "2024c": checker_2020}
    for profile, each in profiles.items():
        study = tmp_path / profile
        request = Request(profile=SPECTRALIS, enface_profile=profile)
        process(tmp_path / "scan.vol", study, request)
        checked = check_many([study], each)
        found = [finding for report in checked.reports for finding in report.findings]
        assert len(checked.reports) >= 4
        assert [one for one in found if one.outcome in ("violation", "warning")] == []


@pytest.mark.parametrize("compression", ["rle", "htj2k"])
def test_compressed_instances_follow_it_too(  # type: ignore[no-untyped-def]
    made_chain, checker: Checker, tmp_path: Path, compression: str
) -> None:
    request = Request(compression=compression, slabs=("retina",), with_raw=False)
    for made in process(made_chain.scan, tmp_path, request):
        report = checker.check(made.path)
        assert report.is_conformant, (made.path.name, report.findings[0])


def test_a_removed_attribute_is_found(made_chain, library: Library, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    ds = pydicom.dcmread(made_chain.file("height-map"))
    del ds.ContentLabel
    del ds.SegmentSequence[1].SegmentAlgorithmType
    del ds.FloatPixelPaddingRangeLimit
    ds.SoftwareVersions = ""
    left_out = {"missing", "empty"}
    found = {f.path: f.outcome for f in checker.check(encoded(ds)).findings if f.code in left_out}
    assert found == {
        "ContentLabel": "violation",
        # Its condition is that of an older edition.
        "FloatPixelPaddingRangeLimit": "undecided",
        "SegmentSequence[1].SegmentAlgorithmType": "violation",
        "SoftwareVersions": "violation",
    }
