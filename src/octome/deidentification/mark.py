"""What an instance says about its own de-identification (PS3.15 E.1.1, PS3.3 C.7.1.1, C.12.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.deidentification.attribute_type import Level
from octome.deidentification.options import OPTIONS, RETAINED, Options
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG
from octome.dicom.writer import NewElement

METHOD, METHOD_CODES = 0x00120063, 0x00120064
DATES_MODIFIED = 0x00280303  # Longitudinal Temporal Information Modified
OWN_START = "octome, PS3.15 Table E.1-1 of "
OWN_WORDS = re.compile(re.escape(OWN_START) + r"\d{4}[a-e]", re.ASCII)
# What was done to dates before counts too.
LEAST_FIRST: tuple[str, ...] = ("UNMODIFIED", "MODIFIED", "REMOVED")
# Whatever shows the retina identifies its owner, as a face does: PS3.4 B.5, classes of the eye.
EYE_CLASSES = "1.2.840.10008.5.1.4.1.1.77.1.5."
# Surfaces of a retina, and octome's recordings: all that are rewritten of these classes.
OTHER_EYE_CLASSES = frozenset(
    {"1.2.840.10008.5.1.4.1.1.66", "1.2.840.10008.5.1.4.1.1.66.5", "1.2.840.10008.5.1.4.1.1.66.8"}
)


def shows_retina(sop_class: str) -> bool:
    """Whether instances of a SOP Class show an eye, or may do."""
    return sop_class.startswith(EYE_CLASSES) or sop_class in OTHER_EYE_CLASSES


def marks(
    ds: DataSet, level: Level, options: Options, table_edition: str, *, is_identified: bool
) -> Iterator[NewElement]:
    """The attributes to add at the root, of an instance that is being de-identified.

    Where something identifying stays in it (`is_identified`), it does not claim the profile.
    """
    yield NewElement(TAG.PatientIdentityRemoved, "CS", b"NO" if is_identified else b"YES")
    if not is_identified:
        yield from _methods(ds, options, table_edition)
    before = ds.text(DATES_MODIFIED)
    dates = (
        max(options.dates, before, key=LEAST_FIRST.index)
        if before in LEAST_FIRST
        else options.dates
    )
    yield NewElement(DATES_MODIFIED, "CS", dates.encode())
    features = TAG.RecognizableVisualFeatures
    if shows_retina(ds.text(TAG.SOPClassUID)) and level.has(features):
        yield NewElement(features, "CS", b"YES")


def _methods(ds: DataSet, options: Options, table_edition: str) -> Iterator[NewElement]:
    """What was done now, and what an earlier run of octome did."""
    said = [value for value in map(str, ds.values(METHOD)) if OWN_WORDS.fullmatch(value)]
    ours = OWN_START + table_edition
    yield NewElement(
        METHOD, "LO", "\\".join(dict.fromkeys([*said, ours])).encode("ascii", "replace")
    )
    # What other software claims to have cleaned is not known: only what it retained stays stated.
    before = {
        item.text(TAG.CodeValue)
        for item in ds.items(METHOD_CODES)
        if item.text(TAG.CodingSchemeDesignator) == "DCM"
    }
    known = dict(OPTIONS[name][1:] for name in RETAINED)
    codes = {code: meaning for code, meaning in known.items() if code in before}
    codes = dict(sorted((codes | dict(options.codes)).items()))
    yield NewElement(METHOD_CODES, "SQ", [_code(*code) for code in codes.items()])


def _code(value: str, meaning: str) -> list[NewElement]:
    return [
        NewElement(TAG.CodeValue, "SH", value.encode()),
        NewElement(TAG.CodingSchemeDesignator, "SH", b"DCM"),
        NewElement(TAG.CodeMeaning, "LO", meaning.encode("ascii", "replace")),
    ]
