"""Pixel attributes, pixel data and palettes."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.placed import placed
from octome.dicom.data_set import PIXEL_DATA
from octome.dicom.part10 import Encoded

ROWS, COLUMNS = 0x00280010, 0x00280011
SAMPLES_PER_PIXEL, PHOTOMETRIC = 0x00280002, 0x00280004
NUMBER_OF_FRAMES = 0x00280008
BITS_ALLOCATED, BITS_STORED, HIGH_BIT = 0x00280100, 0x00280101, 0x00280102
FLOAT_PIXEL_DATA, DOUBLE_PIXEL_DATA = 0x7FE00008, 0x7FE00009
SOP_CLASS_UID, CT_IMAGE = 0x00080016, "1.2.840.10008.5.1.4.1.1.2"
FRAME_VOI_LUT, WINDOW_CENTER, WINDOW_WIDTH = 0x00289132, 0x00281050, 0x00281051
IMAGE_TYPE, RESCALE_TYPE, MULTI_ENERGY = 0x00080008, 0x00281054, 0x00189361
ULTRASOUND = {"1.2.840.10008.5.1.4.1.1.6.1", "1.2.840.10008.5.1.4.1.1.3.1"}
COMPRESSED_COLOURS = {
    "1.2.840.10008.1.2.4.50": ("YBR_FULL_422",),
    "1.2.840.10008.1.2.4.51": ("YBR_FULL_422",),
    "1.2.840.10008.1.2.4.90": ("YBR_RCT",),
    "1.2.840.10008.1.2.4.91": ("YBR_ICT", "YBR_RCT"),
    "1.2.840.10008.1.2.5": ("YBR_FULL", "RGB"),
}
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
# Chroma is sampled at half of the columns, and for 420 of the rows too.
SUBSAMPLED = {"YBR_FULL_422": 2 / 3, "YBR_PARTIAL_422": 2 / 3, "YBR_PARTIAL_420": 1 / 2}


def pixel_bits(encoded: Encoded) -> Iterator[Disagreement]:
    """Bits Allocated, Bits Stored and High Bit (PS3.3 C.7.6.3, PS3.5 8.1.1)."""
    ds = encoded.data_set
    allocated, stored, high = (ds.number(tag) for tag in (BITS_ALLOCATED, BITS_STORED, HIGH_BIT))
    if allocated is not None and allocated != 1 and (allocated % 8 or allocated < 8):
        message = f"Bits Allocated is {allocated:g}, neither 1 nor a multiple of 8"
        yield Disagreement("bits", "violation", "BitsAllocated", message, "PS3.5 8.1.1")
    if allocated is not None and stored is not None and not 1 <= stored <= allocated:
        message = f"Bits Stored is {stored:g}, Bits Allocated is {allocated:g}"
        yield Disagreement("bits", "violation", "BitsStored", message, "PS3.3 C.7.6.3")
    if stored is not None and high is not None and high != stored - 1:
        message = f"High Bit is {high:g}, Bits Stored is {stored:g}: it is one less"
        yield Disagreement("bits", "violation", "HighBit", message, "PS3.3 C.7.6.3")


def samples(encoded: Encoded) -> Iterator[Disagreement]:
    """Samples per Pixel and Photometric Interpretation (PS3.3 C.7.6.3.1.1)."""
    ds = encoded.data_set
    found, needed = ds.number(SAMPLES_PER_PIXEL), SAMPLES.get(ds.text(PHOTOMETRIC))
    if found is not None and needed is not None and found != needed:
        name = ds.text(PHOTOMETRIC)
        message = f"Samples per Pixel is {found:g}, {name} has {needed}"
        yield Disagreement("samples", "violation", "SamplesPerPixel", message, "PS3.3 C.7.6.3.1.1")


def hounsfield_units(encoded: Encoded) -> Iterator[Disagreement]:
    """The values of an original CT image are Hounsfield Units (PS3.3 C.8.2.1)."""
    ds = encoded.data_set
    unit = ds.text(RESCALE_TYPE)
    is_slice = ds.text(IMAGE_TYPE) == "ORIGINAL" and ds.text(IMAGE_TYPE, 2) != "LOCALIZER"
    if ds.text(SOP_CLASS_UID) != CT_IMAGE or not is_slice or unit in ("", "HU"):
        return
    if ds.text(MULTI_ENERGY) != "YES":
        message = f"Rescale Type is {unit!r}: an original slice of one energy is in HU"
        yield Disagreement("enumerated", "violation", "RescaleType", message, "PS3.3 C.8.2.1")


def ultrasound_colours(encoded: Encoded) -> Iterator[Disagreement]:
    """How colours of an ultrasound image are compressed (PS3.3 C.8.5.6.1.2)."""
    ds = encoded.data_set
    found, allowed = ds.text(PHOTOMETRIC), COMPRESSED_COLOURS.get(encoded.transfer_syntax, ())
    is_coloured = (ds.number(SAMPLES_PER_PIXEL) or 0) > 1
    if ds.text(SOP_CLASS_UID) in ULTRASOUND and is_coloured and allowed and found not in allowed:
        message = f"it is {found}; compressed so, colours of ultrasound are {' or '.join(allowed)}"
        path = "PhotometricInterpretation"
        yield Disagreement("photometric", "violation", path, message, "PS3.3 C.8.5.6.1.2")


def windows(encoded: Encoded) -> Iterator[Disagreement]:
    """Each window has a center and a width (PS3.3 C.11.2.1.2)."""
    for ds, path in placed(encoded, FRAME_VOI_LUT, "FrameVOILUTSequence"):
        centers, widths = len(ds.values(WINDOW_CENTER)), len(ds.values(WINDOW_WIDTH))
        if centers and widths and centers != widths:
            message = f"it has {widths} values, Window Center has {centers}"
            where = f"{path}WindowWidth"
            yield Disagreement("multiplicity", "violation", where, message, "PS3.3 C.11.2.1.2")


def pixel_representation(encoded: Encoded) -> Iterator[Disagreement]:
    """Native pixel data of more than 8 bits is OW (PS3.5 8.2 and A.2)."""
    ds = encoded.data_set
    element, allocated = ds.get(PIXEL_DATA), ds.number(BITS_ALLOCATED)
    is_native_ob = element is not None and element.fragments is None and element.vr == "OB"
    if is_native_ob and allocated is not None and allocated > 8:
        message = f"it is encoded as OB, Bits Allocated is {allocated:g}: that is OW"
        yield Disagreement("wrong-representation", "violation", "PixelData", message, "PS3.5 8.2")


def pixel_data_length(encoded: Encoded) -> Iterator[Disagreement]:
    """The length of native pixel data, or the number of fragments (PS3.5 8.1.1, 8.2, A.4)."""
    ds = encoded.data_set
    element = ds.get(PIXEL_DATA)
    frames = ds.number(NUMBER_OF_FRAMES) if ds.has_value(NUMBER_OF_FRAMES) else 1.0
    if frames is None or ds.cut_at is not None:
        return  # which is told where the value is looked at, or where it is cut
    if element is not None and element.fragments is not None:
        if len(element.fragments) - 1 < frames:
            message = f"{len(element.fragments) - 1} fragments hold {frames:g} frames"
            yield Disagreement("pixel-length", "violation", "PixelData", message, "PS3.5 A.4")
        return
    for tag, keyword, bits in (
        (PIXEL_DATA, "PixelData", ds.number(BITS_ALLOCATED)),
        (FLOAT_PIXEL_DATA, "FloatPixelData", 32.0),
        (DOUBLE_PIXEL_DATA, "DoubleFloatPixelData", 64.0),
    ):
        element = ds.get(tag)
        sizes = [ds.number(ROWS), ds.number(COLUMNS), ds.number(SAMPLES_PER_PIXEL) or 1, bits]
        if element is None or not element.length or None in sizes:
            continue
        rows, columns, per_pixel, bits = (size or 0 for size in sizes)
        share = SUBSAMPLED.get(ds.text(PHOTOMETRIC), 1)
        needed = -int(-(rows * columns * per_pixel * share * frames * bits) // 8)
        if element.length not in (needed, needed + needed % 2):
            message = (
                f"it has {element.length:,} bytes; {frames:g} frames of {rows:g} x {columns:g} x "
                f"{per_pixel:g} at {bits:g} bits need {needed + needed % 2:,}"
            )
            longer = element.length > needed
            outcome = "warning" if longer else "violation"
            yield Disagreement("pixel-length", outcome, keyword, message, "PS3.5 8.1.1")


def palettes(encoded: Encoded) -> Iterator[Disagreement]:
    """Palette descriptors against the data that they describe (PS3.3 C.7.6.3.1.5)."""
    ds = encoded.data_set
    for at, colour in enumerate(("Red", "Green", "Blue"), start=1):
        descriptor, data = ds.values(0x00281100 + at), ds.get(0x00281200 + at)
        if len(descriptor) != 3 or data is None:
            continue
        entries = int(str(descriptor[0])) or 65536
        needed = entries * int(str(descriptor[2])) // 8
        if data.length not in (needed, needed + needed % 2, entries * 2):
            path = f"{colour}PaletteColorLookupTableData"
            message = f"it has {data.length:,} bytes, its descriptor says {entries} entries of {descriptor[2]} bits"  # noqa: E501
            yield Disagreement("palette-length", "violation", path, message, "PS3.3 C.7.6.3.1.5")
