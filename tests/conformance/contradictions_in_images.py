"""Contradictions of plans, slides and images of many frames that octome makes."""

from __future__ import annotations

from contradiction import Contradiction, again, inside, put
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make

BEAM, POINTS = "BeamSequence[0]", "BeamSequence[0].ControlPointSequence"
CONTOUR = "ROIContourSequence[0].ContourSequence[0]"
FRAME, SHARED = "PerFrameFunctionalGroupsSequence", "SharedFunctionalGroupsSequence[0]"
SLIDE, PLAN, REGIONS, DOSE = (
    "vl-whole-slide-microscopy-image", "rt-plan", "rt-structure-set", "rt-dose"
)  # fmt: skip


def made_instance(checker: Checker, name: str) -> bytes:
    """An instance of a CIOD with everything optional."""
    return encoded_instance(make(checker.book, name, all_optional=True))


def at(base: str, path: str, value: object) -> Contradiction:
    """An attribute, by its path, with another value."""
    where, _, keyword = path.rpartition(".")
    return Contradiction(base, path, put(keyword, value, where))


def same_number(ds: Dataset) -> None:
    again("StructureSetROISequence")(ds)


def third_of_two(ds: Dataset) -> None:
    ds.ConcatenationUID = "2.25.9"
    ds.InConcatenationNumber, ds.InConcatenationTotalNumber = 3, 2
    ds.ConcatenationFrameOffsetNumber = 0


def shared_too(ds: Dataset) -> None:
    own = inside(ds, f"{FRAME}[0]").PlanePositionSequence
    ds.SharedFunctionalGroupsSequence[0].PlanePositionSequence = own


IN_IMAGES = [
    at(PLAN, f"{BEAM}.NumberOfControlPoints", 9),
    at(PLAN, f"{BEAM}.NumberOfWedges", 9),
    at(PLAN, f"{BEAM}.NumberOfBlocks", 9),
    Contradiction(
        PLAN,
        f"{POINTS}[1].CumulativeMetersetWeight",
        put("FinalCumulativeMetersetWeight", 9, BEAM),
    ),
    at(PLAN, f"{POINTS}[1].ControlPointIndex", 7),
    at(PLAN, f"{POINTS}[0].CumulativeMetersetWeight", 9),
    at(PLAN, "FractionGroupSequence[0].NumberOfBeams", 9),
    at(REGIONS, "ROIContourSequence[0].ReferencedROINumber", 99),
    at(REGIONS, "RTROIObservationsSequence[0].ReferencedROINumber", 99),
    at(REGIONS, f"{CONTOUR}.NumberOfContourPoints", 9),
    at(REGIONS, f"{CONTOUR}.ContourData", ["0", "0"]),
    Contradiction(REGIONS, "StructureSetROISequence", same_number),
    at(DOSE, "BitsStored", 12),
    at(DOSE, "GridFrameOffsetVector", ["0", "1", "2"]),
    at(DOSE, "DoseUnits", "FROGS"),
    at(DOSE, "ImageOrientationPatient", ["1", "0", "0", "1", "0", "0"]),
    at(SLIDE, "NumberOfOpticalPaths", 7),
    at(SLIDE, "PositionReferenceIndicator", "POND"),
    at(SLIDE, "ImagedVolumeDepth", 0.0),
    at(SLIDE, "ImagedVolumeWidth", 99.0),
    at(SLIDE, "NumberOfFrames", 3),
    Contradiction(SLIDE, "NumberOfFrames", put("TotalPixelMatrixColumns", 40)),
    at(SLIDE, "SpecimenLabelInImage", "FROG"),
    at(SLIDE, "ImageOrientationSlide", ["1", "0", "0", "1", "0", "0"]),
    Contradiction(SLIDE, "OpticalPathSequence", again("OpticalPathSequence")),
    at("segmentation", "SegmentSequence[0].SegmentNumber", 5),
    at(
        "segmentation",
        f"{SHARED}.SegmentIdentificationSequence[0].ReferencedSegmentNumber",
        9,
    ),
    at("enhanced-ct-image", f"{FRAME}[0].FrameContentSequence[0].DimensionIndexValues", 0),
    at("enhanced-ct-image", f"{FRAME}[0].FrameContentSequence[0].DimensionIndexValues", [1, 1]),
    at("enhanced-ct-image", "DimensionIndexSequence[0].FunctionalGroupPointer", 0x00289110),
    Contradiction("enhanced-ct-image", FRAME, put("NumberOfFrames", 5)),
    at("enhanced-ct-image", f"{FRAME}[0].FrameContentSequence[0].InStackPositionNumber", 0),
    at(
        "enhanced-ct-image",
        f"{SHARED}.PixelMeasuresSequence[0].PixelSpacing",
        ["0", "0"],
    ),
    at(
        "enhanced-ct-image",
        f"{SHARED}.PlaneOrientationSequence[0].ImageOrientationPatient",
        ["1", "0", "0", "1", "0", "0"],
    ),
    Contradiction("enhanced-mr-image", "InConcatenationNumber", third_of_two),
    Contradiction(
        "enhanced-mr-image",
        f"{SHARED}.PlanePositionSequence",
        shared_too,
    ),
]
