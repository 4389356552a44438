"""Planted contradictions between derived instances and their volume: eye, size, place, time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from cross_instance import between
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many

Plant = Callable[[Dataset], object]
SHARED = "SharedFunctionalGroupsSequence[0]"
ALL = ("structure", "flow-omag", "surfaces", "height-map", "enface/retina-structure")


def to(keyword: str, value: object) -> Plant:
    return lambda ds: setattr(ds, keyword, value)


def shared(group: str, keyword: str, value: object) -> Plant:
    def change(ds: Dataset) -> None:
        (groups,) = ds.SharedFunctionalGroupsSequence
        setattr(groups[group][0], keyword, value)

    return change


def corners(*values: float) -> Plant:
    return lambda ds: setattr(
        ds.OphthalmicFrameLocationSequence[0], "ReferenceCoordinates", list(values)
    )


def without_a_column(ds: Dataset) -> None:
    pixels = ds.pixel_array[:, :-1]
    ds.Columns = pixels.shape[1]
    ds.PixelData = np.ascontiguousarray(pixels).tobytes()


def spaced(row: float, column: float) -> Plant:
    def change(ds: Dataset) -> None:
        own = [float(mm) for mm in ds.PixelSpacing]
        ds.PixelSpacing = [f"{own[0] * row:.9f}", f"{own[1] * column:.9f}"]

    return change


def turned(*orientation: float) -> Plant:
    return lambda ds: setattr(ds, "ImageOrientationPatient", list(map(str, orientation)))


def transposed(ds: Dataset) -> None:
    pixels = ds.pixel_array.T
    ds.Rows, ds.Columns = pixels.shape
    ds.PixelData = np.ascontiguousarray(pixels).tobytes()
    ds.ImageOrientationPatient = [*ds.ImageOrientationPatient[3:], *ds.ImageOrientationPatient[:3]]
    ds.PixelSpacing = ds.PixelSpacing[::-1]


def in_unit(code: str, slope: float) -> Plant:
    """The height of a row, in another unit."""

    def change(ds: Dataset) -> None:
        mapping = ds.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
        mapping.RealWorldValueSlope *= slope
        mapping.MeasurementUnitsCodeSequence[0].CodeValue = code

    return change


FLOW_EYE = f"{SHARED}.FrameAnatomySequence[0].FrameLaterality"
RESCALE = f"{SHARED}.RealWorldValueMappingSequence[0].RealWorldValueSlope"
FLAT = ["1", "0", "0", "0", "1", "0"]


@pytest.mark.parametrize(
    ("name", "plant", "expected"),
    [
        ("enface/retina-flow", to("ImageLaterality", "L"), ["chain-eye"]),
        ("enface/retina-flow", to("ImageLaterality", "B"), []),
        ("flow-omag", shared("FrameAnatomySequence", "FrameLaterality", "U"), []),
        ("flow-omag", shared("FrameAnatomySequence", "FrameLaterality", "L"), ["chain-eye"]),
        ("surfaces", to("Laterality", "L"), ["chain-eye"]),
        ("surfaces", to("Laterality", "R"), []),
        ("height-map", to("Laterality", "L"), ["chain-eye"]),
        ("surfaces", to("FrameOfReferenceUID", "1.2.3"), ["frame-of-reference"]),
        ("enface/retina-flow", without_a_column, ["chain-size"]),
        ("enface/retina-flow", spaced(1.1, 1), ["chain-spacing"]),
        ("enface/retina-flow", spaced(1, 0.9), ["chain-spacing"]),
        ("enface/retina-flow", spaced(1.0001, 0.9999), []),
        (
            "flow-omag",
            shared("PixelMeasuresSequence", "PixelSpacing", ["0.002", "0.015625"]),
            ["chain-spacing"],
        ),
        (
            "height-map",
            shared("PixelMeasuresSequence", "PixelSpacing", ["0.025", "0.03"]),
            ["chain-spacing"],
        ),
        ("enface/retina-flow", to("ImageOrientationPatient", FLAT), ["chain-orientation"]),
        ("enface/retina-flow", turned(1, 0, 0, 0, 0, 1), []),  # the other way up
        ("enface/retina-flow", turned(-1, 0, 0, 0, 0, -1), []),
        ("enface/retina-flow", transposed, []),
        (
            "flow-omag",
            shared("PlaneOrientationSequence", "ImageOrientationPatient", ["1", *"00001"]),
            ["chain-orientation"],
        ),
        (
            "height-map",
            shared("PlaneOrientationSequence", "ImageOrientationPatient", FLAT),
            ["chain-orientation"],
        ),
        (
            "height-map",
            shared("RealWorldValueMappingSequence", "RealWorldValueSlope", 0.01),
            ["height-scale"],
        ),
        ("height-map", in_unit("um", 1000), []),
        ("height-map", in_unit("um", 1), ["height-scale"]),
        ("enface/retina-flow", corners(0, 0, 41, 64), ["localizer"]),
        ("enface/retina-flow", corners(0, 0, 40, 64), []),
        ("enface/retina-flow", corners(3.5, 4, 30, 60), []),
        ("enface/retina-flow", to("ContentDate", "20250131"), ["chain-time"]),
        ("enface/retina-flow", to("ContentTime", "140459"), ["chain-time"]),
        ("enface/retina-flow", to("ContentDate", "20280131"), []),
        ("surfaces", to("ContentDate", "20250131"), ["chain-time"]),
        ("height-map", to("ContentDate", "20250131"), ["chain-time"]),
        ("enface/retina-flow", to("StudyDate", "20260130"), ["disagreement"]),
        ("enface/retina-flow", to("StudyTime", "1200"), ["disagreement"]),
        ("enface/retina-flow", to("StudyTime", "140500.000"), []),
        ("enface/retina-flow", to("StudyTime", "1405"), []),
    ],
)
def test_a_derived_instance_agrees_with_its_volume(
    made_chain, changed, checker: Checker, name: str, plant: Plant, expected: list[str]
) -> None:  # type: ignore[no-untyped-def]
    one = changed(name, plant)
    others = [made_chain.file(other) for other in ALL if other != name]
    codes = [code for _, code, _ in between(checker, *others, one)]
    # An eye is compared with that of each instance that is referred to.
    assert sorted(set(codes)) == expected


def test_where_it_is_written_is_named(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    structure = made_chain.file("structure")
    flow = changed("flow-omag", shared("FrameAnatomySequence", "FrameLaterality", "L"))
    assert between(checker, flow, structure) == [("flow-omag.dcm", "chain-eye", FLOW_EYE)]
    plant = shared("RealWorldValueMappingSequence", "RealWorldValueSlope", 0.01)
    heights = changed("height-map", plant)
    assert between(checker, heights, structure) == [("height-map.dcm", "height-scale", RESCALE)]


def test_two_patients_have_no_frame_of_reference_in_common(
    made_chain, changed, checker: Checker
) -> None:  # type: ignore[no-untyped-def]
    def other_patient(ds: Dataset) -> None:
        ds.PatientID, ds.StudyInstanceUID = "4712", "1.2.3"

    structure = changed("structure", to("PatientID", "4711"))
    flow = changed("flow-omag", other_patient)
    found = between(checker, structure, flow)
    assert ("flow-omag.dcm", "chain-patient", "FrameOfReferenceUID") in found
    same = changed("flow-omag", to("PatientID", "4711"))
    assert between(checker, structure, same) == []


def test_heights_in_another_unit_are_undecided(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    heights = changed("height-map", in_unit("[in_i]", 1))
    checked = check_many([heights, made_chain.file("structure")], checker)
    found = [each for report in checked.reports for each in report.findings]
    assert [each.outcome for each in found if each.code == "height-scale"] == ["undecided"]


def at(zone: str, **moments: str) -> Plant:
    def change(ds: Dataset) -> None:
        ds.TimezoneOffsetFromUTC = zone
        for keyword, value in moments.items():
            setattr(ds, keyword, value)

    return change


@pytest.mark.parametrize(
    ("scan", "image", "is_older"),
    [
        # Hours later, by a workstation in London.
        (at("+0900", AcquisitionDateTime="20260131140500"), at("+0000"), False),
        (at("", AcquisitionDateTime="20260131140500+0900"), at("+0000"), False),
        (at("-0500", AcquisitionDateTime="20260131140500"), at("+0000"), True),
        (at("+0900", AcquisitionDateTime="20260131140500-0500"), at("+0000"), True),
        # One of them may be of any zone.
        (at("+0900", AcquisitionDateTime="20260131140500"), at(""), False),
        (at("", AcquisitionDateTime="20260131140500"), at("+0000"), False),
        (at("", AcquisitionDateTime="20260131140500"), at(""), True),
    ],
)
def test_times_are_compared_in_utc(
    made_chain, changed, checker: Checker, scan: Plant, image: Plant, is_older: bool
) -> None:  # type: ignore[no-untyped-def]
    def created(ds: Dataset) -> None:
        image(ds)
        ds.ContentDate, ds.ContentTime = "20260131", "130000"

    paths = [changed("structure", scan), changed("enface/retina-structure", created)]
    assert (between(checker, *paths, codes={"chain-time"}) != []) == is_older


@pytest.mark.parametrize(
    ("own", "theirs", "outcomes"),
    [
        (("4711", "HOSP"), ("4711", ""), []),
        (("4711", "HOSP"), ("4711", "OTHER"), ["warning"]),
        (("4711", "HOSP"), ("4712", "OTHER"), ["warning"]),
        (("4711", "HOSP"), ("4712", ""), ["violation"]),
    ],
)
def test_a_missing_issuer_is_not_another(
    changed, checker: Checker, own: tuple[str, str], theirs: tuple[str, str], outcomes: list[str]
) -> None:  # type: ignore[no-untyped-def]
    def of(patient: tuple[str, str], study: str) -> Plant:
        def change(ds: Dataset) -> None:
            ds.PatientID, ds.IssuerOfPatientID = patient
            ds.StudyInstanceUID = study

        return change

    paths = [changed("structure", of(own, "1.2.3")), changed("flow-omag", of(theirs, "1.2.4"))]
    checked = check_many(paths, checker)
    found = [each for report in checked.reports for each in report.findings]
    found = [each for each in found if each.code == "chain-patient"]
    assert [each.outcome for each in found] == outcomes
    assert all("'OTHER'" in each.message for each in found if each.outcome == "warning")


def test_surfaces_in_what_has_no_frame_of_reference_have_their_own(
    made_chain, changed, checker: Checker
) -> None:  # type: ignore[no-untyped-def]
    def without(ds: Dataset) -> None:
        del ds.FrameOfReferenceUID

    paths = [made_chain.file("surfaces"), changed("structure", without)]
    assert between(checker, *paths, codes={"frame-of-reference"}) == []


@pytest.mark.parametrize(("zone", "codes"), [("+0000", []), ("+0900", ["disagreement"])])
def test_the_time_of_a_study_has_two_texts_in_two_zones(
    changed, checker: Checker, zone: str, codes: list[str]
) -> None:  # type: ignore[no-untyped-def]
    scan = changed("structure", at("+0900", StudyDate="20260131", StudyTime="140500"))
    flow = changed("flow-omag", at(zone, StudyDate="20260131", StudyTime="050500"))
    found = between(checker, scan, flow, codes={"disagreement"})
    assert [code for _, code, _ in found] == codes
