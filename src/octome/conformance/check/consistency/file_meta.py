"""File Meta Information and the data set, PS3.10 7.1."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Transfer Syntaxes are registered below these.
REGISTERED = ("1.2.840.10008.1.2.", "1.2.840.10008.1.20.")
REQUIRED = {
    TAG.FileMetaInformationVersion: "FileMetaInformationVersion",
    TAG.MediaStorageSOPClassUID: "MediaStorageSOPClassUID",
    TAG.MediaStorageSOPInstanceUID: "MediaStorageSOPInstanceUID",
    TAG.TransferSyntaxUID: "TransferSyntaxUID",
    TAG.ImplementationClassUID: "ImplementationClassUID",
}
# Each element with the attribute of the data set that it repeats.
REPEATED = {
    TAG.MediaStorageSOPClassUID: TAG.SOPClassUID,
    TAG.MediaStorageSOPInstanceUID: TAG.SOPInstanceUID,
}


def file_meta(encoded: Encoded) -> Iterator[Disagreement]:
    """File Meta Information is present, complete, and agrees with the data set (PS3.10 7.1)."""
    if not encoded.is_file:
        return  # JSON and XML have none
    if not encoded.has_file_meta:
        yield Disagreement(
            code="no-file-meta",
            fix="Write it as a DICOM file: a preamble, DICM and File Meta Information",
            path="",
            message="the File Meta Information is missing: this is a data set, not a DICOM file",
            section="PS3.10 7.1",
        )
        return
    for tag, keyword in REQUIRED.items():
        if not encoded.meta.has_value(tag):
            yield Disagreement(
                code="file-meta-missing",
                fix="Add it to the File Meta Information",
                path=keyword,
                message=f"the File Meta Information has no {keyword}",
                section="PS3.10 7.1",
            )
    for tag, repeated in REPEATED.items():
        stated, found = encoded.meta.text(tag), encoded.data_set.text(repeated)
        if stated and found and stated != found:
            yield Disagreement(
                code="file-meta-differs",
                fix="Write the File Meta Information from the data set",
                path=REQUIRED[tag],
                message=f"it is {stated}, but the data set has {found}",
                section="PS3.10 7.1",
            )


def transfer_syntax(encoded: Encoded) -> Iterator[Disagreement]:
    """The Transfer Syntax is a registered one (PS3.6 annex A)."""
    uid = encoded.transfer_syntax
    if not uid or f"{uid}.".startswith(REGISTERED):
        return
    yield Disagreement(
        code="transfer-syntax-unknown",
        path="TransferSyntaxUID",
        message=f"{uid} is not a registered Transfer Syntax; the data set was read as "
        f"{encoded.encoding.name}",
        fix="Use a registered Transfer Syntax",
        section="PS3.6 A",
        outcome="warning",
    )
