"""Planted contradictions between an en face image, its volume and the surfaces of its slab."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from cross_instance import between
from pydicom import dcmread
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.check.many import check_many
from octome.pipeline.chain import process
from octome.pipeline.request import Request

LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
DESCRIPTORS, SEGMENTS, OFFSET = 0x00221627, 0x0008114C, 0x00660005
LOWER = "OphthalmicEnFaceVolumeDescriptorSequence[1]"
SEGMENT = f"{LOWER}.ReferencedSegmentationSequence[0]"
Plant = Callable[[Dataset], object]


def lower(ds: Dataset) -> Dataset:
    """The item of the lower bound."""
    item: Dataset = ds[DESCRIPTORS].value[1]
    return item


def segment(ds: Dataset) -> Dataset:
    """The segment that is the lower bound."""
    item: Dataset = lower(ds)[SEGMENTS].value[0]
    return item


def moved(px: float) -> Plant:
    def move(ds: Dataset) -> None:
        lower(ds)[OFFSET].value += px

    return move


def typed(value: str) -> Plant:
    return lambda ds: setattr(ds.OphthalmicImageTypeCodeSequence[0], "CodeValue", value)


def numbered(number: int) -> Plant:
    return lambda ds: setattr(segment(ds), "ReferencedSegmentNumber", number)


def coded(value: str) -> Plant:
    return lambda ds: setattr(segment(ds).SegmentedPropertyTypeCodeSequence[0], "CodeValue", value)


def in_scheme(scheme: str) -> Plant:
    """The same concept may have another code there."""

    def change(ds: Dataset) -> None:
        (code,) = segment(ds).SegmentedPropertyTypeCodeSequence
        code.CodingSchemeDesignator, code.CodeValue = scheme, "T-AA610"

    return change


def described(text: str) -> Plant:
    return lambda ds: setattr(ds, "OphthalmicImageTypeDescription", text)


def by_another_maker(ds: Dataset) -> None:
    """Their text may state whatever they like."""
    ds.DerivationAlgorithmSequence[0].AlgorithmSource = "frogs"
    moved(3)(ds)


@pytest.mark.parametrize(
    ("plant", "expected"),
    [
        (numbered(77), ("bound-surface", f"{SEGMENT}.ReferencedSegmentNumber")),
        (numbered(4), None),
        # The number of another segment, under the code of this one.
        (numbered(5), ("bound-code", f"{SEGMENT}.SegmentedPropertyTypeCodeSequence")),
        (coded("128300"), ("bound-code", f"{SEGMENT}.SegmentedPropertyTypeCodeSequence")),
        (coded(""), None),
        (in_scheme("SRT"), None),
        (moved(0.36), ("bound-offset", f"{LOWER}.SurfaceOffset")),
        (moved(2000), ("bound-offset", f"{LOWER}.SurfaceOffset")),
        (moved(0.001), None),
        (described("superficial ILM..IPL+15um"), ("bound-offset", f"{LOWER}.SurfaceOffset")),
        (described("superficial ILM..IPL"), None),
        (by_another_maker, None),
        (described("what lies between the frogs"), None),
        (typed("128266"), ("image-type-source", "OphthalmicImageTypeCodeSequence")),
        (typed("128309"), ("image-type-source", "OphthalmicImageTypeCodeSequence")),
        (typed("128308"), None),
        (typed("999"), None),
    ],
)
def test_an_image_agrees_with_its_volume_and_surfaces(
    made_chain, changed, checker: Checker, plant: Plant, expected: tuple[str, str] | None
) -> None:  # type: ignore[no-untyped-def]
    image = changed("enface/superficial-flow", plant)
    others = [made_chain.file(name) for name in ("structure", "flow-omag", "height-map")]
    found = between(checker, image, *others)
    assert found == ([("superficial-flow.dcm", *expected)] if expected else [])


def test_a_structural_image_has_a_type_of_structure(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    image = changed("enface/superficial-structure", typed("128265"))
    found = between(checker, image, made_chain.file("structure"))
    path = "OphthalmicImageTypeCodeSequence"
    assert found == [("superficial-structure.dcm", "image-type-source", path)]


def test_a_volume_is_not_a_bound(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    volume = dcmread(made_chain.file("structure"), stop_before_pixels=True)

    def bound_by_the_volume(ds: Dataset) -> None:
        segment(ds).ReferencedSOPInstanceUID = volume.SOPInstanceUID
        segment(ds).ReferencedSOPClassUID = volume.SOPClassUID

    image = changed("enface/superficial-flow", bound_by_the_volume)
    path = f"{SEGMENT}.ReferencedSOPInstanceUID"
    found = between(checker, image, made_chain.file("structure"))
    assert found == [("superficial-flow.dcm", "bound-class", path)]


def test_surfaces_of_another_volume_are_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    other = changed("structure", lambda ds: setattr(ds, "SOPInstanceUID", "1.2.3"))

    def of_the_other(ds: Dataset) -> None:
        (shared,) = ds.SharedFunctionalGroupsSequence
        shared.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID = "1.2.3"

    surfaces = changed("height-map", of_the_other)
    image, volume = made_chain.file("enface/superficial-structure"), made_chain.file("structure")
    found = between(checker, image, volume, other, surfaces)
    upper = LOWER.replace("1", "0")
    assert found == [
        (
            "superficial-structure.dcm",
            "bound-volume",
            f"{item}.ReferencedSegmentationSequence[0].ReferencedSOPInstanceUID",
        )
        for item in (upper, LOWER)
    ]


def test_a_label_map_may_bound(made_chain, changed, saved, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    label_map = dcmread(made_chain.file("height-map"))
    label_map.SOPClassUID = label_map.file_meta.MediaStorageSOPClassUID = LABEL_MAP

    def bound_by_it(ds: Dataset) -> None:
        for item in ds[DESCRIPTORS].value:
            item[SEGMENTS].value[0].ReferencedSOPClassUID = LABEL_MAP

    image = changed("enface/superficial-flow", bound_by_it)
    checked = check_many([image, saved(label_map, "labels.dcm")], checker)
    found = [each for report in checked.reports for each in report.findings]
    assert {each.outcome for each in found if each.code == "bound-class"} == {"warning"}


def test_a_mosaic_is_not_of_one_volume(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    def of_two_volumes(ds: Dataset) -> None:
        other = copy.deepcopy(ds.SourceImageSequence[0])
        other.ReferencedSOPInstanceUID = "1.2.3"
        ds.SourceImageSequence.append(other)
        ds.PixelSpacing = ["1", "1"]

    structure, codes = made_chain.file("structure"), {"chain-spacing"}
    image = changed("enface/superficial-structure", of_two_volumes)
    assert between(checker, image, structure, codes=codes) == []
    image = changed("enface/superficial-structure", lambda ds: setattr(ds, "PixelSpacing", [1, 1]))
    assert between(checker, image, structure, codes=codes) != []


@pytest.fixture(scope="module")
def older(made_chain, tmp_path_factory) -> Path:  # type: ignore[no-untyped-def]
    """The chain in the profile 2024c."""
    folder: Path = tmp_path_factory.mktemp("older")
    request = Request(slabs=("superficial", "outer"), enface_profile="2024c", with_raw=False)
    process(made_chain.scan, folder, request)
    return folder


def test_the_older_profile_agrees_with_itself(older: Path, checker: Checker) -> None:
    assert between(checker, older) == []


@pytest.mark.parametrize(
    ("keyword", "value", "code"),
    [
        ("ReferencedSurfaceNumber", 77, "bound-surface"),
        ("ReferencedSurfaceNumber", 9, "bound-code"),
    ],
)
def test_contradictions_in_the_older_profile_are_found(
    older: Path, saved, checker: Checker, keyword: str, value: int, code: str
) -> None:  # type: ignore[no-untyped-def]
    ds = dcmread(older / "enface" / "outer-structure.dcm")
    _, bound = ds.ReferencedSurfaceMeshIdentificationSequence
    setattr(bound, keyword, value)
    image = saved(ds, "outer-structure.dcm")
    others = [older / f"{name}.dcm" for name in ("structure", "surfaces", "slab-bounds")]
    assert [found for _, found, _ in between(checker, image, *others)] == [code]


@pytest.mark.parametrize(("offset", "codes"), [(0, []), (5, ["bound-offset"])])
def test_a_moved_surface_of_the_older_profile_needs_no_offset(
    older: Path, saved, checker: Checker, offset: int, codes: list[str]
) -> None:  # type: ignore[no-untyped-def]
    ds = dcmread(older / "enface" / "superficial-structure.dcm")
    lower_bound = ds.ReferencedSurfaceMeshIdentificationSequence[1]
    lower_bound.SurfaceMeshZPixelOffset = offset
    # As octome once wrote it: the code of the surface that was moved.
    lower_bound.SegmentedPropertyTypeCodeSequence[0].CodingSchemeDesignator = "DCM"
    image = saved(ds, "superficial-structure.dcm")
    found = between(checker, image, older / "structure.dcm", codes={"bound-offset"})
    assert [code for _, code, _ in found] == codes
