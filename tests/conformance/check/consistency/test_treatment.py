"""How a plan is delivered."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.treatment import (
    apertures,
    block_slabs,
    channel_lengths,
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


@pytest.mark.parametrize(("thickness", "is_wrong"), [(75, False), (80, True)])
def test_slabs_are_as_thick_as_their_block(thickness: int, *, is_wrong: bool) -> None:
    slabs = [dataset(BlockSlabThickness=each) for each in (50.0, 25.0)]
    block = dataset(BlockThickness=thickness, BlockSlabSequence=slabs)
    found = found_by(block_slabs, dataset(IonBeamSequence=[dataset(IonBlockSequence=[block])]))
    path = "IonBeamSequence[0].IonBlockSequence[0].BlockThickness"
    assert found == [f"violation range {path}"] * is_wrong


@pytest.mark.parametrize(
    ("second", "kind", "is_wrong"),
    [(75, "APERTURE", False), (80, "APERTURE", True), (80, "SHIELDING", False)],
)
def test_apertures_are_equally_thick(second: int, kind: str, *, is_wrong: bool) -> None:
    blocks = [
        dataset(BlockType="APERTURE", BlockThickness=75),
        dataset(BlockType=kind, BlockThickness=second),
    ]
    found = found_by(apertures, dataset(BeamSequence=[dataset(BlockSequence=blocks)]))
    assert found == ["violation range BeamSequence[0].BlockSequence"] * is_wrong


@pytest.mark.parametrize(("whole", "is_wrong"), [(1300, False), (1000, True)])
def test_a_channel_is_its_applicator_and_its_tube(whole: int, *, is_wrong: bool) -> None:
    channel = dataset(ChannelLength=whole, SourceApplicatorLength=300, TransferTubeLength=1000)
    setup = dataset(ChannelSequence=[channel])
    found = found_by(channel_lengths, dataset(ApplicationSetupSequence=[setup]))
    path = "ApplicationSetupSequence[0].ChannelSequence[0].ChannelLength"
    assert found == [f"warning range {path}"] * is_wrong
