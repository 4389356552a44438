"""The evidence of reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydicom.dataset import Dataset
from report_items import COMPREHENSIVE, KEY_OBJECTS, SR, instance, report, study
from small_instance import WrongIn, dataset

CURRENT = "CurrentRequestedProcedureEvidenceSequence"
LISTED = "ReferencedSeriesSequence[0].ReferencedSOPSequence[0].ReferencedSOPInstanceUID"
OF_INTEREST = ("113000", "DCM", "Of Interest")


def no_evidence(ds: Dataset) -> None:
    del ds.CurrentRequestedProcedureEvidenceSequence


def other_class(ds: Dataset) -> None:
    reference = ds.ContentSequence[0].ReferencedSOPSequence[0]
    reference.ReferencedSOPClassUID = SR + "4"


def in_both(ds: Dataset) -> None:
    ds.PertinentOtherEvidenceSequence = ds.CurrentRequestedProcedureEvidenceSequence


def state_not_listed(ds: Dataset) -> None:
    state = dataset(ReferencedSOPClassUID=SR + "11.1", ReferencedSOPInstanceUID="2.25.70")
    ds.ContentSequence[0].ReferencedSOPSequence[0].ReferencedSOPSequence = [state]


def own_predecessor(ds: Dataset) -> None:
    own = dataset(ReferencedSOPClassUID=ds.SOPClassUID, ReferencedSOPInstanceUID=ds.SOPInstanceUID)
    ds.PredecessorDocumentsSequence = [study(own)]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (no_evidence, f"reference-not-listed {CURRENT}"),
        (
            other_class,
            "reference-class ContentSequence[0].ReferencedSOPSequence[0].ReferencedSOPClassUID",
        ),
        (in_both, f"evidence PertinentOtherEvidenceSequence[0].{LISTED}"),
        (state_not_listed, f"reference-not-listed {CURRENT}"),
        (own_predecessor, f"evidence PredecessorDocumentsSequence[0].{LISTED}"),
    ],
)
def test_evidence_that_contradicts_the_content_is_found(
    wrong_in_report: WrongIn, change: Callable[[Dataset], None], wrong: str
) -> None:
    ds = report(COMPREHENSIVE, instance())
    assert wrong_in_report(ds) == []
    change(ds)
    assert wrong_in_report(ds) == [f"violation {wrong}"]


def test_more_evidence_than_is_referenced_is_right(wrong_in_report: WrongIn) -> None:
    ds = report(COMPREHENSIVE, instance())
    ds.CurrentRequestedProcedureEvidenceSequence = [*_two_studies(ds)]
    assert wrong_in_report(ds) == []


def test_key_objects_list_nothing_else(wrong_in_report: WrongIn) -> None:
    ds = report(KEY_OBJECTS, instance(), title=OF_INTEREST)
    assert wrong_in_report(ds) == []
    ds.CurrentRequestedProcedureEvidenceSequence = [*_two_studies(ds)]
    assert wrong_in_report(ds) == [f"warning evidence {CURRENT}[1].{LISTED}"]


def test_key_objects_of_two_studies_have_a_copy_in_each(wrong_in_report: WrongIn) -> None:
    ds = report(KEY_OBJECTS, instance(), title=OF_INTEREST)
    ds.StudyInstanceUID = "2.25.2"
    ds.CurrentRequestedProcedureEvidenceSequence = [*_two_studies(ds)]
    assert "warning evidence IdenticalDocumentsSequence" in wrong_in_report(ds)


def _two_studies(ds: Dataset) -> tuple[Dataset, Dataset]:
    """The evidence of a report, and another study with another instance."""
    other = dataset(ReferencedSOPClassUID=SR + "2", ReferencedSOPInstanceUID="2.25.71")
    return ds.CurrentRequestedProcedureEvidenceSequence[0], study(other, uid="2.25.72")
