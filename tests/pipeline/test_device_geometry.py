"""From a vendor file to instances: where its A-scans lay, in any scan pattern."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile
from vol_scan import ASCANS, LENGTH, circle, scan, star

from octome.errors import InstancesDisagree, MissingFact
from octome.formats.registry import read_device_volume
from octome.instances.grid import Grid
from octome.instances.scan_track import ScanTrack
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.chain import process
from octome.pipeline.enface_spec import enface_spec
from octome.pipeline.request import Request
from octome.pipeline.study import Study
from octome.pipeline.workstation import derive_enface

REAL = Path(__file__).parents[3] / "shared" / "data" / "oct" / "heyex_vol"


def processed(file: VolFile, folder: Path, **request: object) -> list[str]:
    """The names of the instances."""
    (folder / "scan.vol").write_bytes(file.bytes)
    wanted = Request(profile=SPECTRALIS, **request)  # type: ignore[arg-type]
    return [each.path.name for each in process(folder / "scan.vol", folder / "study", wanted)]


def volume_of(folder: Path) -> StoredVolume:
    return read_tomography_image(folder / "study" / "structure.dcm")


def rows_of(folder: Path) -> np.ndarray:
    stored = read_surface_segmentation(folder / "study" / "surfaces.dcm")
    return stored.maps(volume_of(folder).placement)["ILM"]


# The fundus picture: x to the patient's left (+x), y to the feet (-z).
DIRECTIONS = {
    "down": ((0, 0), (LENGTH, 0), (0, 0.1), (1, 0, 0), (0, 0, -1)),
    "up": ((0, 0.5), (LENGTH, 0.5), (0, -0.1), (1, 0, 0), (0, 0, 1)),
    "to the left": ((LENGTH, 0), (0, 0), (0, 0.1), (-1, 0, 0), (0, 0, -1)),
    "vertical": ((0, 0), (0, LENGTH), (0.1, 0), (0, 0, -1), (1, 0, 0)),
}


@pytest.mark.parametrize("name", DIRECTIONS)
def test_a_raster_lies_as_it_was_scanned(tmp_path: Path, name: str) -> None:
    start, end, step, across, along = DIRECTIONS[name]
    file = scan(
        [(start[0] + n * step[0], start[1] + n * step[1]) for n in range(6)],
        [(end[0] + n * step[0], end[1] + n * step[1]) for n in range(6)],
    )
    names = processed(file, tmp_path)
    assert "retina-structure.dcm" in names
    grid = volume_of(tmp_path).grid
    assert grid.across == pytest.approx(across)
    assert grid.along == pytest.approx(along)
    assert grid.geometry.bscan_mm == pytest.approx(0.1)
    np.testing.assert_allclose(rows_of(tmp_path), file.layers[0], atol=1e-3)
    enface = pydicom.dcmread(tmp_path / "study" / "enface" / "retina-structure.dcm")
    letters = {1: "L", -1: "R"}, {-1: "F", 1: "H"}
    expected = [letters[0].get(v[0]) or letters[1][v[2]] for v in (across, along)]
    assert list(enface.PatientOrientation) == expected


def test_the_place_of_every_bscan_on_the_fundus_is_stated(tmp_path: Path) -> None:
    starts = [(1.0, 2.0 + 0.1 * n) for n in range(6)]
    processed(scan(starts, [(x + LENGTH, y) for x, y in starts]), tmp_path)
    photograph = pydicom.dcmread(tmp_path / "study" / "fundus.dcm")
    for (x, y), group in zip(
        starts, volume_of(tmp_path).header.PerFrameFunctionalGroupsSequence, strict=True
    ):
        (place,) = group.OphthalmicFrameLocationSequence
        assert place.ReferencedSOPInstanceUID == photograph.SOPInstanceUID
        assert place.OphthalmicImageOrientation == "LINEAR"
        expected = np.array([y, x, y, x + LENGTH]) / 0.02
        np.testing.assert_allclose(place.ReferenceCoordinates, expected, rtol=1e-6)


def location(image: Path) -> tuple[str, list[float]]:
    (place,) = pydicom.dcmread(image)[0x00220031].value
    return place.ReferencedSOPInstanceUID, list(place.ReferenceCoordinates)


def test_an_en_face_image_is_located_on_the_fundus(tmp_path: Path) -> None:
    starts = [(1.0, 2.0 + 0.1 * n) for n in range(6)]
    processed(scan(starts, [(x + LENGTH, y) for x, y in starts]), tmp_path)
    study = tmp_path / "study"
    photograph = pydicom.dcmread(study / "fundus.dcm").SOPInstanceUID
    # From half a B-scan above the first one to half a B-scan below the last one.
    corners = np.array([1.95, 1.0, 2.55, 1.0 + LENGTH]) / 0.02
    found, stated = location(study / "enface" / "retina-structure.dcm")
    assert found == photograph
    np.testing.assert_allclose(stated, corners, rtol=1e-6)
    # On a workstation too.
    derived = derive_enface(Study(study), enface_spec("structure", "ILM..BM"), tmp_path / "x")
    found, stated = location(derived.results[-1].path)
    assert found == photograph
    np.testing.assert_allclose(stated, corners, rtol=1e-6)


def test_two_corners_do_not_locate_a_slanted_scan(tmp_path: Path) -> None:
    turn = 0.2
    starts = [(1.0 - turn * 0.1 * n, 2.0 + 0.1 * n) for n in range(6)]
    ends = [(x + LENGTH, y + turn * LENGTH) for x, y in starts]
    processed(scan(starts, ends), tmp_path)
    image = tmp_path / "study" / "enface" / "retina-structure.dcm"
    ds = pydicom.dcmread(image)
    assert location(image) == (ds.SOPInstanceUID, [0, 0, ds.Rows, ds.Columns])


def test_uneven_bscans_keep_their_places_and_have_no_enface_image(tmp_path: Path) -> None:
    offsets = [0.0, 0.1, 0.2, 0.5, 0.6, 0.9]
    file = scan([(0, y) for y in offsets], [(LENGTH, y) for y in offsets])
    assert processed(file, tmp_path) == [
        "fundus.dcm",
        "structure.dcm",
        "surfaces-octome.dcm",
        "surfaces.dcm",
    ]
    volume = volume_of(tmp_path)
    gaps = np.diff(volume.placement.positions()[:, 2])
    np.testing.assert_allclose(gaps, -np.diff(offsets), atol=1e-9)
    assert "SpacingBetweenSlices" not in str(volume.header)
    np.testing.assert_allclose(rows_of(tmp_path), file.layers[0], atol=1e-3)
    triangles = pydicom.dcmread(tmp_path / "study" / "surfaces.dcm").SurfaceSequence[0]
    assert triangles.RecommendedPresentationType == "SURFACE"


@pytest.mark.parametrize(
    "request_", [{"slabs": ("superficial",)}, {"with_height_map": True}], ids=["image", "map"]
)
def test_what_only_an_even_raster_has_is_refused(tmp_path: Path, request_: dict) -> None:
    offsets = [0.0, 0.1, 0.5]
    file = scan([(0, y) for y in offsets], [(LENGTH, y) for y in offsets])
    with pytest.raises(InstancesDisagree, match="not a raster of evenly spaced B-scans"):
        processed(file, tmp_path, **request_)


def test_a_star_has_lines_and_comes_back(tmp_path: Path) -> None:
    file, turns = star(6), np.arange(6) * np.pi / 6
    processed(file, tmp_path)
    volume = volume_of(tmp_path)
    assert isinstance(volume.placement, ScanTrack)
    turned = [each[0:3:2] for each in volume.placement.orientations]
    np.testing.assert_allclose(turned, np.stack([np.cos(turns), -np.sin(turns)], -1), atol=1e-7)
    assert volume.header.ScanPatternTypeCodeSequence[0].CodeValue == "128282"
    assert volume.header.OphthalmicVolumetricPropertiesFlag == "NO"
    np.testing.assert_allclose(rows_of(tmp_path), file.layers[0], atol=1e-3)
    surface = pydicom.dcmread(tmp_path / "study" / "surfaces.dcm").SurfaceSequence[0]
    assert len(surface.SurfaceMeshPrimitivesSequence[0].LineSequence) == 6


@pytest.mark.parametrize("eye", [b"OD", b"OS"])
def test_a_circle_goes_from_temporal_over_the_top(tmp_path: Path, eye: bytes) -> None:
    radius = LENGTH / (2 * np.pi)
    file = circle(eye)
    processed(file, tmp_path)
    volume = volume_of(tmp_path)
    assert volume.header.ScanPatternTypeCodeSequence[0].CodeValue == "128284"
    # Patient coordinates: the left is +x, the head +z.
    left, head = volume.placement.tops[0, :, [0, 2]]
    np.testing.assert_allclose(np.hypot(left, head), radius, rtol=1e-3)
    quarter = ASCANS // 4
    assert abs(left[0]) > 0.9 * radius
    assert np.sign(left[0]) == (-1 if eye == b"OD" else 1)
    assert head[quarter] > 0.9 * radius
    np.testing.assert_allclose(rows_of(tmp_path), file.layers[0], atol=0.01)


def test_a_circle_without_a_picture_has_no_place(tmp_path: Path) -> None:
    file = circle()
    file.slo = np.zeros((0, 0), np.uint8)
    with pytest.raises(MissingFact, match="only on a picture of the fundus"):
        processed(file, tmp_path)


@pytest.mark.parametrize(("pattern", "name"), [(2, "circle"), (5, "radial")])
def test_a_circle_and_a_star_of_unknown_place_are_refused(
    tmp_path: Path, pattern: int, name: str
) -> None:
    # Ten times as long as their A-scans add up to.
    bscans = 1 if pattern == 2 else 3
    file = scan([(0.0, 3.0 + n) for n in range(bscans)], [(3.0, 3.0)] * bscans, pattern=pattern)
    with pytest.raises(MissingFact, match=f"scan.vol is a {name} scan, and does not state where"):
        processed(file, tmp_path)


def test_a_line_has_its_place_and_the_surfaces_of_device_and_octome(tmp_path: Path) -> None:
    file = scan([(1.0, 2.0)], [(1.0 + LENGTH, 2.0)], pattern=1)
    names = processed(file, tmp_path)
    assert names == ["fundus.dcm", "structure.dcm", "surfaces-octome.dcm", "surfaces.dcm"]
    volume = volume_of(tmp_path)
    assert volume.header.ScanPatternTypeCodeSequence[0].CodeValue == "128281"
    np.testing.assert_allclose(rows_of(tmp_path), file.layers[0], atol=1e-3)
    found = {
        pydicom.dcmread(tmp_path / "study" / name)
        .SegmentSequence[0]
        .ReferencedSurfaceSequence[0]
        .SegmentSurfaceGenerationAlgorithmIdentificationSequence[0]
        .AlgorithmSource
        for name in names[2:]
    }
    assert found == {"octome", "Heidelberg Engineering"}


def test_ends_that_contradict_the_spacing_are_not_used(tmp_path: Path) -> None:
    # Ten times as long as 24 A-scans of 12.5 um.
    offsets = [0.5, 0.4, 0.3]
    processed(scan([(0, y) for y in offsets], [(3, y) for y in offsets]), tmp_path)
    placement = volume_of(tmp_path).placement
    # Nominal: the first B-scan uppermost.
    assert isinstance(placement, Grid)
    assert placement.along == (0, 0, -1)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pattern", "orientation"),
    [
        ("onh", "128284", "NONLINEAR"),
        ("valid", "128284", "NONLINEAR"),
        ("macula_line", "128281", "LINEAR"),
    ],
)
def test_a_real_line_or_circle_becomes_instances(
    tmp_path: Path, name: str, pattern: str, orientation: str
) -> None:
    process(REAL / f"{name}.vol", tmp_path / "study", Request(profile=SPECTRALIS))
    volume = volume_of(tmp_path)
    assert volume.header.ScanPatternTypeCodeSequence[0].CodeValue == pattern
    (place,) = volume.header.PerFrameFunctionalGroupsSequence[0].OphthalmicFrameLocationSequence
    assert place.OphthalmicImageOrientation == orientation
    device = read_device_volume(REAL / f"{name}.vol")
    assert device.path is not None
    assert device.surfaces is not None
    # The places come back from the volume alone, and the device's lines from their points.
    tops = volume.placement.path.points  # type: ignore[union-attr]
    # In one file radius and spacing differ by 0.13 %.
    np.testing.assert_allclose(tops, device.path.points - device.path.centre, atol=4e-3)
    stored = read_surface_segmentation(tmp_path / "study" / "surfaces.dcm")
    for surface, rows in stored.maps(volume.placement).rows.items():
        np.testing.assert_allclose(rows, device.surfaces[surface], atol=1e-3)
