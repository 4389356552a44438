"""What attributes have to say of each other.

Each check is one function that yields what it finds; `CHECKS` is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from octome.conformance.data_set import PIXEL_DATA, DataSet
from octome.conformance.part10 import Encoded

ROWS, COLUMNS = 0x00280010, 0x00280011
SAMPLES_PER_PIXEL, PHOTOMETRIC = 0x00280002, 0x00280004
NUMBER_OF_FRAMES = 0x00280008
BITS_ALLOCATED, BITS_STORED, HIGH_BIT = 0x00280100, 0x00280101, 0x00280102
FLOAT_PIXEL_DATA, DOUBLE_PIXEL_DATA = 0x7FE00008, 0x7FE00009
SOP_CLASS_UID, SOP_INSTANCE_UID = 0x00080016, 0x00080018
MEDIA_STORAGE_CLASS, MEDIA_STORAGE_INSTANCE = 0x00020002, 0x00020003
REFERENCED_INSTANCE = 0x00081155
REFERENCED_CLASS = 0x00081150
REFERENCED_SERIES, STUDIES_WITH_OTHERS = 0x00081115, 0x00081200
INSTANCE_REFERENCES = (0x0008114A, 0x00081199)
DIMENSION_INDEXES, DIMENSION_VALUES = 0x00209222, 0x00209157
DIMENSION_ORGANIZATIONS, DIMENSION_ORGANIZATION = 0x00209221, 0x00209164
FRAME_GROUPS = 0x52009230
WAVEFORMS = 0x54000100
# PS3.3 C.7.6.3.1.2 and C.7.6.3.1.1.
SAMPLES = {"MONOCHROME1": 1, "MONOCHROME2": 1, "PALETTE COLOR": 1, "RGB": 3, "HSV": 3, "ARGB": 4, "CMYK": 4, "YBR_FULL": 3, "YBR_FULL_422": 3, "YBR_PARTIAL_422": 3, "YBR_PARTIAL_420": 3, "YBR_ICT": 3, "YBR_RCT": 3, "XYB": 3}  # fmt: skip  # noqa: E501
# Chroma is sampled at half of the columns, and for 420 of the rows too.
SUBSAMPLED = {"YBR_FULL_422": 2 / 3, "YBR_PARTIAL_422": 2 / 3, "YBR_PARTIAL_420": 1 / 2}


class Disagreement(NamedTuple):
    """Attributes that do not fit together."""

    code: str
    outcome: str
    path: str
    message: str
    section: str


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


def pixel_data_length(encoded: Encoded) -> Iterator[Disagreement]:
    """The length of native pixel data, or the number of fragments (PS3.5 8.1.1, 8.2, A.4)."""
    ds = encoded.data_set
    element = ds.get(PIXEL_DATA)
    frames = ds.number(NUMBER_OF_FRAMES) if ds.has_value(NUMBER_OF_FRAMES) else 1.0
    if frames is None:
        return  # which is told where the value is looked at
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


def file_meta(encoded: Encoded) -> Iterator[Disagreement]:
    """What the File Meta Information says of the data set (PS3.10 7.1)."""
    if not encoded.has_preamble:
        message = "there is no File Meta Information: this is a data set, not a DICOM file"
        yield Disagreement("no-file-meta", "violation", "", message, "PS3.10 7.1")
        return
    meta, ds = encoded.meta, encoded.data_set
    for needed, keyword in (
        (0x00020001, "FileMetaInformationVersion"),
        (MEDIA_STORAGE_CLASS, "MediaStorageSOPClassUID"),
        (MEDIA_STORAGE_INSTANCE, "MediaStorageSOPInstanceUID"),
        (0x00020010, "TransferSyntaxUID"),
        (0x00020012, "ImplementationClassUID"),
    ):
        if not meta.has_value(needed):
            message = f"the File Meta Information has no {keyword}"
            yield Disagreement("file-meta-missing", "violation", keyword, message, "PS3.10 7.1")
    for stated, own, keyword in (
        (MEDIA_STORAGE_CLASS, SOP_CLASS_UID, "MediaStorageSOPClassUID"),
        (MEDIA_STORAGE_INSTANCE, SOP_INSTANCE_UID, "MediaStorageSOPInstanceUID"),
    ):
        if meta.has_value(stated) and ds.has_value(own) and meta.text(stated) != ds.text(own):
            message = f"it is {meta.text(stated)}, the data set has {ds.text(own)}"
            yield Disagreement("file-meta-differs", "violation", keyword, message, "PS3.10 7.1")


def dimensions(encoded: Encoded) -> Iterator[Disagreement]:
    """Dimension indexes and their values in each frame (PS3.3 C.7.6.17)."""
    ds = encoded.data_set
    indexes = ds.items(DIMENSION_INDEXES)
    organizations = {
        item.text(DIMENSION_ORGANIZATION) for item in ds.items(DIMENSION_ORGANIZATIONS)
    }
    for number, index in enumerate(indexes):
        uid = index.text(DIMENSION_ORGANIZATION)
        if uid and organizations and uid not in organizations:
            path = f"DimensionIndexSequence[{number}].DimensionOrganizationUID"
            message = f"{uid} is in no item of Dimension Organization Sequence"
            yield Disagreement("dimension", "violation", path, message, "PS3.3 C.7.6.17")
    for number, frame in enumerate(ds.items(FRAME_GROUPS)):
        for content in frame.items(0x00209111):
            values = content.values(DIMENSION_VALUES)
            if values and indexes and len(values) != len(indexes):
                path = f"PerFrameFunctionalGroupsSequence[{number}].FrameContentSequence[0].DimensionIndexValues"  # noqa: E501
                message = f"{len(values)} values stand for {len(indexes)} dimensions"
                yield Disagreement("dimension", "violation", path, message, "PS3.3 C.7.6.17")


def references(encoded: Encoded) -> Iterator[Disagreement]:
    """Referenced instances that Common Instance Reference leaves out (PS3.3 C.12.2)."""
    ds = encoded.data_set
    if not (REFERENCED_SERIES in ds or STUDIES_WITH_OTHERS in ds):
        return
    listed: set[str] = set()
    for holder in (ds, *ds.items(STUDIES_WITH_OTHERS)):
        for series in holder.items(REFERENCED_SERIES):
            for tag in INSTANCE_REFERENCES:
                listed |= {item.text(REFERENCED_INSTANCE) for item in series.items(tag)}
    told = {ds.text(SOP_INSTANCE_UID)}  # nobody has to fetch the instance itself
    waiting = [ds]
    while waiting:
        here = waiting.pop()
        uid = here.text(REFERENCED_INSTANCE)
        if uid and uid not in listed | told and _is_composite(here):
            told.add(uid)
            message = f"{uid} is referenced and not listed in the Common Instance Reference Module"
            path = "ReferencedSeriesSequence"
            yield Disagreement("reference-not-listed", "warning", path, message, "PS3.3 C.12.2")
        for element in here:
            if element.tag not in (REFERENCED_SERIES, STUDIES_WITH_OTHERS):
                waiting += element.items or ()


def _is_composite(item: DataSet) -> bool:
    """Whether a reference is to a stored instance, not to a procedure step or study."""
    return item.text(REFERENCED_CLASS).startswith("1.2.840.10008.5.1.4.1.1.")


def waveform_length(encoded: Encoded) -> Iterator[Disagreement]:
    """Waveform Data against channels, samples and bits (PS3.3 C.10.9)."""
    for number, item in enumerate(encoded.data_set.items(WAVEFORMS)):
        channels, count, bits = (item.number(t) for t in (0x003A0005, 0x003A0010, 0x54001004))
        data = item.get(0x54001010)
        if data is None or channels is None or count is None or bits is None:
            continue
        needed = int(channels * count * bits) // 8
        if data.length not in (needed, needed + needed % 2):
            path = f"WaveformSequence[{number}].WaveformData"
            message = f"it has {data.length:,} bytes; {channels:g} channels of {count:g} samples at {bits:g} bits need {needed:,}"  # noqa: E501
            yield Disagreement("waveform-length", "violation", path, message, "PS3.3 C.10.9")


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


CHECKS: tuple[Callable[[Encoded], Iterator[Disagreement]], ...] = (
    file_meta,
    pixel_bits,
    samples,
    pixel_data_length,
    dimensions,
    references,
    waveform_length,
    palettes,
)
