"""Values that need knowledge of what an attribute means.

`ALWAYS` has what stands whatever a list says; `OTHERWISE` what stands where no list gives a value.
A row is a constant, or a function of the spot. Names are those of `choice.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from octome.conformance.made import document
from octome.conformance.made.modality import modality
from octome.conformance.made.reference import (
    referenced_class,
    referenced_instance,
    series_uid,
)
from octome.conformance.made.spot import Spot

IN_STACK_POSITION, FRAME_CONTENT = 0x00209057, 0x00209111
FRAME_TIME = 0x00181063
AXIAL = ["1", "0", "0", "0", "1", "0"]
PALETTE_DESCRIPTOR = [256, 0, 16]
RAMP = b"".join(bytes((0, level)) for level in range(256))
ALWAYS: dict[str, object] = {
    # Identity: PS3.3 C.12.1, C.7.1.1, C.7.2.1, C.7.3.1, C.7.4.1.
    "SOPClassUID": lambda spot: spot.plan.sop_class,
    "SOPInstanceUID": lambda spot: spot.plan.own_uid,
    "StudyInstanceUID": lambda spot: spot.plan.uid("study"),
    "SeriesInstanceUID": series_uid,
    "FrameOfReferenceUID": lambda spot: spot.plan.uid("frame of reference"),
    "ReferencedFrameOfReferenceUID": lambda spot: spot.plan.uid("frame of reference"),
    "Modality": modality,
    "PatientID": lambda spot: f"MADE-{spot.plan.seed}",
    "PatientBirthDate": "19700101",
    "PatientSex": "O",
    "SpecificCharacterSet": "ISO_IR 192",
    # References: PS3.3 10.3, 10.8.
    "ReferencedSOPClassUID": referenced_class,
    "ReferencedSOPInstanceUID": referenced_instance,
    # Dimensions: PS3.3 C.7.6.17. One, along the stack.
    "DimensionOrganizationUID": lambda spot: spot.plan.uid("dimension organization"),
    "DimensionIndexPointer": IN_STACK_POSITION,
    "FunctionalGroupPointer": FRAME_CONTENT,
    "DimensionIndexValues": lambda spot: spot.frame + 1,
    "InStackPositionNumber": lambda spot: spot.frame + 1,
    "FrameAcquisitionNumber": lambda spot: spot.frame + 1,
    # Pixels: PS3.3 C.7.6.3. The rest of them is arranged by `pixel.py`.
    "Rows": 4,
    "Columns": 4,
    "PlanarConfiguration": 0,
    "PixelRepresentation": 0,
    "HighBit": lambda spot: int(spot.ds.get("BitsStored") or 16) - 1,
    "PixelAspectRatio": ["1", "1"],
    # Geometry: PS3.3 C.7.6.2, C.7.6.16.2.3, C.7.6.16.2.4.
    "ImageOrientationPatient": AXIAL,
    "ImageOrientationSlide": AXIAL,
    "ImageOrientationVolume": [1.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    "ImagePositionPatient": lambda spot: ["0", "0", str(spot.frame)],
    "ImagePositionVolume": lambda spot: [0.0, 0.0, float(spot.frame)],
    "PatientOrientation": ["L", "P"],
    "FrameOfReferenceTransformationMatrix": [str(int(at % 5 == 0)) for at in range(16)],
    "FrameIncrementPointer": lambda spot: INCREMENT.get(spot.plan.ciod, FRAME_TIME),
    # Look-up tables: PS3.3 C.7.6.3.1.5, C.11.1.1, C.7.9.
    **{
        f"{colour}PaletteColorLookupTable{part}": filling
        for colour in ("Red", "Green", "Blue", "Alpha")
        for part, filling in (("Descriptor", PALETTE_DESCRIPTOR), ("Data", RAMP))
    },
    "LUTDescriptor": [2, 0, 16],
    "LUTData": [0, 65535],
    "ICCProfile": document.icc_profile,
    # Documents: PS3.3 C.24.2.
    "MIMETypeOfEncapsulatedDocument": document.mime_type,
    "EncapsulatedDocument": document.content,
}
OTHERWISE: dict[str, object] = {
    "ImageType": ["ORIGINAL", "PRIMARY"],
    "FrameType": ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"],
    "BitsAllocated": lambda spot: 8 if spot.ds.get("SamplesPerPixel") == 3 else 16,
    "BitsStored": lambda spot: int(spot.ds.get("BitsAllocated") or 16),
    "SamplesPerPixel": 1,
    "PhotometricInterpretation": "MONOCHROME2",
    "NumberOfFrames": 2,
    "ContentLabel": "MADE",
    "VolumetricProperties": "VOLUME",
    "VolumeBasedCalculationTechnique": "NONE",
    "PixelPresentation": "MONOCHROME",
    "ComplexImageComponent": "MAGNITUDE",
    "AcquisitionContrast": "UNKNOWN",
    "PatientPosition": "HFS",
    "LossyImageCompression": "00",
    "BurnedInAnnotation": "NO",
}
# What tells one frame from the next: PS3.3 C.7.6.6.1.1, C.8.4.8.1, C.8.8.3.2.
INCREMENT: dict[str, object] = {
    "nm-image": [0x00540010, 0x00540020],
    "nuclear-medicine-image": [0x00540010, 0x00540020],
    "rt-dose": 0x3004000C,
}


def always(spot: Spot) -> object:
    """The value that an attribute has whatever is listed for it; None where there is none."""
    return _found(spot, ALWAYS)


def otherwise(spot: Spot) -> object:
    """The value that an attribute has where nothing is listed; None where there is none."""
    return _found(spot, OTHERWISE)


def _found(spot: Spot, table: dict[str, object]) -> object:
    word = spot.rule.keyword
    for name in (f"{spot.plan.ciod}:{word}", f"{spot.holder}.{word}", word):
        if name in table:
            found = table[name]
            return found(spot) if isinstance(found, Callable) else found  # type: ignore[arg-type]
    return None
