"""Pixel attributes, pixel data and palettes."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.finding import Outcome
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SOP_CLASS_UID, CT_IMAGE = TAG.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2"
WITH_THIRD_TYPE = {CT_IMAGE: "PS3.3 C.8.2.1.1.1", "1.2.840.10008.5.1.4.1.1.4": "PS3.3 C.8.3.1.1.1"}
EYE_PHOTOGRAPHS = {f"1.2.840.10008.5.1.4.1.1.77.1.5.{kind}" for kind in (1, 2)}
ULTRASOUND = {"1.2.840.10008.5.1.4.1.1.6.1", "1.2.840.10008.5.1.4.1.1.3.1"}
RT_DOSE = "1.2.840.10008.5.1.4.1.1.481.2"
COMPRESSED_COLOURS = {
    "1.2.840.10008.1.2.4.50": ("YBR_FULL_422",),
    "1.2.840.10008.1.2.4.51": ("YBR_FULL_422",),
    "1.2.840.10008.1.2.4.90": ("YBR_RCT",),
    "1.2.840.10008.1.2.4.91": ("YBR_ICT", "YBR_RCT"),
    "1.2.840.10008.1.2.5": ("YBR_FULL", "RGB"),
}
# One fragment may have several frames (PS3.5 A.4.4, A.4.5 and those after it).
JOINED = frozenset(
    "1.2.840.10008.1.2.4." + end
    for number in ("92", "93", *(str(n) for n in range(100, 109)))
    for end in (number, number + ".1")
)
# PS3.3 C.7.6.3.1.2 and C.7.6.3.1.1.
SAMPLES = {
    "MONOCHROME1": 1,
    "MONOCHROME2": 1,
    "PALETTE COLOR": 1,
    "RGB": 3,
    "HSV": 3,
    "ARGB": 4,
    "CMYK": 4,
    "YBR_FULL": 3,
    "YBR_FULL_422": 3,
    "YBR_PARTIAL_422": 3,
    "YBR_PARTIAL_420": 3,
    "YBR_ICT": 3,
    "YBR_RCT": 3,
    "XYB": 3,
}
PALETTES = (
    ("Red", TAG.RedPaletteColorLookupTableDescriptor, TAG.RedPaletteColorLookupTableData),
    ("Green", TAG.GreenPaletteColorLookupTableDescriptor, TAG.GreenPaletteColorLookupTableData),
    ("Blue", TAG.BluePaletteColorLookupTableDescriptor, TAG.BluePaletteColorLookupTableData),
)
PIXEL_VALUES = (
    (TAG.SmallestImagePixelValue, "SmallestImagePixelValue"),
    (TAG.LargestImagePixelValue, "LargestImagePixelValue"),
    (TAG.PixelPaddingValue, "PixelPaddingValue"),
    (TAG.PixelPaddingRangeLimit, "PixelPaddingRangeLimit"),
)
# Chroma is sampled at half of the columns, and for 420 of the rows too.
SUBSAMPLED = {"YBR_FULL_422": 2 / 3, "YBR_PARTIAL_422": 2 / 3, "YBR_PARTIAL_420": 1 / 2}


def pixel_bits(encoded: Encoded) -> Iterator[Disagreement]:
    """Bits Allocated, Bits Stored and High Bit (PS3.3 C.7.6.3, PS3.5 8.1.1)."""
    ds = encoded.data_set
    allocated, stored, high = (
        ds.number(tag) for tag in (TAG.BitsAllocated, TAG.BitsStored, TAG.HighBit)
    )
    if allocated is not None and allocated != 1 and (allocated % 8 or allocated < 8):
        message = f"Bits Allocated is {allocated:,.10g}, neither 1 nor a multiple of 8"
        yield Disagreement(
            code="bits",
            fix="Use 1 or a multiple of 8",
            path="BitsAllocated",
            message=message,
            section="PS3.5 8.1.1",
        )
    if allocated is not None and stored is not None and not 1 <= stored <= allocated:
        message = f"Bits Stored is {stored:,.10g}, but Bits Allocated is {allocated:,.10g}"
        yield Disagreement(
            code="bits",
            fix="Correct Bits Stored or Bits Allocated",
            path="BitsStored",
            message=message,
            section="PS3.3 C.7.6.3",
        )
    if stored is not None and high is not None and high != stored - 1:
        message = (
            f"High Bit is {high:,.10g}, but Bits Stored is {stored:,.10g}: it must be one less"
        )
        yield Disagreement(
            code="bits",
            fix="Set High Bit to Bits Stored - 1",
            path="HighBit",
            message=message,
            section="PS3.3 C.7.6.3",
        )


def samples(encoded: Encoded) -> Iterator[Disagreement]:
    """Samples per Pixel and Photometric Interpretation (PS3.3 C.7.6.3.1.1)."""
    ds = encoded.data_set
    found, needed = (
        ds.number(TAG.SamplesPerPixel),
        SAMPLES.get(ds.text(TAG.PhotometricInterpretation)),
    )
    name = ds.text(TAG.PhotometricInterpretation)
    if name and needed is None:
        yield Disagreement(
            code="defined-term",
            path="PhotometricInterpretation",
            message=f"{name!r} is not one of the Defined Terms",
            fix="Use one of them if one fits",
            section="PS3.3 C.7.6.3.1.2",
            outcome="warning",
        )
    if found is not None and needed is not None and found != needed:
        name = ds.text(TAG.PhotometricInterpretation)
        message = f"Samples per Pixel is {found:,.10g}, but {name} has {needed}"
        yield Disagreement(
            code="samples",
            fix="Correct Samples per Pixel or Photometric Interpretation",
            path="SamplesPerPixel",
            message=message,
            section="PS3.3 C.7.6.3.1.1",
        )


def hounsfield_units(encoded: Encoded) -> Iterator[Disagreement]:
    """The values of an original CT image are Hounsfield Units (PS3.3 C.8.2.1)."""
    ds = encoded.data_set
    unit = ds.text(TAG.RescaleType)
    is_slice = ds.text(TAG.ImageType) == "ORIGINAL" and ds.text(TAG.ImageType, 2) != "LOCALIZER"
    if ds.text(SOP_CLASS_UID) != CT_IMAGE or not is_slice or unit in ("", "HU"):
        return
    if ds.text(TAG.MultienergyCTAcquisition) != "YES":
        message = f"Rescale Type is {unit!r}, but an original slice of one energy is in HU"
        yield Disagreement(
            code="enumerated",
            fix="Rescale to Hounsfield Units, or correct Image Type",
            path="RescaleType",
            message=message,
            section="PS3.3 C.8.2.1",
        )


def ultrasound_colours(encoded: Encoded) -> Iterator[Disagreement]:
    """The Photometric Interpretation of compressed ultrasound (PS3.3 C.8.5.6.1.2)."""
    ds = encoded.data_set
    if ds.text(SOP_CLASS_UID) not in ULTRASOUND:
        return
    found, allowed = (
        ds.text(TAG.PhotometricInterpretation),
        COMPRESSED_COLOURS.get(encoded.transfer_syntax, ()),
    )
    is_coloured = (ds.number(TAG.SamplesPerPixel) or 0) > 1
    if is_coloured and allowed and found not in allowed:
        message = (
            f"it is {found}, but ultrasound in this Transfer Syntax has {' or '.join(allowed)}"
        )
        path = "PhotometricInterpretation"
        yield Disagreement(
            code="photometric",
            fix="Compress in a color space that the Transfer Syntax allows here, and name it",
            path=path,
            message=message,
            section="PS3.3 C.8.5.6.1.2",
        )


def pixel_representation(encoded: Encoded) -> Iterator[Disagreement]:
    """Native pixel data of more than 8 bits is OW (PS3.5 8.2 and A.2)."""
    ds = encoded.data_set
    element, allocated = ds.get(TAG.PixelData), ds.number(TAG.BitsAllocated)
    is_native_ob = element is not None and element.fragments is None and element.vr == "OB"
    if is_native_ob and allocated is not None and allocated > 8:
        message = f"it is encoded as OB, but with {allocated:,.10g} Bits Allocated it must be OW"
        yield Disagreement(
            code="wrong-representation",
            fix="Encode Pixel Data as OW",
            path="PixelData",
            message=message,
            section="PS3.5 8.2",
        )


def pixel_data_length(encoded: Encoded) -> Iterator[Disagreement]:
    """The length of native pixel data, or the number of fragments (PS3.5 8.1.1, 8.2, A.4)."""
    ds = encoded.data_set
    element = ds.get(TAG.PixelData)
    frames = ds.number(TAG.NumberOfFrames) if ds.has_value(TAG.NumberOfFrames) else 1.0
    if frames is None or ds.cut_at is not None:
        return  # another check reports it
    if element is not None and element.fragments is not None:
        if len(element.fragments) - 1 < frames and encoded.transfer_syntax not in JOINED:
            message = f"{len(element.fragments) - 1} fragments cannot have {frames:,.10g} frames"
            yield Disagreement(
                code="pixel-length",
                fix="Write at least one fragment for each frame",
                path="PixelData",
                message=message,
                section="PS3.5 A.4",
            )
        return
    for tag, keyword, bits in (
        (TAG.PixelData, "PixelData", ds.number(TAG.BitsAllocated)),
        (TAG.FloatPixelData, "FloatPixelData", 32.0),
        (TAG.DoubleFloatPixelData, "DoubleFloatPixelData", 64.0),
    ):
        element = ds.get(tag)
        sizes = [
            ds.number(TAG.Rows),
            ds.number(TAG.Columns),
            ds.number(TAG.SamplesPerPixel) or 1,
            bits,
        ]
        if element is None or not element.length or None in sizes:
            continue
        rows, columns, per_pixel, bits = (size or 0 for size in sizes)
        share = SUBSAMPLED.get(ds.text(TAG.PhotometricInterpretation), 1)
        needed = -int(-(rows * columns * per_pixel * share * frames * bits) // 8)
        if element.length not in (needed, needed + needed % 2):
            message = (
                f"it has {element.length:,} bytes; {frames:,.10g} frames of {rows:,.10g} x "
                f"{columns:,.10g} x {per_pixel:,.10g} at {bits:,.10g} bits need "
                f"{needed + needed % 2:,}"
            )
            longer = element.length > needed
            outcome: Outcome = "warning" if longer else "violation"
            yield Disagreement(
                code="pixel-length",
                fix="Write all frames and nothing else, or correct their size",
                outcome=outcome,
                path=keyword,
                message=message,
                section="PS3.5 8.1.1",
            )


def palettes(encoded: Encoded) -> Iterator[Disagreement]:
    """Palette descriptors against the data that they describe (PS3.3 C.7.6.3.1.5)."""
    ds = encoded.data_set
    for colour, of_descriptor, of_data in PALETTES:
        data = ds.get(of_data)
        stated, bits = ds.number(of_descriptor), ds.number(of_descriptor, 2)
        if stated is None or bits is None or data is None:
            continue
        entries = int(stated) or 65536
        needed = int(entries * bits) // 8
        if data.length not in (needed, needed + needed % 2, entries * 2):
            path = f"{colour}PaletteColorLookupTableData"
            message = (
                f"it has {data.length:,} bytes, but its descriptor states {entries} entries of "
                f"{bits:,.10g} bits"
            )
            yield Disagreement(
                code="palette-length",
                fix="Correct the descriptor, or write as many entries as it states",
                path=path,
                message=message,
                section="PS3.3 C.7.6.3.1.5",
            )


def signed_values(encoded: Encoded) -> Iterator[Disagreement]:
    """Values of pixels are signed as the pixels are (PS3.3 C.7.5.1.1.2)."""
    ds = encoded.data_set
    needed = {0: "US", 1: "SS"}.get(int(ds.number(TAG.PixelRepresentation) or 0))
    if TAG.PixelRepresentation not in ds or needed is None or not encoded.encoding.is_explicit:
        return
    for tag, keyword in PIXEL_VALUES:
        element = ds.get(tag)
        if element is not None and element.vr in ("US", "SS") and element.vr != needed:
            yield Disagreement(
                code="wrong-representation",
                path=keyword,
                message=f"it is {element.vr}, but Pixel Representation requires {needed}",
                fix=f"Encode it as {needed}",
                section="PS3.3 C.7.5.1.1.2",
            )


def image_type(encoded: Encoded) -> Iterator[Disagreement]:
    """The third value of Image Type of a CT or MR image (PS3.3 C.8.2.1.1.1, C.8.3.1.1.1)."""
    ds = encoded.data_set
    section = WITH_THIRD_TYPE.get(ds.text(SOP_CLASS_UID))
    found = ds.values(TAG.ImageType)
    if ds.text(SOP_CLASS_UID) in EYE_PHOTOGRAPHS and found[:1] == ("ORIGINAL",) and any(found[2:3]):
        yield Disagreement(
            code="multiplicity",
            path="ImageType",
            message=f"its third value is {found[2]}, but only a DERIVED image has one",
            fix="Remove the third value, or correct the first",
            section="PS3.3 C.8.17.2.1.4",
        )
    if ds.text(TAG.MultienergyCTAcquisition) == "YES" and found and not any(found[3:4]):
        yield Disagreement(
            code="multiplicity",
            path="ImageType",
            message="it has no fourth value, but Multi-energy CT Acquisition is YES",
            fix="Add the fourth value",
            section="PS3.3 C.8.2.1.1.1",
        )
    if section and len(found) == 2:
        yield Disagreement(
            code="multiplicity",
            path="ImageType",
            message="it has no third value, which states what kind of image it is",
            fix="Add the third value",
            section=section,
            outcome="warning",
        )


def all_bits_stored(encoded: Encoded) -> Iterator[Disagreement]:
    """An ultrasound image and a dose use all allocated bits (PS3.3 C.8.5.6.1.14, C.8.8.3)."""
    ds = encoded.data_set
    allocated, stored = ds.number(TAG.BitsAllocated), ds.number(TAG.BitsStored)
    sop_class = ds.text(SOP_CLASS_UID)
    if sop_class not in ULTRASOUND | {RT_DOSE} or allocated is None or stored is None:
        return
    if 0 < stored < allocated:
        yield Disagreement(
            code="bits",
            path="BitsStored",
            message=f"it is {stored:,.10g}, but here all {allocated:,.10g} allocated bits are used",
            fix="Set Bits Stored to Bits Allocated, and High Bit to one less",
            section="PS3.3 C.8.8.3" if sop_class == RT_DOSE else "PS3.3 C.8.5.6.1.14",
        )


# Attributes of one value that distinguish frames all the same: the time between them.
STEPS = (TAG.FrameTime, TAG.CineRate, TAG.RecommendedDisplayFrameRate)


def frame_increment(encoded: Encoded) -> Iterator[Disagreement]:
    """What distinguishes frames is an attribute that is there (PS3.3 C.7.6.6)."""
    ds = encoded.data_set
    for pointer in ds.values(TAG.FrameIncrementPointer):
        if isinstance(pointer, int) and not pointer >> 16 & 1 and not ds.has_value(pointer):
            yield Disagreement(
                code="frame-order",
                path="FrameIncrementPointer",
                message=f"it points to ({pointer >> 16:04X},{pointer & 0xFFFF:04X}), which "
                f"{'has no value' if pointer in ds else 'is not there'}",
                fix="Add the attribute, or point to one that distinguishes the frames",
                section="PS3.3 C.7.6.6",
            )
            return
        if not isinstance(pointer, int) or pointer in STEPS:
            continue
        if len(ds.values(pointer)) == 1 and (ds.number(TAG.NumberOfFrames) or 1) > 1:
            yield Disagreement(
                code="frame-order",
                outcome="warning",
                path="FrameIncrementPointer",
                message=f"it points to ({pointer >> 16:04X},{pointer & 0xFFFF:04X}), which has one "
                "value for all frames",
                fix="Point to an attribute that distinguishes the frames",
                section="PS3.3 C.7.6.6",
            )
            return
