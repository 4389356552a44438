"""Structured reports for tests: content items in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydicom.dataset import Dataset
from small_instance import dataset

SR = "1.2.840.10008.5.1.4.1.1."
CT = SR + "2"
# By the last numbers of the SOP Class UID.
BASIC, ENHANCED, COMPREHENSIVE, SPATIAL, KEY_OBJECTS = "88.11", "88.22", "88.33", "88.34", "88.59"

Code = tuple[str, str, str]
FINDING: Code = ("121071", "DCM", "Finding")
LENGTH: Code = ("410668003", "SCT", "Length")
MM: Code = ("mm", "UCUM", "mm")


def code(value: Code) -> Dataset:
    """A coded concept."""
    word, scheme, meaning = value
    return dataset(CodeValue=word, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def item(
    value_type: str,
    *children: Dataset,
    relationship: str = "CONTAINS",
    concept: Code | None = FINDING,
    **values: object,
) -> Dataset:
    """A content item with the named attributes, and the value of its type where that is plain."""
    ds = dataset(RelationshipType=relationship, ValueType=value_type)
    if concept:
        ds.ConceptNameCodeSequence = [code(concept)]
    if value_type in PLAIN and not values:
        keyword, value = PLAIN[value_type]
        setattr(ds, keyword, value)
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    if children:
        ds.ContentSequence = list(children)
    return ds


PLAIN: dict[str, tuple[str, object]] = {
    "TEXT": ("TextValue", "It croaks"),
    "CODE": ("ConceptCodeSequence", [code(FINDING)]),
    "DATETIME": ("DateTime", "20260131120000"),
    "DATE": ("Date", "20260131"),
    "TIME": ("Time", "120000"),
    "PNAME": ("PersonName", "Frog^Green"),
    "UIDREF": ("UID", "2.25.7"),
    "CONTAINER": ("ContinuityOfContent", "SEPARATE"),
}


def number(
    *children: Dataset,
    value: str = "1.5",
    unit: Code | None = MM,
    relationship: str = "CONTAINS",
    concept: Code = LENGTH,
) -> Dataset:
    """A measurement."""
    measured = dataset(NumericValue=value)
    if unit:
        measured.MeasurementUnitsCodeSequence = [code(unit)]
    return item(
        "NUM",
        *children,
        relationship=relationship,
        concept=concept,
        MeasuredValueSequence=[measured],
    )


def instance(
    value_type: str = "IMAGE",
    *children: Dataset,
    relationship: str = "CONTAINS",
    concept: Code | None = None,
    sop_class: str = CT,
) -> Dataset:
    """A reference to an instance."""
    reference = dataset(ReferencedSOPClassUID=sop_class, ReferencedSOPInstanceUID="2.25.11")
    return item(
        value_type,
        *children,
        relationship=relationship,
        concept=concept,
        ReferencedSOPSequence=[reference],
    )


def by_place(*place: int, relationship: str = "INFERRED FROM") -> Dataset:
    """A reference to the content item at a place, counted from 1."""
    return dataset(RelationshipType=relationship, ReferencedContentItemIdentifier=list(place))


def graphic(
    graphic_type: str,
    *coordinates: float,
    value_type: str = "SCOORD",
    of: Dataset | None = None,
    relationship: str = "CONTAINS",
) -> Dataset:
    """Coordinates, selected from an image if that is given."""
    return item(
        value_type,
        *([of] if of else []),
        relationship=relationship,
        GraphicType=graphic_type,
        GraphicData=list(coordinates),
    )


def selected_image() -> Dataset:
    """The image that coordinates are in."""
    return instance(relationship="SELECTED FROM")


def referenced(children: Iterable[Dataset]) -> Iterator[Dataset]:
    """The references in content items, at any depth."""
    for child in children:
        for reference in child.get("ReferencedSOPSequence") or ():
            if "ReferencedSOPInstanceUID" in reference:
                yield reference
        yield from referenced(child.get("ContentSequence") or ())


def study(*references: Dataset, uid: str = "2.25.2") -> Dataset:
    """An item of a list of instances: a study with one series."""
    each = {
        one.ReferencedSOPInstanceUID: dataset(
            ReferencedSOPClassUID=one.ReferencedSOPClassUID,
            ReferencedSOPInstanceUID=one.ReferencedSOPInstanceUID,
        )
        for one in references
    }
    series = dataset(SeriesInstanceUID="2.25.3", ReferencedSOPSequence=list(each.values()))
    return dataset(StudyInstanceUID=uid, ReferencedSeriesSequence=[series])


def report(
    sop_class: str,
    *children: Dataset,
    title: Code = ("126000", "DCM", "Imaging Measurement Report"),
    tid: str = "",
) -> Dataset:
    """A report of a SOP Class, with that content, naming a template if one is given."""
    ds = dataset(
        SOPClassUID=SR + sop_class,
        SOPInstanceUID="2.25.9",
        ValueType="CONTAINER",
        ContinuityOfContent="SEPARATE",
        ConceptNameCodeSequence=[code(title)],
        ContentSequence=list(children),
    )
    references = list(referenced(children))
    if references:
        ds.CurrentRequestedProcedureEvidenceSequence = [study(*references)]
    if tid:
        named = dataset(MappingResource="DCMR", TemplateIdentifier=tid)
        ds.ContentTemplateSequence = [named]
    return ds
