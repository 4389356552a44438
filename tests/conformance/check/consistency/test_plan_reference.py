"""Numbers in a plan that refer to its parts."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.plan_reference import parts_of_plan


def plan(setup: int, *, sop_class: str = "5", setups: tuple[int, ...] = (1, 2)) -> Dataset:
    return dataset(
        SOPClassUID=f"1.2.840.10008.5.1.4.1.1.481.{sop_class}",
        BeamSequence=[dataset(ReferencedPatientSetupNumber=setup)],
        PatientSetupSequence=[dataset(PatientSetupNumber=number) for number in setups],
    )


@pytest.mark.parametrize(
    ("ds", "is_wrong"),
    [
        (plan(2), False),
        (plan(3), True),
        (plan(3, setups=()), False),  # its absence is another finding
        (plan(3, sop_class="4"), False),  # a record refers to its plan
    ],
)
def test_a_beam_refers_to_a_setup_of_the_plan(ds: Dataset, *, is_wrong: bool) -> None:
    path = "BeamSequence[0].ReferencedPatientSetupNumber"
    assert found_by(parts_of_plan, ds) == [f"violation beam {path}"] * is_wrong
