"""Plain copies: classes that every viewer knows, with the place and the meaning of their source."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset

from octome.errors import InstanceUnwritable
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.composite import Series
from octome.instances.scan_track import placed
from octome.instances.secondary_capture import (
    CapturedImage,
    secondary_capture,
    write_secondary_capture,
)
from octome.instances.stored_volume import StoredVolume
from octome.octa.scan_path import ScanPath


@pytest.fixture
def flow(tiny_files: dict[str, Path]) -> StoredVolume:
    return read_bscan_volume_analysis(tiny_files["flow"])


def captured(flow: StoredVolume, **changes: object) -> CapturedImage:
    geometry = flow.placement.geometry
    usual: dict[str, object] = {
        "shape": flow.placement.shape,
        "bits": 16,
        "window": (100, 50),
        "spacing_mm": (geometry.axial_mm, geometry.ascan_mm),
        "derivation": "a copy",
        "sources": [flow],
        "placement": flow.placement,
        "slice_mm": flow.slice_mm,
    }
    return CapturedImage(**(usual | changes))  # type: ignore[arg-type]


def instance(flow: StoredVolume, **changes: object) -> Dataset:
    return secondary_capture(captured(flow, **changes), flow.exam, Series(number=11))


def test_a_frame_lies_where_it_lies_in_the_source(flow: StoredVolume) -> None:
    copy = instance(flow)
    assert copy.FrameOfReferenceUID == flow.header.FrameOfReferenceUID
    for group, source in zip(
        copy.PerFrameFunctionalGroupsSequence,
        flow.header.PerFrameFunctionalGroupsSequence,
        strict=True,
    ):
        place, original = group.PlanePositionSequence[0], source.PlanePositionSequence[0]
        assert place.ImagePositionPatient == original.ImagePositionPatient
    assert copy.PageNumberVector == list(range(1, copy.NumberOfFrames + 1))
    assert copy.FrameIncrementPointer == pydicom.tag.Tag("PageNumberVector")


def test_stored_values_mean_what_they_mean_in_the_source(flow: StoredVolume) -> None:
    copy = instance(flow)
    mapping = flow.header.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    found = copy.RealWorldValueMappingSequence[0]
    assert found.RealWorldValueSlope == mapping.RealWorldValueSlope
    # The source's values are signed, the copy's are not.
    assert mapping["RealWorldValueLastValueMapped"].VR == "SS"
    assert found["RealWorldValueLastValueMapped"].VR != "SS"
    assert (copy.RescaleSlope, copy.WindowCenter, copy.WindowWidth) == (1, 100, 50)


@pytest.mark.parametrize(
    ("changes", "sop_class"),
    [
        ({}, "7.3"),
        ({"bits": 8}, "7.2"),
        ({"bits": 8, "window": None}, "7.4"),
        ({"shape": (1, 4, 3), "placement": None}, "7"),
    ],
)
def test_the_class_follows_from_the_pixels(
    flow: StoredVolume, changes: dict[str, object], sop_class: str
) -> None:
    copy = instance(flow, **changes)
    assert copy.SOPClassUID == f"1.2.840.10008.5.1.4.1.1.{sop_class}"
    assert ("FrameOfReferenceUID" in copy) == ("PerFrameFunctionalGroupsSequence" in copy)


def test_bscans_that_are_not_planes_have_a_spacing_and_no_position(flow: StoredVolume) -> None:
    path = ScanPath.circle((7, 20), (10, 20), 8, "R")
    circle = placed(path, (1, 4, 8), flow.placement.geometry)
    copy = instance(flow, shape=(1, 4, 8), placement=circle)
    assert "PerFrameFunctionalGroupsSequence" not in copy
    assert "FrameOfReferenceUID" not in copy
    assert len(copy.PixelSpacing) == 2


def test_loss_of_the_source_is_stated(flow: StoredVolume) -> None:
    flow.header.LossyImageCompression = "01"
    flow.header.LossyImageCompressionRatio = "10"
    copy = instance(flow)
    assert (copy.LossyImageCompression, copy.LossyImageCompressionRatio) == ("01", 10)


def test_pixels_are_written_frame_by_frame(flow: StoredVolume, tmp_path: Path) -> None:
    # 3 x 1 x 1 samples of 8 bits: an odd number, so one byte of padding.
    image = captured(flow, shape=(3, 1, 1), bits=8, placement=None)
    copy = secondary_capture(image, flow.exam, Series(number=11))
    frames = [np.full((1, 1), value, np.uint8) for value in (5, 6, 7)]
    write_secondary_capture(tmp_path / "a.dcm", copy, image, frames)
    assert pydicom.dcmread(tmp_path / "a.dcm").PixelData == b"\5\6\7\0"


def test_more_pixels_than_dicom_holds_are_one_clear_error(
    flow: StoredVolume, tmp_path: Path
) -> None:
    image = captured(flow, shape=(2000, 2000, 2000), window=None, bits=8)
    with pytest.raises(InstanceUnwritable, match="24000000000 bytes of pixels"):
        write_secondary_capture(tmp_path / "a.dcm", instance(flow), image, [])
    assert not list(tmp_path.iterdir())
