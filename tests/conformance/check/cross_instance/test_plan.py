"""A dose and its plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cross_instance import between
from pydicom.dataset import Dataset
from small_instance import dataset

from octome.conformance.check.checker import Checker

Save = Callable[[Dataset, str], Path]
RT = "1.2.840.10008.5.1.4.1.1.481."
GROUP = "ReferencedRTPlanSequence[0].ReferencedFractionGroupSequence[0]"


def plan() -> Dataset:
    return dataset(
        SOPClassUID=f"{RT}5",
        SOPInstanceUID="2.25.1",
        FractionGroupSequence=[dataset(FractionGroupNumber=1)],
        BeamSequence=[dataset(BeamNumber=number) for number in (1, 2)],
    )


def dose(group: int, beam: int) -> Dataset:
    of_group = dataset(
        ReferencedFractionGroupNumber=group,
        ReferencedBeamSequence=[dataset(ReferencedBeamNumber=beam)],
    )
    of_plan = dataset(
        ReferencedSOPClassUID=f"{RT}5",
        ReferencedSOPInstanceUID="2.25.1",
        ReferencedFractionGroupSequence=[of_group],
    )
    return dataset(
        SOPClassUID=f"{RT}2", SOPInstanceUID="2.25.2", ReferencedRTPlanSequence=[of_plan]
    )


@pytest.mark.parametrize(
    ("group", "beam", "paths"),
    [
        (1, 2, []),
        (9, 2, [f"{GROUP}.ReferencedFractionGroupNumber"]),
        (1, 9, [f"{GROUP}.ReferencedBeamSequence[0].ReferencedBeamNumber"]),
    ],
)
def test_a_dose_names_parts_that_its_plan_has(
    group: int, beam: int, paths: list[str], saved: Save, checker: Checker
) -> None:
    files = [saved(plan(), "plan.dcm"), saved(dose(group, beam), "dose.dcm")]
    found = between(checker, *files, codes={"beam"})
    assert found == [("dose.dcm", "beam", path) for path in paths]
