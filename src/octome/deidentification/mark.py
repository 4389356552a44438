"""What an instance says about its own de-identification (PS3.15 E.1.1, PS3.3 C.7.1.1, C.12.1)."""

from __future__ import annotations

from collections.abc import Iterator

from octome.deidentification.attribute_type import Level
from octome.deidentification.options import Options
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG
from octome.dicom.writer import NewElement

METHOD, METHOD_CODES = 0x00120063, 0x00120064
DATES_MODIFIED = 0x00280303  # Longitudinal Temporal Information Modified
OWN_WORDS = "octome, PS3.15 Table E.1-1 of "
# Whatever shows the retina identifies its owner, as a face does: PS3.4 B.5, classes of the eye.
EYE_CLASSES = "1.2.840.10008.5.1.4.1.1.77.1.5."


def shows_retina(sop_class: str) -> bool:
    """Whether instances of a SOP Class are pictures of an eye."""
    return sop_class.startswith(EYE_CLASSES)


def marks(ds: DataSet, level: Level, options: Options, table_edition: str) -> Iterator[NewElement]:
    """The attributes to add at the root, of an instance that is being de-identified."""
    yield NewElement(TAG.PatientIdentityRemoved, "CS", b"YES")
    said = [str(value) for value in ds.values(METHOD)]
    ours = OWN_WORDS + table_edition
    yield NewElement(
        METHOD, "LO", "\\".join(dict.fromkeys([*said, ours])).encode("ascii", "replace")
    )
    before = [
        (item.text(TAG.CodeValue), item.text(TAG.CodeMeaning))
        for item in ds.items(METHOD_CODES)
        if item.text(TAG.CodingSchemeDesignator) == "DCM"
    ]
    codes = list(dict(before) | dict(options.codes))
    meanings = dict(before) | dict(options.codes)
    yield NewElement(METHOD_CODES, "SQ", [_code(code, meanings[code]) for code in codes])
    yield NewElement(DATES_MODIFIED, "CS", options.dates.encode())
    features = TAG.RecognizableVisualFeatures
    if shows_retina(ds.text(TAG.SOPClassUID)) and level.has(features):
        yield NewElement(features, "CS", b"YES")


def _code(value: str, meaning: str) -> list[NewElement]:
    return [
        NewElement(TAG.CodeValue, "SH", value.encode()),
        NewElement(TAG.CodingSchemeDesignator, "SH", b"DCM"),
        NewElement(TAG.CodeMeaning, "LO", meaning.encode("ascii", "replace")),
    ]
