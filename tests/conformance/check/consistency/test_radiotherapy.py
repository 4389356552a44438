"""Radiotherapy: regions and contours, dose planes, beams and control points."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.radiotherapy import (
    contours,
    control_points,
    counts_in_plans,
    dose_planes,
    frames_of_regions,
    leaf_positions,
    referenced_beams,
    regions_of_interest,
)
from octome.dicom.part10 import read_encoded


def structures() -> Dataset:
    """One region with a contour of two points."""
    contour = dataset(NumberOfContourPoints=2, ContourData=[0, 0, 0, 1, 1, 1])
    return dataset(
        StructureSetROISequence=[dataset(ROINumber=1)],
        ROIContourSequence=[dataset(ReferencedROINumber=1, ContourSequence=[contour])],
        RTROIObservationsSequence=[dataset(ReferencedROINumber=1)],
    )


def test_regions_that_agree() -> None:
    assert found_by(regions_of_interest, structures()) == []
    assert found_by(contours, structures()) == []


def test_what_refers_to_no_region_is_found() -> None:
    ds = structures()
    ds.ROIContourSequence[0].ReferencedROINumber = 9
    ds.RTROIObservationsSequence[0].ReferencedROINumber = 8
    assert found_by(regions_of_interest, ds) == [
        "violation region-of-interest ROIContourSequence[0].ReferencedROINumber",
        "violation region-of-interest RTROIObservationsSequence[0].ReferencedROINumber",
    ]


def test_two_regions_of_one_number_are_found_once() -> None:
    ds = structures()
    ds.StructureSetROISequence.append(dataset(ROINumber=1))
    path = "StructureSetROISequence[0].ROINumber"
    assert found_by(regions_of_interest, ds) == [f"violation region-of-interest {path}"]


def test_a_contour_has_the_points_that_it_states() -> None:
    ds = structures()
    ds.ROIContourSequence[0].ContourSequence[0].NumberOfContourPoints = 3
    path = "ROIContourSequence[0].ContourSequence[0].ContourData"
    assert found_by(contours, ds) == [f"violation contour {path}"]


def test_a_contour_of_type_point_is_one_point() -> None:
    ds = structures()
    ds.ROIContourSequence[0].ContourSequence[0].ContourGeometricType = "POINT"
    path = "ROIContourSequence[0].ContourSequence[0].NumberOfContourPoints"
    assert found_by(contours, ds) == [f"violation contour {path}"]


@pytest.mark.parametrize(
    ("weights", "wrong"), [((0, 0.5, 1), []), ((0, 0.5, 0.5), []), ((0, 0.7, 0.5), [2])]
)
def test_meterset_weights_rise(weights: tuple[float, ...], wrong: list[int]) -> None:
    points = [
        dataset(ControlPointIndex=at, CumulativeMetersetWeight=weight)
        for at, weight in enumerate(weights)
    ]
    ds = dataset(BeamSequence=[dataset(ControlPointSequence=points)])
    path = (
        "violation control-point BeamSequence[0].ControlPointSequence[{}].CumulativeMetersetWeight"
    )
    assert found_by(control_points, ds) == [path.format(at) for at in wrong]


def test_ion_control_points_cite_their_own_section() -> None:
    beam = dataset(IonControlPointSequence=[dataset(ControlPointIndex=3)])
    [found] = control_points(read_encoded(encoded(dataset(IonBeamSequence=[beam]))))
    assert found.section == "PS3.3 C.8.8.25"


def plan() -> Dataset:
    """One beam with two control points, and a fraction group of it."""
    points = [dataset(ControlPointIndex=0), dataset(ControlPointIndex=1)]
    beam = dataset(
        BeamNumber=4, NumberOfControlPoints=2, ControlPointSequence=points, NumberOfWedges=0
    )
    fraction = dataset(NumberOfBeams=1, ReferencedBeamSequence=[dataset(ReferencedBeamNumber=4)])
    return dataset(BeamSequence=[beam], FractionGroupSequence=[fraction])


@pytest.mark.parametrize("check", [counts_in_plans, referenced_beams, control_points])
def test_a_plan_that_agrees(check) -> None:  # type: ignore[no-untyped-def]
    assert found_by(check, plan()) == []


def test_counts_of_a_plan_are_those_of_its_items() -> None:
    ds = plan()
    ds.FractionGroupSequence[0].NumberOfBeams = 7
    ds.BeamSequence[0].NumberOfControlPoints = 3
    ds.BeamSequence[0].NumberOfWedges = 1
    assert found_by(counts_in_plans, ds) == [
        "violation count FractionGroupSequence[0].NumberOfBeams",
        "violation count BeamSequence[0].NumberOfWedges",
        "violation count BeamSequence[0].NumberOfControlPoints",
    ]


def test_a_fraction_group_refers_to_beams_of_the_plan() -> None:
    ds = plan()
    ds.FractionGroupSequence[0].ReferencedBeamSequence[0].ReferencedBeamNumber = 1
    path = "FractionGroupSequence[0].ReferencedBeamSequence[0].ReferencedBeamNumber"
    assert found_by(referenced_beams, ds) == [f"violation beam {path}"]


def test_control_points_are_numbered_from_0() -> None:
    ds = plan()
    ds.BeamSequence[0].ControlPointSequence[1].ControlPointIndex = 2
    path = "BeamSequence[0].ControlPointSequence[1].ControlPointIndex"
    assert found_by(control_points, ds) == [f"violation control-point {path}"]


@pytest.mark.parametrize(("uid", "is_wrong"), [("2.25.1", False), ("2.25.2", True)])
def test_a_region_is_in_a_frame_that_is_listed(uid: str, is_wrong: bool) -> None:
    ds = dataset(
        ReferencedFrameOfReferenceSequence=[dataset(FrameOfReferenceUID="2.25.1")],
        StructureSetROISequence=[dataset(ReferencedFrameOfReferenceUID=uid)],
    )
    path = "StructureSetROISequence[0].ReferencedFrameOfReferenceUID"
    found = found_by(frames_of_regions, ds)
    assert found == [f"violation region-of-interest {path}"] * is_wrong


@pytest.mark.parametrize(("positions", "is_wrong"), [([-1, -2, 1, 2], False), ([-1, 1], True)])
def test_each_pair_of_leaves_has_two_positions(positions: list[float], is_wrong: bool) -> None:
    device = dataset(RTBeamLimitingDeviceType="MLCX", NumberOfLeafJawPairs=2)
    place = dataset(RTBeamLimitingDeviceType="MLCX", LeafJawPositions=positions)
    point = dataset(BeamLimitingDevicePositionSequence=[place])
    beam = dataset(BeamLimitingDeviceSequence=[device], ControlPointSequence=[point])
    path = (
        "BeamSequence[0].ControlPointSequence[0].BeamLimitingDevicePositionSequence[0]"
        ".LeafJawPositions"
    )
    found = found_by(leaf_positions, dataset(BeamSequence=[beam]))
    assert found == [f"violation count {path}"] * is_wrong


def test_a_beam_may_have_two_devices_of_one_type() -> None:
    devices = [
        dataset(RTBeamLimitingDeviceType="MLCX", NumberOfLeafJawPairs=pairs) for pairs in (2, 1)
    ]
    place = dataset(RTBeamLimitingDeviceType="MLCX", LeafJawPositions=[-1, -2, 1, 2])
    point = dataset(BeamLimitingDevicePositionSequence=[place])
    beam = dataset(BeamLimitingDeviceSequence=devices, ControlPointSequence=[point])
    assert found_by(leaf_positions, dataset(BeamSequence=[beam])) == []


@pytest.mark.parametrize(
    ("offsets", "is_wrong"),
    [([0, 1, 3], False), ([3, 1, 0], False), ([0, 2, 1], True), ([0, 1, 1], True), ([5], False)],
)
def test_planes_of_a_dose_are_in_order(offsets: list[float], *, is_wrong: bool) -> None:
    found = found_by(dose_planes, dataset(GridFrameOffsetVector=offsets))
    assert found == ["violation range GridFrameOffsetVector"] * is_wrong
