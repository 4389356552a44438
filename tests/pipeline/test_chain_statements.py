"""What PS3.3 C.8.17.14.1.1 states of the chain, one test each, read with pydicom alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.pipeline.study import Study
from octome.pipeline.workstation import segment_again

RAW = "1.2.840.10008.5.1.4.1.1.66"
OPT = "1.2.840.10008.5.1.4.1.1.77.1.5.4"
OPTBSV = "1.2.840.10008.5.1.4.1.1.77.1.5.8"
MESH = "1.2.840.10008.5.1.4.1.1.66.5"
HEIGHT_MAP = "1.2.840.10008.5.1.4.1.1.66.8"
ENFACE = "1.2.840.10008.5.1.4.1.1.77.1.5.7"
DESCRIPTORS, SEGMENTS = 0x00221627, 0x0008114C


def read(folder: Path) -> dict[str, Dataset]:
    """The instances of a folder by SOP Instance UID."""
    return {ds.SOPInstanceUID: ds for ds in map(pydicom.dcmread, folder.rglob("*.dcm"))}


@pytest.fixture(scope="module")
def study(made_chain) -> dict[str, Dataset]:  # type: ignore[no-untyped-def]
    return read(made_chain.folder)


@pytest.fixture(scope="module")
def of(study: dict[str, Dataset]) -> Callable[[str], list[Dataset]]:
    """The instances of a SOP Class."""
    return lambda sop_class: [ds for ds in study.values() if ds.SOPClassUID == sop_class]


Of = Callable[[str], list[Dataset]]


def sources(ds: Dataset) -> list[tuple[str, str]]:
    """Purpose code and SOP Instance UID of each source image."""
    return [
        (item.PurposeOfReferenceCodeSequence[0].CodeValue, item.ReferencedSOPInstanceUID)
        for item in ds.SourceImageSequence
    ]


def is_flow(ds: Dataset) -> bool:
    return "flow" in ds.OphthalmicImageTypeCodeSequence[0].CodeMeaning


def segmented(ds: Dataset) -> set[str]:
    """The segmentations that bound an image's slab."""
    items = [
        item for bound in ds[DESCRIPTORS].value if SEGMENTS in bound for item in bound[SEGMENTS]
    ]
    return {item.ReferencedSOPInstanceUID for item in items}


def test_an_en_face_image_names_what_it_is_derived_from(of: Of, study: dict[str, Dataset]) -> None:
    assert len(of(ENFACE)) == 13
    for image in of(ENFACE):
        assert len(sources(image)) >= 1
        assert {uid for _, uid in sources(image)} <= set(study)


def test_the_structural_purpose_names_a_tomography_image(of: Of, study: dict[str, Dataset]) -> None:
    named = [uid for image in of(ENFACE) for code, uid in sources(image) if code == "128250"]
    assert named
    assert {study[uid].SOPClassUID for uid in named} == {OPT}


def test_the_flow_purpose_names_a_volume_analysis(of: Of, study: dict[str, Dataset]) -> None:
    named = [uid for image in of(ENFACE) for code, uid in sources(image) if code == "128251"]
    assert named
    assert {study[uid].SOPClassUID for uid in named} == {OPTBSV}


def test_raw_b_scans_are_a_raster_with_several_frames_at_each_place(of: Of) -> None:
    (raw,) = of(RAW)
    bscans, repeats, *_ = private_shape(raw)
    assert (bscans, repeats) == (40, 2)
    (flow,) = of(OPTBSV)
    (stated,) = flow.OCTBscanAnalysisAcquisitionParametersSequence
    assert stated.ScanPatternTypeCodeSequence[0].CodeValue == "128280"
    assert stated.NumberOfBscansPerFrame == repeats


def private_shape(raw: Dataset) -> list[int]:
    """The numbers that are one value of the private elements: B-scans, repeats, rows, A-scans."""
    (found,) = (
        list(element.value)
        for element in raw
        if element.tag.is_private and element.VR == "UL" and element.VM == 4
    )
    return found


def test_the_structural_volume_is_derived_from_the_raw_data(of: Of) -> None:
    (raw,), (structure,) = of(RAW), of(OPT)
    groups = [
        *structure.SharedFunctionalGroupsSequence,
        *structure.PerFrameFunctionalGroupsSequence,
    ]
    named = {
        source.ReferencedSOPInstanceUID
        for group in groups
        for item in group.get("DerivationImageSequence", [])
        for source in item.SourceImageSequence
    }
    assert named == {raw.SOPInstanceUID}
    volumes = {item.ReferencedSOPInstanceUID for item in raw.ReferencedInstanceSequence}
    assert structure.SOPInstanceUID in volumes


@pytest.mark.parametrize("sop_class", [MESH, HEIGHT_MAP])
def test_surfaces_come_from_the_structural_volume(of: Of, sop_class: str) -> None:
    (structure,), (surfaces,) = of(OPT), of(sop_class)
    named = {
        element.value
        for element in surfaces.iterall()
        if element.keyword == "ReferencedSOPInstanceUID"
    }
    assert named == {structure.SOPInstanceUID}
    # One or more that delineate anatomical boundaries.
    categories = {
        item.SegmentedPropertyCategoryCodeSequence[0].CodeValue for item in surfaces.SegmentSequence
    }
    assert categories == {"91723000"}


def test_flow_comes_from_the_difference_between_frames_of_a_b_scan(of: Of) -> None:
    (structure,), (flow,) = of(OPT), of(OPTBSV)
    (stated,) = flow.OCTBscanAnalysisAcquisitionParametersSequence
    assert stated.NumberOfBscansPerFrame >= 2
    for number, frame in enumerate(flow.PerFrameFunctionalGroupsSequence, 1):
        (derivation,) = frame.DerivationImageSequence
        assert derivation.DerivationCodeSequence[0].CodeValue == "128303"
        (source,) = derivation.SourceImageSequence
        assert source.ReferencedSOPInstanceUID == structure.SOPInstanceUID
        assert source.ReferencedFrameNumber == number
    assert np.ptp(flow.pixel_array) > 0


def test_there_are_two_types_of_en_face_images(of: Of) -> None:
    assert sorted(map(is_flow, of(ENFACE))) == [False] * 6 + [True] * 7


def test_a_structural_image_uses_the_structure_and_two_surfaces(of: Of) -> None:
    (structure,), (heights,) = of(OPT), of(HEIGHT_MAP)
    for image in (each for each in of(ENFACE) if not is_flow(each)):
        assert sources(image) == [("128250", structure.SOPInstanceUID)]
        scopes = [item[0x00221629].value for item in image[DESCRIPTORS].value]
        assert scopes == ["ANTERIOR", "POSTERIOR"]
        assert segmented(image) == {heights.SOPInstanceUID}


def test_a_flow_image_uses_the_flow_and_surfaces(of: Of) -> None:
    (flow,), (heights,) = of(OPTBSV), of(HEIGHT_MAP)
    for image in filter(is_flow, of(ENFACE)):
        assert sources(image) == [("128251", flow.SOPInstanceUID)]
        assert segmented(image) == {heights.SOPInstanceUID}


def test_a_workstation_may_store_other_surfaces_in_an_instance_of_their_own(
    made_chain, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    folder = Path(shutil.copytree(made_chain.folder, tmp_path / "study"))
    before = read(folder)
    segment_again(Study(folder), folder)
    after = read(folder)
    assert {uid: after[uid] for uid in before} == before
    (added,) = (ds for uid, ds in after.items() if uid not in before)
    (device,) = (ds for ds in before.values() if ds.SOPClassUID == MESH)
    assert added.SOPClassUID == MESH
    assert added.SeriesInstanceUID not in {ds.SeriesInstanceUID for ds in before.values()}
    assert added.FrameOfReferenceUID == device.FrameOfReferenceUID


def test_each_class_is_in_its_own_series(study: dict[str, Dataset]) -> None:
    classes: dict[str, set[str]] = {}
    for ds in study.values():
        classes.setdefault(ds.SeriesInstanceUID, set()).add(ds.SOPClassUID)
    assert all(len(found) == 1 for found in classes.values())
    assert {next(iter(found)) for found in classes.values()} == {
        RAW, OPT, OPTBSV, MESH, HEIGHT_MAP, ENFACE,
    }  # fmt: skip


def test_all_share_one_frame_of_reference(study: dict[str, Dataset]) -> None:
    assert len({ds.FrameOfReferenceUID for ds in study.values()}) == 1
    assert all(ds.FrameOfReferenceUID for ds in study.values())
