"""What instances have to say of each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many

COMMON = {"instance-twice", "disagreement", "reference-class", "reference-frame", "purpose", "frame-of-reference", "series-of-two-kinds", "derivation-frame"}  # fmt: skip  # noqa: E501
Save = Callable[[Dataset, str], Path]


def between(checker: Checker, *paths: Path) -> list[tuple[str, str, str]]:
    """File, code and path of what instances say of each other."""
    checked = check_many(paths, checker)
    return [
        (Path(report.file).name, finding.code, finding.path)
        for report in checked.reports
        for finding in report.findings
        if finding.code in COMMON
    ]


@pytest.fixture
def changed(made_chain, saved: Save) -> Callable[[str, Callable[[Dataset], None]], Path]:  # type: ignore[no-untyped-def]
    def change(name: str, how: Callable[[Dataset], None]) -> Path:
        ds = dcmread(made_chain.file(name))
        how(ds)
        return saved(ds, f"{Path(name).name}.dcm")

    return change


def test_the_chain_agrees_with_itself(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    assert between(checker, made_chain.folder) == []


def test_another_frame_of_reference_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    flow = changed("flow-omag", lambda ds: setattr(ds, "FrameOfReferenceUID", "2.25.9"))
    found = between(checker, made_chain.file("structure"), flow)
    assert found == [("flow-omag.dcm", "frame-of-reference", "FrameOfReferenceUID")]


def test_two_kinds_in_one_series_are_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    structure = dcmread(made_chain.file("structure"), stop_before_pixels=True)

    def into_its_series(ds: Dataset) -> None:
        ds.SeriesInstanceUID = structure.SeriesInstanceUID

    flow = changed("flow-omag", into_its_series)
    codes = [code for _, code, _ in between(checker, made_chain.file("structure"), flow)]
    assert codes == ["disagreement", "series-of-two-kinds"]  # Modality differs too


def test_a_purpose_that_does_not_fit_its_target_is_found(
    made_chain, changed, checker: Checker
) -> None:  # type: ignore[no-untyped-def]
    def say_structure(ds: Dataset) -> None:
        for item in ds.SourceImageSequence:
            item.PurposeOfReferenceCodeSequence[0].CodeValue = "128250"

    enface = changed("enface/superficial-flow", say_structure)
    path = "SourceImageSequence[0].PurposeOfReferenceCodeSequence"
    assert between(checker, enface) == [("superficial-flow.dcm", "purpose", path)]


def test_a_reference_to_another_sop_class_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    def say_ct(ds: Dataset) -> None:
        ds.SourceImageSequence[0].ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"

    enface = changed("enface/retina-structure", say_ct)
    codes = {code for _, code, _ in between(checker, enface, made_chain.file("structure"))}
    assert codes == {"reference-class", "purpose"}


def source_of(ds: Dataset, frame: int) -> Dataset:
    groups = ds.PerFrameFunctionalGroupsSequence[frame]
    return groups.DerivationImageSequence[0].SourceImageSequence[0]


def test_a_frame_that_is_not_there_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    flow = changed("flow-omag", lambda ds: setattr(source_of(ds, 5), "ReferencedFrameNumber", 41))
    [(_, code, path)] = between(checker, made_chain.file("structure"), flow)
    assert code == "reference-frame"
    assert path.startswith("PerFrameFunctionalGroupsSequence[5].")


def test_a_frame_from_elsewhere_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    flow = changed("flow-omag", lambda ds: setattr(source_of(ds, 5), "ReferencedFrameNumber", 9))
    [(_, code, path)] = between(checker, made_chain.file("structure"), flow)
    assert code == "derivation-frame"
    assert path.startswith("PerFrameFunctionalGroupsSequence[5].")


def test_one_uid_for_two_files_is_found(ct: Dataset, saved: Save, checker: Checker) -> None:
    paths = [saved(ct, "one.dcm"), saved(ct, "two.dcm")]
    assert between(checker, *paths) == [("two.dcm", "instance-twice", "SOPInstanceUID")]


def test_a_study_of_two_patients_is_found(ct: Dataset, saved: Save, checker: Checker) -> None:
    first = saved(ct, "one.dcm")
    ct.SOPInstanceUID, ct.PatientID = "2.25.99", "2"
    assert between(checker, first, saved(ct, "two.dcm")) == [
        ("two.dcm", "disagreement", "PatientID")
    ]
