"""What an instance says it is: File Meta Information, UIDs, numbers of segments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.placed import placed
from octome.dicom.part10 import Encoded

SOP_CLASS_UID, SOP_INSTANCE_UID = 0x00080016, 0x00080018
SEGMENTS, SEGMENT_NUMBER = 0x00620002, 0x00620004
SEGMENT_IDENTIFICATION, REFERENCED_SEGMENT = 0x0062000A, 0x0062000B
TIMEZONE = 0x00080201
OFFSET = re.compile(r"-(?:0\d|1[01])[0-5]\d|-1200|\+(?:0\d|1[0-3])[0-5]\d|\+1400")
MIME_TYPE = 0x00420012
MIME_TYPES = {
    "1.2.840.10008.5.1.4.1.1.104.1": "application/pdf",
    "1.2.840.10008.5.1.4.1.1.104.2": "text/xml",
    "1.2.840.10008.5.1.4.1.1.104.3": "model/stl",
    "1.2.840.10008.5.1.4.1.1.104.4": "model/obj",
    "1.2.840.10008.5.1.4.1.1.104.5": "model/mtl",
}
MEDIA_STORAGE_CLASS, MEDIA_STORAGE_INSTANCE = 0x00020002, 0x00020003
# What is named by a UID of its own, so that no two may be the same (PS3.5 9).
OWN_UIDS = {
    SOP_INSTANCE_UID: "SOPInstanceUID",
    0x0020000D: "StudyInstanceUID",
    0x0020000E: "SeriesInstanceUID",
    0x00200052: "FrameOfReferenceUID",
}


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
        said, held = meta.text(stated), ds.text(own)
        if said and held and said != held:
            message = f"it is {said}, the data set has {held}"
            yield Disagreement("file-meta-differs", "violation", keyword, message, "PS3.10 7.1")


def own_uids(encoded: Encoded) -> Iterator[Disagreement]:
    """Instance, series, study and frame of reference have each a UID of its own (PS3.5 9)."""
    first: dict[str, str] = {}
    for tag, keyword in OWN_UIDS.items():
        uid = encoded.data_set.text(tag)
        if uid and first.setdefault(uid, keyword) != keyword:
            message = f"{uid} is the {first[uid]} too"
            yield Disagreement("uid-reused", "violation", keyword, message, "PS3.5 9")


def timezone(encoded: Encoded) -> Iterator[Disagreement]:
    """The offset from UTC is one that a DT may have (PS3.3 C.12.1)."""
    found = encoded.data_set.text(TIMEZONE)
    if found and OFFSET.fullmatch(found) is None:
        message = f"it is {found!r}: a sign, hours and minutes, from -1200 to +1400"
        path = "TimezoneOffsetFromUTC"
        yield Disagreement("value-format", "violation", path, message, "PS3.3 C.12.1")


def document_type(encoded: Encoded) -> Iterator[Disagreement]:
    """What is encapsulated is what its class says (PS3.3 A.45, A.85)."""
    found = encoded.data_set.text(MIME_TYPE)
    needed = MIME_TYPES.get(encoded.data_set.text(SOP_CLASS_UID))
    if found and needed and found.lower() != needed:
        message = f"it is {found!r}, instances of this class hold {needed}"
        path = "MIMETypeOfEncapsulatedDocument"
        yield Disagreement("enumerated", "violation", path, message, "PS3.3 A.45.1")


def segment_numbers(encoded: Encoded) -> Iterator[Disagreement]:
    """Segments are numbered from 1 by 1, except in a label map (PS3.3 C.8.20.2)."""
    ds = encoded.data_set
    if ds.text(0x00620001) not in ("BINARY", "FRACTIONAL"):
        return
    for number, segment in enumerate(ds.items(SEGMENTS)):
        found = segment.number(SEGMENT_NUMBER)
        if found is not None and found != number + 1:
            path = f"SegmentSequence[{number}].SegmentNumber"
            message = f"it is {found:g}, segments are numbered from 1: {number + 1}"
            yield Disagreement("segment-number", "violation", path, message, "PS3.3 C.8.20.2")
            return


def referenced_segments(encoded: Encoded) -> Iterator[Disagreement]:
    """A frame of a segmentation shows a segment that is there (PS3.3 C.8.20.3.1)."""
    segments = encoded.data_set.items(SEGMENTS)
    there = {segment.number(SEGMENT_NUMBER) for segment in segments}
    for item, path in placed(encoded, SEGMENT_IDENTIFICATION, "SegmentIdentificationSequence"):
        found = item.number(REFERENCED_SEGMENT) if path and segments else None
        if found is not None and found not in there:
            message = f"it is {found:g}; Segment Sequence has no such segment"
            where = f"{path}ReferencedSegmentNumber"
            yield Disagreement("segment-number", "violation", where, message, "PS3.3 C.8.20.3.1")
