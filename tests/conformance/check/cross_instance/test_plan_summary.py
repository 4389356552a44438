"""What is kept of a plan, and of what refers to it."""

from __future__ import annotations

from small_instance import dataset, encoded

from octome.conformance.check.cross_instance.plan_summary import plan_parts, plan_summary
from octome.dicom.part10 import read_encoded


def test_a_plan_is_its_numbers_and_nothing_else_is_a_plan() -> None:
    ds = dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.481.8",
        FractionGroupSequence=[dataset(FractionGroupNumber=3)],
        IonBeamSequence=[dataset(BeamNumber=4)],
    )
    found = plan_summary(read_encoded(encoded(ds)).data_set)
    assert found is not None
    assert (found.fraction_groups, found.beams) == ({"3"}, {"4"})
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.481.3"
    assert plan_summary(read_encoded(encoded(ds)).data_set) is None
    assert list(plan_parts(read_encoded(encoded(ds)).data_set)) == []
