"""Values, and values that follow from others: rows of the table, good and bad."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.item_rules import item_rules

FRAMES = "SharedFunctionalGroupsSequence[0].XAXRFFrameCharacteristicsSequence[0]"
MR, MAP = (f"1.2.840.10008.5.1.4.1.1.{kind}" for kind in ("4", "81.1"))


def icon(**values: object) -> Dataset:
    return dataset(IconImageSequence=[dataset(**values)])


def palette_of(bits: int, sop_class: str) -> Dataset:
    return dataset(
        SOPClassUID=f"1.2.840.10008.5.1.4.{sop_class}",
        RedPaletteColorLookupTableDescriptor=[256, 0, bits],
    )


def cda(**values: object) -> Dataset:
    return dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.104.2",
        MIMETypeOfEncapsulatedDocument="text/XML",
        **values,
    )


def angiogram(fourth: str, of_frame: str = "NONE") -> Dataset:
    """An enhanced X-ray angiogram with a fourth value of its Image Type, and of its frames."""
    kinds = ["ORIGINAL", "PRIMARY", "SINGLE PLANE"]
    frame = dataset(XAXRFFrameCharacteristicsSequence=[dataset(FrameType=[*kinds, of_frame])])
    return dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.12.1.1",
        ImageType=[*kinds, fourth],
        SharedFunctionalGroupsSequence=[frame],
    )


def mask(sop_class: str) -> Dataset:
    item = dataset(MaskOperation="AVG_SUB", ApplicableFrameRange=[1, 2])
    return dataset(SOPClassUID=f"1.2.840.10008.5.1.4.{sop_class}", MaskSubtractionSequence=[item])


def motion(kind: str, **values: object) -> Dataset:
    return dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.12.1", PositionerMotion=kind, **values)


@pytest.mark.parametrize(
    ("ds", "expected"),
    [
        (dataset(NumberOfFrames=0), ["violation range NumberOfFrames"]),
        (dataset(NumberOfFrames=1), []),
        (
            dataset(ImagePlanePixelSpacing=[0.5, -0.5]),
            ["violation range ImagePlanePixelSpacing"],
        ),
        (dataset(ImagePlanePixelSpacing=[0.5, 0]), []),  # right of a single column
        (dataset(RadiationType="PHOTON", NominalBeamEnergyUnit="MV"), []),
        (
            dataset(RadiationType="ELECTRON", NominalBeamEnergyUnit="MV"),
            ["violation enumerated NominalBeamEnergyUnit"],
        ),
        (dataset(ImageType=["DERIVED", "PRIMARY", "TOMO"], NumberOfDetectors=2), []),
        (
            dataset(ImageType=["DERIVED", "PRIMARY", "RECON TOMO"], NumberOfDetectors=2),
            ["violation enumerated NumberOfDetectors"],
        ),
        (dataset(RotationAngle=361.0), ["violation range RotationAngle"]),
        (dataset(PixelAspectRatio=[1, 2]), []),
        (dataset(PixelAspectRatio=[0, 1]), ["violation range PixelAspectRatio"]),
        (
            dataset(SOPClassUID=MR, PixelAspectRatio=[1, 2], PixelSpacing=[1, 2]),
            ["violation excluded PixelAspectRatio"],
        ),
        # The map of a thickness has both.
        (dataset(SOPClassUID=MAP, PixelAspectRatio=[1, 1], PixelSpacing=[1, 2]), []),
        (dataset(FileSetConsistencyFlag=0), []),
        (icon(Rows=128, Columns=64), []),
        (icon(Rows=256, Columns=64), ["warning range IconImageSequence[0].Rows"]),
        (icon(Rows=64, Columns=129), ["warning range IconImageSequence[0].Columns"]),
        (angiogram("NONE"), []),
        (angiogram("SUB"), ["warning enumerated ImageType"]),
        (angiogram("NONE", "SUB"), [f"warning enumerated {FRAMES}.FrameType"]),
        (dataset(CompoundGraphicType="CROSSHAIR", TickAlignment="CENTER"), []),
        (dataset(CompoundGraphicType="RULER", TickAlignment="TOP"), []),
        (
            dataset(CompoundGraphicType="CROSSHAIR", TickAlignment="TOP"),
            ["violation enumerated TickAlignment"],
        ),
        (dataset(RelativeURIReferenceWithinEncapsulatedDocument="./tea/frog.mtl"), []),
        *(
            (
                dataset(RelativeURIReferenceWithinEncapsulatedDocument=path),
                ["violation value-format RelativeURIReferenceWithinEncapsulatedDocument"],
            )
            for path in ("/frog.mtl", "../frog.mtl", "c:/frog.mtl")
        ),
        (dataset(DisplaySetPatientOrientation=["LP", "F"]), []),
        (dataset(DisplaySetPatientOrientation=["X", "F"]), []),
        (
            dataset(DisplaySetPatientOrientation=["XL", "F"]),
            ["violation value-format DisplaySetPatientOrientation"],
        ),
        (
            dataset(DisplaySetPatientOrientation=["LEFT", "F"]),
            ["violation value-format DisplaySetPatientOrientation"],
        ),
        (mask("1.1.11.1"), ["violation excluded MaskSubtractionSequence[0].ApplicableFrameRange"]),
        (mask("1.1.12.1"), []),
        (mask("1.1.11.5"), []),
        (cda(HL7InstanceIdentifier="2.25.1"), []),
        (cda(), ["violation missing HL7InstanceIdentifier"]),
        (dataset(FileSetConsistencyFlag=65535), ["violation enumerated FileSetConsistencyFlag"]),
        (dataset(ReferencedFileID=["DIR", "FILE_1"]), []),
        (dataset(ReferencedFileID=["DIRECTORY1"]), ["violation value-format ReferencedFileID"]),
        (dataset(NTPSourceAddress="192.168.1.1"), []),
        (dataset(NTPSourceAddress="12:34::f0"), []),
        (dataset(NTPSourceAddress="frog.pond"), ["violation value-format NTPSourceAddress"]),
        (dataset(ThreeDRenderingType=["", "MIP"]), ["violation empty ThreeDRenderingType"]),
        (dataset(RTPlanGeometry="TREATMENT_DEVICE"), []),
        (dataset(RTPlanGeometry="PATIENT"), ["violation missing ReferencedStructureSetSequence"]),
        (dataset(PhotometricInterpretation="MONOCHROME2", WindowCenter=1), []),
        (
            dataset(PhotometricInterpretation="RGB", WindowCenter=1),
            ["warning excluded WindowCenter"],
        ),
        (dataset(StartTrim=1, StopTrim=1), []),
        (dataset(StartTrim=2, StopTrim=1), ["violation range StopTrim"]),
        (
            dataset(ReferencedStartControlPointIndex=3, ReferencedStopControlPointIndex=5),
            ["violation range ReferencedStopControlPointIndex"],
        ),
        (
            dataset(BeamDoseType="PHYSICAL", AlternateBeamDoseType="PHYSICAL"),
            ["violation enumerated AlternateBeamDoseType"],
        ),
        (motion("STATIC"), []),
        (motion("DYNAMIC", NumberOfFrames=2), []),
        (motion("DYNAMIC"), ["violation enumerated PositionerMotion"]),
        (icon(BitsAllocated=8), []),
        (icon(BitsAllocated=16), ["warning enumerated IconImageSequence[0].BitsAllocated"]),
        (dataset(BitsAllocated=16), []),
        (palette_of(8, "39.1"), []),
        (palette_of(16, "1.1.7"), []),
        (palette_of(16, "39.1"), ["violation enumerated RedPaletteColorLookupTableDescriptor"]),
        (dataset(Laterality="R", ImageLaterality="B"), []),
        (dataset(Laterality="R", ImageLaterality="L"), ["violation enumerated ImageLaterality"]),
    ],
)
def test_a_data_set_follows_the_table(ds: Dataset, expected: list[str]) -> None:
    assert found_by(item_rules, ds) == expected


@pytest.mark.parametrize(("label", "is_wrong"), [("YES", False), ("NO", True)])
def test_an_overview_of_a_slide_has_its_label(label: str, is_wrong: bool) -> None:
    ds = dataset(ImageType=["ORIGINAL", "PRIMARY", "OVERVIEW"], SpecimenLabelInImage=label)
    assert found_by(item_rules, ds) == ["violation enumerated SpecimenLabelInImage"] * is_wrong
