"""Content items are kept where their concept and their codes are the Standard's."""

from __future__ import annotations

from pydicom.dataset import Dataset
from rewritten_instance import encoded, rewritten

from octome.deidentification.options import Cleaned, Options
from octome.standard.library import Library

FINDING, PATIENT_ID = ("121071", "DCM", "Finding"), ("121030", "DCM", "Subject ID")


def code(value: str, scheme: str, meaning: str) -> Dataset:
    ds = Dataset()
    ds.CodeValue, ds.CodingSchemeDesignator, ds.CodeMeaning = value, scheme, meaning
    return ds


def item(concept: tuple[str, str, str], **values: object) -> Dataset:
    ds = Dataset()
    ds.ConceptNameCodeSequence = [code(*concept)]
    for keyword, value in values.items():
        setattr(ds, keyword, value)
    return ds


def content(library: Library, *items: Dataset, clean: tuple[Cleaned, ...] = ()) -> list[Dataset]:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "1.2.3"
    ds.ContentSequence = list(items)
    options = Options(clean=frozenset({"structured-content", *clean}))
    return list(rewritten(encoded(ds), library, options=options).ContentSequence)


def test_text_stays_only_as_far_as_descriptors_are_cleaned(library: Library) -> None:
    text = item(FINDING, TextValue="left eye of Kermit, 12/05/34")
    (new,) = content(library, text)
    assert new.TextValue == "REMOVED"
    assert new.ConceptNameCodeSequence[0].CodeMeaning == "Finding"
    (new,) = content(library, text, clean=("descriptors",))
    assert new.TextValue.startswith("left eye of ,")


def test_number_stays_only_with_a_known_concept_that_is_not_about_people(library: Library) -> None:
    concepts = (FINDING, PATIENT_ID, ("F1", "99POND", "Frogs"))
    measured = [Dataset() for _ in concepts]
    for each in measured:
        each.NumericValue = "4711"
    items = [
        item(concept, MeasuredValueSequence=[value])
        for concept, value in zip(concepts, measured, strict=True)
    ]
    new = [each.MeasuredValueSequence[0].NumericValue for each in content(library, *items)]
    assert new == [4711, 0, 0]


def test_code_with_a_private_or_wrong_meaning_is_replaced(library: Library) -> None:
    codes = (code("F1", "99POND", "Kermit"), code("81745001", "SCT", "Eye of Kermit"))
    good = code("81745001", "SCT", "Eye")
    items = [item(FINDING, ConceptCodeSequence=[each]) for each in (*codes, good)]
    new = [each.ConceptCodeSequence[0].CodeMeaning for each in content(library, *items)]
    assert new == ["REMOVED", "REMOVED", "Eye"]


def test_acquisition_context_loses_its_text(library: Library) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "1.2.3"
    ds.AcquisitionContextSequence = [item(FINDING, TextValue="Kermit")]
    options = Options(clean=frozenset({"structured-content"}))
    new = rewritten(encoded(ds), library, options=options)
    assert new.AcquisitionContextSequence[0].TextValue == "REMOVED"


def test_concepts_of_a_replaced_sequence_are_replaced(library: Library) -> None:
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "1.2.3"
    ds.ConceptNameCodeSequence = [code("F1", "99POND", "Kermit")]
    ds.ContentSequence = [item(("F2", "99POND", "Kermit"), TextValue="Kermit")]
    assert "Kermit" not in str(rewritten(encoded(ds), library).get("ContentSequence"))
    options = Options(clean=frozenset({"structured-content"}))
    assert "Kermit" not in str(rewritten(encoded(ds), library, options=options))
