"""Content items: each has the value of its value type, and instances of the right class."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.dicom.tag import TAG

# PS3.3 Table C.17-5: the attribute with the value of each value type, and its section.
VALUES = {
    "TEXT": (TAG.TextValue, "TextValue"),
    "CODE": (TAG.ConceptCodeSequence, "ConceptCodeSequence"),
    "DATETIME": (TAG.DateTime, "DateTime"),
    "DATE": (TAG.Date, "Date"),
    "TIME": (TAG.Time, "Time"),
    "PNAME": (TAG.PersonName, "PersonName"),
    "UIDREF": (TAG.UID, "UID"),
    "COMPOSITE": (TAG.ReferencedSOPSequence, "ReferencedSOPSequence"),
    "IMAGE": (TAG.ReferencedSOPSequence, "ReferencedSOPSequence"),
    "WAVEFORM": (TAG.ReferencedSOPSequence, "ReferencedSOPSequence"),
    "SCOORD": (TAG.GraphicData, "GraphicData"),
    "SCOORD3D": (TAG.GraphicData, "GraphicData"),
    "TCOORD": (TAG.TemporalRangeType, "TemporalRangeType"),
    "CONTAINER": (TAG.ContinuityOfContent, "ContinuityOfContent"),
}
# PS3.3 Table C.17-5: other items have a concept name where the template has one.
NAMED = frozenset({"TEXT", "CODE", "NUM", "DATETIME", "DATE", "TIME", "PNAME", "UIDREF"})
SECTION = "PS3.3 C.17.3.2"
STORAGE = "1.2.840.10008.5.1.4.1.1."
WAVEFORMS = (STORAGE + "9.",)
# Documents, measurements and plans: instances that are neither images nor waveforms.
NEITHER = (
    *(
        STORAGE + last
        for last in ("88.", "104.", "66.1", "66.2", "66.3", "67", "78.", "79.1", "11.")
    ),
    *(STORAGE + f"481.{last}" for last in (3, 4, 5, 6, 7, 8, 9)),
)


def values(tree: ContentTree) -> Iterator[Disagreement]:
    """Each item has the value of its value type (PS3.3 C.17.3.2)."""
    for item in tree.items:
        tag, keyword = VALUES.get(item.value_type, (0, ""))
        if not item.value_type and not item.reference:
            yield _wrong(item, "missing", "ValueType", "it has neither a value nor a reference")
        elif tag and not item.ds.has_value(tag):
            message = f"a {item.value_type} has a value in {keyword}: it is missing"
            code = "empty" if tag in item.ds else "missing"
            yield _wrong(item, code, keyword, message)
        is_named = item.value_type in NAMED or item.parent is None
        if is_named and not item.ds.items(TAG.ConceptNameCodeSequence):
            keyword = "ConceptNameCodeSequence"
            yield _wrong(item, "missing", keyword, f"a {item.value_type} has a concept name")
        if item.value_type == "NUM":
            yield from _number(item)
        if item.value_type in ("IMAGE", "WAVEFORM"):
            yield from _instance(item)


def _number(item: ContentItem) -> Iterator[Disagreement]:
    """A number has one measured value with its unit, or none (PS3.3 C.18.1)."""
    keyword = "MeasuredValueSequence"
    measured = item.ds.items(TAG.MeasuredValueSequence)
    if TAG.MeasuredValueSequence not in item.ds:
        yield _wrong(item, "missing", keyword, f"a NUM has {keyword}, empty if there is no value")
    elif len(measured) > 1:
        message = f"a NUM has one value, this one {len(measured)}"
        yield _wrong(item, "too-many-items", keyword, message)
    for at, value in enumerate(measured[:1]):
        if not value.has_value(TAG.NumericValue):
            where = f"{keyword}[{at}].NumericValue"
            yield _wrong(item, "missing", where, "the measured value is missing")
        if not value.items(TAG.MeasurementUnitsCodeSequence):
            where = f"{keyword}[{at}].MeasurementUnitsCodeSequence"
            yield _wrong(item, "missing", where, "the unit of the measured value is missing")


def _instance(item: ContentItem) -> Iterator[Disagreement]:
    """What is referred to as an image or a waveform may be one (PS3.3 C.18.4, C.18.5)."""
    for at, reference in enumerate(item.ds.items(TAG.ReferencedSOPSequence)):
        uid = reference.text(TAG.ReferencedSOPClassUID)
        is_waveform = uid.startswith(WAVEFORMS)
        is_neither = uid.startswith(NEITHER)
        is_known = uid.startswith(STORAGE)
        is_wrong = is_known and (
            is_neither or is_waveform if item.value_type == "IMAGE" else not is_waveform
        )
        if is_wrong:
            yield Disagreement(
                code="reference-class",
                path=item.inside(f"ReferencedSOPSequence[{at}].ReferencedSOPClassUID"),
                message=f"{item.label}: an item of {item.value_type} refers to the class {uid}",
                fix="Use COMPOSITE for what is neither an image nor a waveform",
                section="PS3.3 C.18.4" if item.value_type == "IMAGE" else "PS3.3 C.18.5",
            )


def _wrong(item: ContentItem, code: str, keyword: str, message: str) -> Disagreement:
    return Disagreement(
        code=code,
        path=item.inside(keyword),
        message=f"{item.label}: {message}",
        fix="Complete the content item",
        section="PS3.3 C.18.1" if item.value_type == "NUM" else SECTION,
    )
