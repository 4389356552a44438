"""Files that are whole but unusable: each is refused by name, in one line with the reason."""

from __future__ import annotations

import math
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian

from octome.errors import InstancesDisagree, InstanceUnreadable, OctomeError
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis
from octome.instances.enface_image import read_enface_image
from octome.instances.grid import Grid
from octome.instances.height_map import read_height_map
from octome.instances.raw_data import read_raw_data
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import ScanGeometry
from octome.pipeline.manifest import NAME, Manifest
from octome.pipeline.source import read_source
from octome.pipeline.study import Study
from octome.pipeline.study_tree import study_tree

Change = Callable[[Dataset], object]
READERS = {
    "structure": read_tomography_image,
    "flow": read_bscan_volume_analysis,
    "surfaces": read_surface_segmentation,
    "height-map": read_height_map,
    "enface": read_enface_image,
    "raw": read_raw_data,
}


def changed(whole: Path, path: Path, change: Change) -> Path:
    """A copy with other values."""
    instance = pydicom.dcmread(whole)
    with pydicom.config.disable_value_validation():
        change(instance)
        instance.save_as(path)
    return path


def refusal(read: Callable[[], object], *, names: Path) -> str:
    """The error of a reader for this file: one line that names the file."""
    with pytest.raises(OctomeError) as caught:
        read()
    message = str(caught.value)
    assert str(names) in message
    assert message.isprintable()
    return message


def shared(ds: Dataset, macro: str) -> Dataset:
    item: Dataset = ds.SharedFunctionalGroupsSequence[0][macro].value[0]
    return item


def frame(ds: Dataset, at: int) -> Dataset:
    item: Dataset = ds.PerFrameFunctionalGroupsSequence[at].PlanePositionSequence[0]
    return item


@pytest.mark.parametrize("kind", READERS)
def test_what_is_not_an_instance_is_refused_by_every_reader(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it.dcm"
    assert "no such file" in refusal(lambda: READERS[kind](path), names=path)
    path.write_bytes(b"")
    assert "is empty" in refusal(lambda: READERS[kind](path), names=path)
    path.write_bytes(b"A letter to nobody. " * 40)
    assert "is not a DICOM instance" in refusal(lambda: READERS[kind](path), names=path)
    assert "it is a folder" in refusal(lambda: READERS[kind](tmp_path), names=tmp_path)


@pytest.mark.parametrize("kind", READERS)
def test_another_class_is_refused_by_every_reader(tiny_files: dict[str, Path], kind: str) -> None:
    path = tiny_files["flow" if kind == "structure" else "structure"]
    assert "it is of the class Ophthalm" in refusal(lambda: READERS[kind](path), names=path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_the_right_to_read_it_is_named(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "it.dcm"
    path.write_bytes(tiny_files["structure"].read_bytes())
    path.chmod(0)
    assert "no right" in refusal(lambda: read_tomography_image(path), names=path)
    assert "no right" in refusal(lambda: study_tree(tmp_path), names=path)


def one_frame(ds: Dataset) -> None:
    ds.NumberOfFrames = 1
    del ds.PerFrameFunctionalGroupsSequence[1:]


def without_positions(ds: Dataset) -> None:
    for group in ds.PerFrameFunctionalGroupsSequence:
        del group.PlanePositionSequence


def same_positions(ds: Dataset) -> None:
    frame(ds, 2).ImagePositionPatient = frame(ds, 1).ImagePositionPatient


def all_at_one_place(ds: Dataset) -> None:
    for at in range(4):
        frame(ds, at).ImagePositionPatient = [0, 0, 0]


def orientation(*directions: float) -> Change:
    return lambda ds: setattr(
        shared(ds, "PlaneOrientationSequence"), "ImageOrientationPatient", list(directions)
    )


def spacing(*mm: float) -> Change:
    return lambda ds: setattr(shared(ds, "PixelMeasuresSequence"), "PixelSpacing", list(mm))


def scale(slope: float, intercept: float = 0.0) -> Change:
    def change(ds: Dataset) -> None:
        mapping = shared(ds, "RealWorldValueMappingSequence")
        mapping.RealWorldValueSlope, mapping.RealWorldValueIntercept = slope, intercept

    return change


WRONG_VOLUMES: dict[str, tuple[Change, str]] = {
    "one frame": (one_frame, "it has one frame"),
    "fewer groups": (
        lambda ds: ds.PerFrameFunctionalGroupsSequence.pop(),
        "it has 4 frames and functional groups for 3",
    ),
    "colour": (lambda ds: setattr(ds, "SamplesPerPixel", 3), "its pixels have colour"),
    "32 bits": (lambda ds: setattr(ds, "BitsAllocated", 32), "neither 8 nor 16"),
    "no rows": (lambda ds: setattr(ds, "Rows", 0), "it has 4 frames of 0 x 10 pixels"),
    "no position": (without_positions, "it does not state its ImagePositionPatient"),
    "two frames at one place": (same_positions, "not evenly spaced along a line"),
    "all frames at one place": (all_at_one_place, "not evenly spaced along a line"),
    "position without number": (
        lambda ds: setattr(frame(ds, 1), "ImagePositionPatient", [0, float("nan"), 0]),
        "its ImagePositionPatient is not 3 numbers",
    ),
    "two coordinates": (
        lambda ds: setattr(frame(ds, 1), "ImagePositionPatient", [0, 0]),
        "its ImagePositionPatient is not 3 numbers",
    ),
    "slanting directions": (orientation(1, 0, 0, 0.5, 0.8, 0), "not two unit vectors"),
    "long directions": (orientation(1.5, 0, 0, 0, 1, 0), "not two unit vectors"),
    "no directions": (orientation(0, 0, 0, 0, 0, 0), "not two unit vectors"),
    "spacing 1e-300": (spacing(1e-300, 0.01), "mm apart, which is impossible"),
    "spacing 1e300": (spacing(0.003, 1e300), "mm apart, which is impossible"),
    "spacing -1": (spacing(-1, 0.01), "mm apart, which is impossible"),
    "spacing nan": (spacing(math.nan, 0.01), "its PixelSpacing is not 2 numbers"),
    "slope 0": (scale(0.0), "give no usable numbers"),
    "slope nan": (scale(math.nan), "give no usable numbers"),
    "slope inf": (scale(math.inf), "give no usable numbers"),
    "slope 1e300": (scale(1e300), "give no usable numbers"),
    "intercept -inf": (scale(1.0, -math.inf), "give no usable numbers"),
    "more dB than float32 holds": (scale(1.0, 900.0), "give no usable numbers"),
}


@pytest.mark.parametrize("wrong", WRONG_VOLUMES)
def test_a_volume_that_cannot_be_is_refused(
    tiny_files: dict[str, Path], tmp_path: Path, wrong: str
) -> None:
    change, why = WRONG_VOLUMES[wrong]
    path = changed(tiny_files["structure"], tmp_path / "it.dcm", change)
    assert why in refusal(lambda: read_tomography_image(path), names=path)


@pytest.mark.parametrize(
    ("keyword", "value", "why"),
    [
        ("NumberOfFrames", 2_000_000_000, "functional groups for 4"),
        ("Rows", 65535, "its header needs 5242800"),
        ("Columns", 65535, "its header needs 12582720"),
    ],
)
def test_more_pixels_than_the_file_has_are_not_waited_for(
    tiny_files: dict[str, Path], tmp_path: Path, keyword: str, value: int, why: str
) -> None:
    path = changed(
        tiny_files["structure"], tmp_path / "it.dcm", lambda ds: setattr(ds, keyword, value)
    )
    assert why in refusal(lambda: read_tomography_image(path).values(), names=path)


@pytest.mark.parametrize("name", ["htj2k", "jpeg-ls", "jpeg2000"])
def test_a_frame_of_another_size_is_refused_before_a_codec_sees_it(
    tiny_files: dict[str, Path], tmp_path: Path, name: str
) -> None:
    path = changed(tiny_files[name], tmp_path / "it.dcm", lambda ds: setattr(ds, "Rows", 25))
    why = "one of its frames states 24 x 10 pixels of 1 components; the header states 25 x 10"
    assert why in refusal(lambda: read_tomography_image(path).values(), names=path)


def test_a_frame_that_claims_four_gigabytes_is_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    data = tiny_files["jpeg2000"].read_bytes()
    at = data.index(b"\xff\x4f\xff\x51") + 8
    path = tmp_path / "it.dcm"
    path.write_bytes(data[:at] + struct.pack(">2I", 65535, 32768) + data[at + 8 :])
    message = refusal(lambda: read_tomography_image(path).values(), names=path)
    assert "states 32768 x 65535 pixels" in message or "tiles" in message


def test_frames_in_the_other_order_are_a_raster_too(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def turn(ds: Dataset) -> None:
        ds.PerFrameFunctionalGroupsSequence = list(ds.PerFrameFunctionalGroupsSequence)[::-1]

    grid = read_tomography_image(changed(tiny_files["structure"], tmp_path / "it.dcm", turn)).grid
    np.testing.assert_allclose(grid.positions(), tiny.grid.positions()[::-1], atol=1e-6)


def test_a_surface_that_is_not_there_is_named(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        ds.SegmentSequence[1].ReferencedSurfaceSequence[0].ReferencedSurfaceNumber = 7

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "it refers to surface 7, which it does not have" in message


def test_points_that_are_not_numbers_are_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        place = ds.SurfaceSequence[0].SurfacePointsSequence[0]
        place.PointCoordinatesData = b"\xff" * len(place.PointCoordinatesData)

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "surface 1 has points that are not numbers" in message


def test_more_points_than_there_are_bytes_are_refused(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        ds.SurfaceSequence[0].SurfacePointsSequence[0].NumberOfSurfacePoints = 0xFFFFFFFF

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_surface_segmentation(path), names=path)
    assert "surface 1 states 4294967295 points and has 480 bytes of them" in message


def test_the_triangles_of_a_mesh_are_not_needed(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        mesh = ds.SurfaceSequence[0].SurfaceMeshPrimitivesSequence[0]
        mesh.LongTrianglePointIndexList = b"\xff" * 12

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    rows = read_surface_segmentation(path).maps(tiny.grid)["ILM"]
    np.testing.assert_allclose(rows, tiny.rows["ILM"], atol=2e-5)


def test_points_on_one_line_make_no_surface_between_them(
    tiny, tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    def change(ds: Dataset) -> None:
        place = ds.SurfaceSequence[0].SurfacePointsSequence[0]
        points = np.frombuffer(place.PointCoordinatesData, "<f4").reshape(-1, 3).copy()
        points[:, 0] = 0.001  # between two A-scans
        place.PointCoordinatesData = points.tobytes()

    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", change)
    stored = read_surface_segmentation(path)
    message = refusal(lambda: stored.maps(tiny.grid), names=path)
    assert "the points of the surface ILM lie on one line" in message


def test_a_height_map_of_another_size_says_both_sizes(tiny_files: dict[str, Path]) -> None:
    path = tiny_files["height-map"]
    stored = read_height_map(path)
    other = Grid.nominal((5, 24, 10), ScanGeometry(0.003, 0.01, 0.01))
    with pytest.raises(InstancesDisagree, match=r"4 x 10 heights, the volume 5 B-scans of 10 A"):
        stored.maps(other)
    refusal(lambda: stored.maps(other), names=path)


def test_raw_data_in_another_layout_is_refused(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    path = changed(
        tiny_files["raw"],
        tmp_path / "it.dcm",
        lambda ds: setattr(ds, "CreatorVersionUID", "1.2.3"),
    )
    message = refusal(lambda: read_raw_data(path), names=path)
    assert "it is Raw Data, but not in octome's layout" in message


def test_one_wrong_bit_of_the_array_is_noticed(tiny_files: dict[str, Path], tmp_path: Path) -> None:
    data = bytearray(tiny_files["raw"].read_bytes())
    data[-1000] ^= 1
    path = tmp_path / "it.dcm"
    path.write_bytes(data)
    stored = read_raw_data(path)
    assert "its array has another digest" in refusal(stored.check, names=path)

    refusal(lambda: read_source(path), names=path)


def test_a_deflated_instance_is_refused_before_it_is_inflated(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    # A gigabyte of zeros is a megabyte here; no more than a moment goes by.
    bomb = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    instance = pydicom.dcmread(tiny_files["surfaces"], stop_before_pixels=True)
    head = Dataset()
    head.file_meta = instance.file_meta
    head.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    path = tmp_path / "it.dcm"
    head.save_as(path, enforce_file_format=True)
    with path.open("ab") as file:
        file.writelines(bomb.compress(b"\0" * 2**20) for _ in range(64))
        file.write(bomb.flush())
    for read in (read_surface_segmentation, lambda _: study_tree(tmp_path)):
        assert "it is deflated" in refusal(lambda read=read: read(path), names=path)


def test_a_thousand_sequences_in_one_another_are_no_traceback(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    whole = tiny_files["structure"].read_bytes()
    deep = struct.pack("<HH2sHL", 0x0009, 0x1010, b"SQ", 0, 0xFFFFFFFF)
    deep += struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    at = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    path = tmp_path / "it.dcm"
    path.write_bytes(whole[:at] + deep * 5000 + whole[at:])
    refusal(lambda: read_tomography_image(path), names=path)


def test_a_private_sequence_of_undefined_length_is_passed_over(
    tiny_files: dict[str, Path], tmp_path: Path
) -> None:
    whole = tiny_files["structure"].read_bytes()
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    item += struct.pack("<HH2sH", 0x0009, 0x1011, b"LO", 4) + b"text"
    item += struct.pack("<HHLHHL", 0xFFFE, 0xE00D, 0, 0xFFFE, 0xE0DD, 0)
    creator = struct.pack("<HH2sH", 0x0009, 0x0010, b"LO", 6) + b"SOMEONE "[:6]
    at = whole.index(struct.pack("<HH2s", 0x0010, 0x0010, b"PN"))
    path = tmp_path / "it.dcm"
    for vr in (b"SQ", b"UN"):
        head = struct.pack("<HH2sHL", 0x0009, 0x1010, vr, 0, 0xFFFFFFFF)
        path.write_bytes(whole[:at] + creator + head + item + whole[at:])
        assert read_tomography_image(path).values().shape == (4, 24, 10)


def test_a_study_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert "no such folder" in refusal(lambda: Study(missing), names=missing)
    assert "holds no DICOM instance" in refusal(lambda: study_tree(tmp_path), names=tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", "[" * 100_000, '{"format": 1, "about": 2, "uids": 3, "steps": [4]}'],
)
def test_a_damaged_manifest_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(InstanceUnreadable, match=NAME):
        Manifest(tmp_path, "something")
