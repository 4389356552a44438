"""References, and the lists that must contain them."""

from __future__ import annotations

from pydicom import dcmread
from pydicom.dataset import Dataset
from small_instance import WrongIn, encoded

from octome.conformance.check.checker import Checker


def test_references_are_in_common_instance_reference(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    ds = dcmread(made_chain.file("flow-omag"))
    ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence[
        0
    ].ReferencedSOPInstanceUID = "2.25.77"
    found = [f.code for f in checker.check(encoded(ds)).findings if f.outcome == "warning"]
    assert found == ["reference-not-listed"]


def test_references_of_a_document_are_listed_as_evidence(wrong_in: WrongIn) -> None:
    reference, image, document = Dataset(), Dataset(), Dataset()
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    reference.ReferencedSOPInstanceUID = "2.25.5"
    image.ValueType, image.RelationshipType = "IMAGE", "CONTAINS"
    image.ReferencedSOPSequence = [reference]
    document.SOPClassUID, document.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.88.33", "2.25.6"
    document.ContentSequence = [image]
    found = "violation reference-not-listed CurrentRequestedProcedureEvidenceSequence"
    assert found in wrong_in(document)
