"""Contradictions between the instances of an OCT angiography, or within one of them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from contradiction import Contradiction, Outcome, compared, inside, put
from pydicom import dcmread
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many

FLOW, ENFACE, SURFACES = "flow-omag", "enface/superficial-flow", "surfaces"
FRAME = "PerFrameFunctionalGroupsSequence[5]"
SOURCE = f"{FRAME}.DerivationImageSequence[0].SourceImageSequence[0]"
PURPOSE = f"{SOURCE}.PurposeOfReferenceCodeSequence[0]"
SHARED = "SharedFunctionalGroupsSequence[0]"
CT = "1.2.840.10008.5.1.4.1.1.2"


def at(base: str, path: str, value: object) -> Contradiction:
    """An attribute, by its path, with another value."""
    where, _, keyword = path.rpartition(".")
    return Contradiction(base, path, put(keyword, value, where))


def for_a_structure(ds: Dataset) -> None:
    for item in ds.SourceImageSequence:
        item.PurposeOfReferenceCodeSequence[0].CodeValue = "128250"


def as_its_source(ds: Dataset) -> None:
    ds.SOPInstanceUID = inside(ds, SOURCE).ReferencedSOPInstanceUID


def in_the_volume_of_another_scan(ds: Dataset) -> None:
    groups = inside(ds, FRAME)
    position = groups.PlanePositionSequence[0].ImagePositionPatient
    groups.PlanePositionSequence[0].ImagePositionPatient = [value + 5 for value in position]


IN_A_CHAIN = [
    at(FLOW, "FrameOfReferenceUID", "2.25.9"),
    at(FLOW, "StudyDate", "19990101"),
    Contradiction(FLOW, "SOPInstanceUID", as_its_source),
    at(FLOW, f"{SOURCE}.ReferencedFrameNumber", 9),
    at(FLOW, f"{SOURCE}.ReferencedFrameNumber", 999),
    at(FLOW, f"{SOURCE}.ReferencedSOPClassUID", CT),
    Contradiction(FLOW, PURPOSE, put("CodeMeaning", "Pond", PURPOSE)),
    Contradiction(FLOW, "PerFrameFunctionalGroupsSequence", put("NumberOfFrames", 7)),
    at(FLOW, f"{SHARED}.PixelMeasuresSequence[0].PixelSpacing", ["0", "0"]),
    at(
        FLOW,
        f"{SHARED}.PlaneOrientationSequence[0].ImageOrientationPatient",
        ["1", "0", "0", "1", "0", "0"],
    ),
    Contradiction(ENFACE, "SourceImageSequence[0].PurposeOfReferenceCodeSequence", for_a_structure),
    at(ENFACE, "SourceImageSequence[0].ReferencedSOPClassUID", CT),
    at(ENFACE, "FrameOfReferenceUID", "2.25.9"),
    Contradiction(ENFACE, "HighBit", put("BitsStored", 12)),
    Contradiction(ENFACE, "PixelData", put("Rows", 7)),
    Contradiction(FLOW, f"{SOURCE}.ReferencedFrameNumber", in_the_volume_of_another_scan),
    at(SURFACES, "NumberOfSurfaces", 77),
    at(SURFACES, "SegmentSequence[1].SegmentNumber", 1),
    at(SURFACES, "FrameOfReferenceUID", "2.25.9"),
]


def outcome_in_a_chain(checker: Checker, study: Path, one: Contradiction) -> Outcome:
    """Plant one contradiction into a copy of an instance, next to what it is derived from."""
    clean = study / f"{one.base}.dcm"
    others = [study / f"{name}.dcm" for name in ("structure", FLOW, SURFACES) if name != one.base]
    ds = dcmread(BytesIO(clean.read_bytes()))
    one.plant(ds)
    with TemporaryDirectory() as folder:
        changed = Path(folder, "changed.dcm")
        changed.write_bytes(encoded(ds))
        return compared(one, _found(checker, [*others, clean]), _found(checker, [*others, changed]))


def _found(checker: Checker, files: Sequence[Path]) -> set[str]:
    return {
        finding.path
        for report in check_many(files, checker).reports
        for finding in report.findings
        if finding.outcome in ("violation", "warning")
    }
