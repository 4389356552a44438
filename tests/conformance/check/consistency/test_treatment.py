"""How a plan is delivered."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.treatment import (
    kinds_of_treatment,
    mass_fractions,
    meterset_weights,
    time_weights,
)


def plan(first: float, last: float) -> Dataset:
    points = [dataset(CumulativeMetersetWeight=weight) for weight in (first, last)]
    beam = dataset(FinalCumulativeMetersetWeight=1, ControlPointSequence=points)
    return dataset(BeamSequence=[beam])


@pytest.mark.parametrize(("first", "last", "wrong"), [(0, 1, None), (0.5, 1, 0), (0, 0.5, 1)])
def test_weights_go_from_0_to_the_final_one(first: float, last: float, wrong: int | None) -> None:
    path = f"BeamSequence[0].ControlPointSequence[{wrong}].CumulativeMetersetWeight"
    expected = [] if wrong is None else [f"violation control-point {path}"]
    assert found_by(meterset_weights, plan(first, last)) == expected


def test_times_go_from_0_to_the_final_one() -> None:
    points = [dataset(CumulativeTimeWeight=weight) for weight in (0, 90)]
    channel = dataset(FinalCumulativeTimeWeight=100, BrachyControlPointSequence=points)
    ds = dataset(ApplicationSetupSequence=[dataset(ChannelSequence=[channel])])
    path = "ApplicationSetupSequence[0].ChannelSequence[0].BrachyControlPointSequence[1]"
    assert found_by(time_weights, ds) == [f"violation control-point {path}.CumulativeTimeWeight"]
    points[1].CumulativeTimeWeight = 100
    assert found_by(time_weights, ds) == []


@pytest.mark.parametrize(
    ("beams", "setups", "is_wrong"), [(2, 0, False), (0, 1, False), (1, 1, True)]
)
def test_a_fraction_group_has_one_kind_of_treatment(
    beams: int, setups: int, *, is_wrong: bool
) -> None:
    fraction = dataset(NumberOfBeams=beams, NumberOfBrachyApplicationSetups=setups)
    path = "FractionGroupSequence[0].NumberOfBrachyApplicationSetups"
    ds = dataset(FractionGroupSequence=[fraction])
    assert found_by(kinds_of_treatment, ds) == [f"violation count {path}"] * is_wrong


@pytest.mark.parametrize(("shares", "is_wrong"), [((0.1119, 0.8881), False), ((0.5, 0.4), True)])
def test_the_elements_of_a_region_are_all_of_its_mass(
    shares: tuple[float, ...], *, is_wrong: bool
) -> None:
    found = [dataset(ROIElementalCompositionAtomicMassFraction=share) for share in shares]
    region = dataset(ROIPhysicalPropertiesSequence=[dataset(ROIElementalCompositionSequence=found)])
    path = "RTROIObservationsSequence[0].ROIPhysicalPropertiesSequence[0]"
    expected = [f"violation range {path}.ROIElementalCompositionSequence"] * is_wrong
    assert found_by(mass_fractions, dataset(RTROIObservationsSequence=[region])) == expected
