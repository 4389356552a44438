"""How long a check takes once warm, next to dciodvfy and dicom-validator on the same files."""

from __future__ import annotations

import logging
import re
import subprocess
from pathlib import Path

import pydicom.data
import pytest
from dciodvfy import ABSENT, PROGRAM

from octome.conformance.check.checker import Checker
from octome.standard.library import Library

FILES = Path(pydicom.data.__file__).parent / "test_files"
SMALL = [FILES / name for name in ("CT_small.dcm", "MR_small.dcm", "rtdose.dcm", "rtplan.dcm")]
SHARED = Path(__file__).parents[3] / "shared" / "data"
# Of the classes that the excerpt of PS3.3 has which dicom-validator is given.
COMMON = [FILES / "CT_small.dcm", FILES / "rtdose.dcm"]
needs_dciodvfy = pytest.mark.skipif(PROGRAM is None, reason=ABSENT)


@pytest.fixture(scope="session")
def checker(library: Library) -> Checker:
    """Warm: it has checked each file once."""
    checker = Checker(library, "2020b")
    for path in SMALL:
        checker.check(path)
    return checker


def bench_check_four_small_files(benchmark, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    reports = benchmark(lambda: [checker.check(path) for path in SMALL])
    assert [report.title for report in reports] == ["CT Image", "MR Image", "RT Dose", "RT Plan"]


@needs_dciodvfy
def bench_dciodvfy_on_four_small_files(benchmark) -> None:  # type: ignore[no-untyped-def]
    def run() -> int:
        done = [subprocess.run([str(PROGRAM), p], capture_output=True, check=False) for p in SMALL]
        return len(done)

    assert benchmark(run) == len(SMALL)


def bench_check_what_dicom_validator_knows(benchmark, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    reports = benchmark(lambda: [checker.check(path) for path in COMMON])
    assert len(reports) == len(COMMON)


@pytest.fixture(scope="session")
def validator(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """dicom-validator over the excerpt of the official DocBook."""
    reader_module = pytest.importorskip("dicom_validator.spec_reader.edition_reader")
    from dicom_validator.validator.dicom_file_validator import DicomFileValidator

    folder = tmp_path_factory.mktemp("dicom-validator")
    docbook = folder / "2016c" / "docbook"
    docbook.mkdir(parents=True)
    for part in (SHARED / "docbook-excerpt").glob("*.xml"):
        # The excerpt has parts twice, which its parser refuses by their ids.
        text = re.sub(r' xml:id="[^"]*"', "", part.read_text("utf-8"))
        (docbook / part.name).write_text(text, "utf-8")
    logging.getLogger().setLevel(logging.CRITICAL)
    reader = reader_module.EditionReader(folder)
    reader.json_path("2016c").mkdir()
    reader.create_json_files("2016c")
    return DicomFileValidator(reader.load_dicom_info("2016c"), log_level=logging.CRITICAL)


@pytest.mark.shared
def bench_dicom_validator(benchmark, validator) -> None:  # type: ignore[no-untyped-def]
    results = benchmark(lambda: [validator.validate(path) for path in COMMON])
    assert [next(iter(result.values())).status.name for result in results] == ["Failed", "Failed"]


def bench_check_300_frames(benchmark, checker: Checker, volume: Path) -> None:  # type: ignore[no-untyped-def]
    report = benchmark(checker.check, volume)
    assert report.ciod == "enhanced-xa-image"


@pytest.fixture(scope="session")
def segmentation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A segmentation of 5,000 frames of 64 x 64, four functional groups each: 5 MB."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    def one(**attributes: object) -> list[Dataset]:
        item = Dataset()
        for keyword, value in attributes.items():
            setattr(item, keyword, value)
        return [item]

    def frame(number: int) -> Dataset:
        derived = one(CodeValue="113076", CodingSchemeDesignator="DCM", CodeMeaning="Segmentation")
        source = one(
            ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2",
            ReferencedSOPInstanceUID=f"2.25.{number + 10}",
            SpatialLocationsPreserved="YES",
        )
        [found] = one(
            DerivationImageSequence=one(DerivationCodeSequence=derived, SourceImageSequence=source),
            FrameContentSequence=one(DimensionIndexValues=[1, number + 1]),
            PlanePositionSequence=one(ImagePositionPatient=["0", "0", str(number)]),
            SegmentIdentificationSequence=one(ReferencedSegmentNumber=1),
        )
        return found

    [ds] = one(SOPClassUID="1.2.840.10008.5.1.4.1.1.66.4", SOPInstanceUID="2.25.1")
    ds.NumberOfFrames, ds.Rows, ds.Columns = 5000, 64, 64
    ds.BitsAllocated, ds.BitsStored, ds.HighBit = 1, 1, 0
    ds.SamplesPerPixel, ds.PixelRepresentation, ds.PhotometricInterpretation = 1, 0, "MONOCHROME2"
    ds.SegmentationType = "BINARY"
    ds.PerFrameFunctionalGroupsSequence = [frame(number) for number in range(5000)]
    ds.PixelData = bytes(5000 * 64 * 64 // 8)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    path = tmp_path_factory.mktemp("segmentation") / "segmentation.dcm"
    ds.save_as(path, enforce_file_format=True)
    return path


def bench_check_5_000_frames(benchmark, checker: Checker, segmentation: Path) -> None:  # type: ignore[no-untyped-def]
    report = benchmark(checker.check, segmentation)
    assert report.ciod == "segmentation"


@needs_dciodvfy
def bench_dciodvfy_on_5_000_frames(benchmark, segmentation: Path) -> None:  # type: ignore[no-untyped-def]
    command = [str(PROGRAM), segmentation]
    done = benchmark(subprocess.run, command, capture_output=True, check=False)
    assert b"Segmentation" in done.stdout + done.stderr


def bench_check_200_000_empty_items(benchmark, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    content = _with_empty_items(200_000)
    report = benchmark(checker.check, content)
    assert len(report.findings) < 200


def _with_empty_items(count: int) -> bytes:
    """A CT image with that many empty items in Referenced Image Sequence."""
    whole = SMALL[0].read_bytes()
    at = whole.index(b"\x10\x00\x10\x00PN")  # Patient's Name, the first of the next group
    items = b"\xfe\xff\x00\xe0" + bytes(4)
    head = b"\x08\x00\x40\x11SQ\0\0" + (len(items) * count).to_bytes(4, "little")
    return whole[:at] + head + items * count + whole[at:]


@needs_dciodvfy
def bench_dciodvfy_on_300_frames(benchmark, volume: Path) -> None:  # type: ignore[no-untyped-def]
    done = benchmark(subprocess.run, [str(PROGRAM), volume], capture_output=True, check=False)
    assert b"EnhancedXAImage" in done.stdout + done.stderr


@pytest.fixture(scope="session")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Enhanced XA image of 300 frames of 256 x 256, four functional groups each: 39 MB."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.12.1.1", "2.25.1"
    ds.Rows = ds.Columns = 256
    ds.NumberOfFrames, ds.BitsAllocated, ds.BitsStored, ds.HighBit = 300, 16, 16, 15
    ds.SamplesPerPixel, ds.PixelRepresentation, ds.PhotometricInterpretation = 1, 0, "MONOCHROME2"
    ds.SharedFunctionalGroupsSequence = [Dataset()]
    ds.PerFrameFunctionalGroupsSequence = [_frame(number) for number in range(300)]
    ds.PixelData = bytes(300 * 256 * 256 * 2)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    path = tmp_path_factory.mktemp("volume") / "volume.dcm"
    ds.save_as(path, enforce_file_format=True)
    return path


def _frame(number: int):  # type: ignore[no-untyped-def]
    from pydicom.dataset import Dataset

    def one(**attributes: object) -> list[Dataset]:
        item = Dataset()
        for keyword, value in attributes.items():
            setattr(item, keyword, value)
        return [item]

    frame = Dataset()
    frame.FrameContentSequence = one(
        FrameReferenceDateTime="20260131120000",
        FrameAcquisitionDateTime="20260131120000",
        FrameAcquisitionDuration=1.0,
        StackID="1",
        InStackPositionNumber=number + 1,
        DimensionIndexValues=[number + 1],
    )
    region = one(CodeValue="80891009", CodingSchemeDesignator="SCT", CodeMeaning="Heart")
    frame.FrameAnatomySequence = one(FrameLaterality="U", AnatomicRegionSequence=region)
    frame.FramePixelDataPropertiesSequence = one(
        FrameType=["ORIGINAL", "PRIMARY", "SINGLE PLANE", "NONE"],
        PixelIntensityRelationship="LOG",
        PixelIntensityRelationshipSign=-1,
        GeometricalProperties="UNIFORM",
    )
    frame.FrameDisplayShutterSequence = one(
        ShutterShape="CIRCULAR", CenterOfCircularShutter=[128, 128], RadiusOfCircularShutter=100
    )
    return frame
