"""Content items: each has the value of its value type, and instances of the right class."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.image_class import STORAGE, is_image
from octome.conformance.check.structured_report.content_tree import ContentItem, ContentTree
from octome.dicom.data_set import DataSet
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
REFERENCES = {"COMPOSITE": "C.18.3", "IMAGE": "C.18.4", "WAVEFORM": "C.18.5"}
UCUM = "UCUM"
SAME = 1e-4  # a decimal string has 16 characters at most
WAVEFORMS = (STORAGE + "9.",)
SEGMENTATIONS = STORAGE + "66."
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
        if item.value_type in ("IMAGE", "WAVEFORM", "COMPOSITE"):
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
        yield from _numbers(item, at, value)
        if not value.items(TAG.MeasurementUnitsCodeSequence):
            where = f"{keyword}[{at}].MeasurementUnitsCodeSequence"
            yield _wrong(item, "missing", where, "the unit of the measured value is missing")
        for unit in value.items(TAG.MeasurementUnitsCodeSequence)[:1]:
            scheme = unit.text(TAG.CodingSchemeDesignator)
            if scheme not in ("", UCUM):
                yield Disagreement(
                    code="unit",
                    outcome="warning",
                    path=item.inside(f"{keyword}[{at}].MeasurementUnitsCodeSequence[0]"),
                    message=f"{item.label}: its unit is of scheme {scheme}: units are of {UCUM}",
                    fix=f"Use the unit of {UCUM}",
                    section="PS3.3 C.18.1",
                )


def _numbers(item: ContentItem, at: int, value: DataSet) -> Iterator[Disagreement]:
    """The forms of one value are the same number (PS3.3 C.18.1)."""
    number = value.number(TAG.NumericValue)
    above = value.number(TAG.RationalNumeratorValue)
    below = value.number(TAG.RationalDenominatorValue)
    forms = {"FloatingPointValue": value.number(TAG.FloatingPointValue)}
    if above is not None and below == 0:
        message = "the denominator of the measured value is 0"
        yield _form(item, f"MeasuredValueSequence[{at}].RationalDenominatorValue", message)
    elif above is not None and below is not None:
        forms["RationalNumeratorValue"] = above / below
    for keyword, other in forms.items():
        if number is None or other is None:
            continue
        # The other forms exist because Numeric Value has too few digits (PS3.3 C.18.1).
        digits = value.text(TAG.NumericValue).lower().partition("e")[0].partition(".")[2].strip()
        if not isclose(number, other, rel_tol=SAME, abs_tol=10.0 ** -len(digits)):
            message = f"it makes {other:.10g}, but NumericValue is {number:.10g}"
            yield _form(item, f"MeasuredValueSequence[{at}].{keyword}", message)


def _form(item: ContentItem, keyword: str, message: str) -> Disagreement:
    return Disagreement(
        code="numeric-value",
        path=item.inside(keyword),
        message=f"{item.label}: {message}",
        fix="Write the same number in each of its forms",
        section="PS3.3 C.18.1",
    )


def _instance(item: ContentItem) -> Iterator[Disagreement]:
    """What is referred to is of the value type (PS3.3 C.18.3, C.18.4, C.18.5)."""
    for at, reference in enumerate(item.ds.items(TAG.ReferencedSOPSequence)):
        uid = reference.text(TAG.ReferencedSOPClassUID)
        if not uid.startswith(STORAGE):
            continue
        is_waveform = uid.startswith(WAVEFORMS)
        if item.value_type == "COMPOSITE":
            is_wrong = is_waveform or is_image(uid)
        elif item.value_type == "IMAGE":
            is_wrong = is_waveform or uid.startswith(NEITHER)
        else:
            is_wrong = not is_waveform
        if is_wrong:
            yield Disagreement(
                code="reference-class",
                outcome="warning" if item.value_type == "COMPOSITE" else "violation",
                path=item.inside(f"ReferencedSOPSequence[{at}].ReferencedSOPClassUID"),
                message=f"{item.label}: an item of {item.value_type} refers to the class {uid}",
                fix="Use IMAGE for an image, WAVEFORM for a waveform, COMPOSITE for the others",
                section=f"PS3.3 {REFERENCES[item.value_type]}",
            )
        if reference.has_value(TAG.ReferencedSegmentNumber) and not uid.startswith(SEGMENTATIONS):
            yield Disagreement(
                code="forbidden",
                path=item.inside(f"ReferencedSOPSequence[{at}].ReferencedSegmentNumber"),
                message=f"{item.label}: it names a segment of an instance that has none: its "
                f"class is {uid}",
                fix="Remove the number, or refer to the segmentation",
                section="PS3.3 10.3",
            )


def _wrong(item: ContentItem, code: str, keyword: str, message: str) -> Disagreement:
    return Disagreement(
        code=code,
        path=item.inside(keyword),
        message=f"{item.label}: {message}",
        fix="Complete the content item",
        section="PS3.3 C.18.1" if item.value_type == "NUM" else SECTION,
    )
