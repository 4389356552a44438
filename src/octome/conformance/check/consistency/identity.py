"""What an instance says it is: File Meta Information, UIDs, numbers of segments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.placed import placed
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

OFFSET = re.compile(r"-(?:0\d|1[01])[0-5]\d|-1200|\+(?:0\d|1[0-3])[0-5]\d|\+1400")
MIME_TYPES = {
    "1.2.840.10008.5.1.4.1.1.104.1": "application/pdf",
    "1.2.840.10008.5.1.4.1.1.104.2": "text/xml",
    "1.2.840.10008.5.1.4.1.1.104.3": "model/stl",
    "1.2.840.10008.5.1.4.1.1.104.4": "model/obj",
    "1.2.840.10008.5.1.4.1.1.104.5": "model/mtl",
}
# What is named by a UID of its own, so that no two may be the same (PS3.5 9).
OWN_UIDS = {
    TAG.SOPInstanceUID: "SOPInstanceUID",
    TAG.StudyInstanceUID: "StudyInstanceUID",
    TAG.SeriesInstanceUID: "SeriesInstanceUID",
    TAG.FrameOfReferenceUID: "FrameOfReferenceUID",
}


def file_meta(encoded: Encoded) -> Iterator[Disagreement]:
    """What the File Meta Information says of the data set (PS3.10 7.1)."""
    if not encoded.has_file_meta:
        message = "there is no File Meta Information: this is a data set, not a DICOM file"
        yield Disagreement("no-file-meta", "violation", "", message, "PS3.10 7.1")
        return
    meta, ds = encoded.meta, encoded.data_set
    for needed, keyword in (
        (TAG.FileMetaInformationVersion, "FileMetaInformationVersion"),
        (TAG.MediaStorageSOPClassUID, "MediaStorageSOPClassUID"),
        (TAG.MediaStorageSOPInstanceUID, "MediaStorageSOPInstanceUID"),
        (TAG.TransferSyntaxUID, "TransferSyntaxUID"),
        (TAG.ImplementationClassUID, "ImplementationClassUID"),
    ):
        if not meta.has_value(needed):
            message = f"the File Meta Information has no {keyword}"
            yield Disagreement("file-meta-missing", "violation", keyword, message, "PS3.10 7.1")
    for stated, own, keyword in (
        (TAG.MediaStorageSOPClassUID, TAG.SOPClassUID, "MediaStorageSOPClassUID"),
        (TAG.MediaStorageSOPInstanceUID, TAG.SOPInstanceUID, "MediaStorageSOPInstanceUID"),
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
    found = encoded.data_set.text(TAG.TimezoneOffsetFromUTC)
    if found and OFFSET.fullmatch(found) is None:
        message = f"it is {found!r}: a sign, hours and minutes, from -1200 to +1400"
        path = "TimezoneOffsetFromUTC"
        yield Disagreement("value-format", "violation", path, message, "PS3.3 C.12.1")


def document_type(encoded: Encoded) -> Iterator[Disagreement]:
    """What is encapsulated is what its class says (PS3.3 A.45, A.85)."""
    found = encoded.data_set.text(TAG.MIMETypeOfEncapsulatedDocument)
    needed = MIME_TYPES.get(encoded.data_set.text(TAG.SOPClassUID))
    if found and needed and found.lower() != needed:
        message = f"it is {found!r}, instances of this class hold {needed}"
        path = "MIMETypeOfEncapsulatedDocument"
        yield Disagreement("enumerated", "violation", path, message, "PS3.3 A.45.1")


def segment_numbers(encoded: Encoded) -> Iterator[Disagreement]:
    """Segments are numbered from 1 by 1, except in a label map (PS3.3 C.8.20.2)."""
    ds = encoded.data_set
    if ds.text(TAG.SegmentationType) not in ("BINARY", "FRACTIONAL"):
        return
    for number, segment in enumerate(ds.items(TAG.SegmentSequence)):
        found = segment.number(TAG.SegmentNumber)
        if found is not None and found != number + 1:
            path = f"SegmentSequence[{number}].SegmentNumber"
            message = f"it is {found:g}, segments are numbered from 1: {number + 1}"
            yield Disagreement("segment-number", "violation", path, message, "PS3.3 C.8.20.2")
            return


def referenced_segments(encoded: Encoded) -> Iterator[Disagreement]:
    """A frame of a segmentation shows a segment that is there (PS3.3 C.8.20.3.1)."""
    segments = encoded.data_set.items(TAG.SegmentSequence)
    there = {segment.number(TAG.SegmentNumber) for segment in segments}
    for item, path in placed(
        encoded, TAG.SegmentIdentificationSequence, "SegmentIdentificationSequence"
    ):
        found = item.number(TAG.ReferencedSegmentNumber) if path and segments else None
        if found is not None and found not in there:
            message = f"it is {found:g}; Segment Sequence has no such segment"
            where = f"{path}ReferencedSegmentNumber"
            yield Disagreement("segment-number", "violation", where, message, "PS3.3 C.8.20.3.1")
