"""From a vendor file to instances: its spacing, eye and layers, and nothing it does not state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from spectralis import SPECTRALIS
from vol_file import VolFile

from octome.errors import MissingFact, SpacingUnknown
from octome.instances.multiframe import Timing
from octome.instances.surface_rating import stated_confidence
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.chain import process
from octome.pipeline.request import Request

SHAPE = (6, 160, 24)


@pytest.fixture
def scan() -> VolFile:
    """A bright band between two layers, ILM and BM."""
    b, z, x = np.mgrid[: SHAPE[0], : SHAPE[1], : SHAPE[2]].astype(np.float32)
    ilm, bm = 30 + 0.5 * b[:, 0] + 0.25 * x[:, 0], 110 + 0.5 * b[:, 0]
    inside = (z > ilm[:, None]) & (z < bm[:, None])
    chance = np.random.default_rng(0)
    bscans = np.where(inside, 0.25, 0.0025) * chance.exponential(1.0, SHAPE)
    return VolFile(bscans.astype(np.float32), layers=[ilm, bm])


def test_a_vendor_file_becomes_volume_surfaces_and_images(scan: VolFile, tmp_path: Path) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(scan.bytes)
    results = process(path, tmp_path / "study", Request(profile=SPECTRALIS))
    names = [each.path.name for each in results]
    assert names == [
        "fundus.dcm",
        "structure.dcm",
        "surfaces.dcm",
        "retina-structure.dcm",
        "choriocapillaris-structure.dcm",
    ]
    volume = read_tomography_image(tmp_path / "study" / "structure.dcm")
    g = volume.grid.geometry
    assert (g.axial_mm, g.ascan_mm) == pytest.approx((0.0039, 0.0125))
    assert g.bscan_mm == pytest.approx(0.25)
    assert volume.exam.laterality == "L"
    # Reflectivity is power: its root is stored, in dB.
    decibels = 20 * np.log10(volume.values() / np.sqrt(scan.bscans))
    assert np.abs(decibels[scan.bscans > 1e-6]).max() < 0.01
    maps = read_surface_segmentation(tmp_path / "study" / "surfaces.dcm").maps(volume.grid)
    np.testing.assert_allclose(maps["ILM"], scan.layers[0], atol=1e-3)
    np.testing.assert_allclose(maps["BM"], scan.layers[1], atol=1e-3)
    # It does not state when each B-scan was taken, so it is not an original.
    assert volume.header.ImageType[0] == "DERIVED"
    segment = pydicom.dcmread(tmp_path / "study" / "surfaces.dcm").SegmentSequence[0]
    surface = segment.ReferencedSurfaceSequence[0]
    found = surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence[0]
    assert found.AlgorithmName == "the device's own layers"
    surfaces = pydicom.dcmread(tmp_path / "study" / "surfaces.dcm")
    assert surfaces.ContentDescription == "Surfaces good"
    assert segment.SegmentDescription.endswith(". Found in 100% of the A-scans")
    assert stated_confidence(surfaces) == {}


def test_no_patient_is_named(scan: VolFile, tmp_path: Path) -> None:
    path = tmp_path / "scan.vol"
    path.write_bytes(scan.bytes)
    for each in process(path, tmp_path / "study", Request(profile=SPECTRALIS)):
        # Digits alone could occur in a UID by chance.
        assert b"ller-1234" not in each.path.read_bytes()


def test_its_flow_needs_the_timing_of_its_bscans(scan: VolFile, tmp_path: Path) -> None:
    path, angio = tmp_path / "scan.vol", tmp_path / "scanAngio.vol"
    path.write_bytes(scan.bytes)
    angio.write_bytes(VolFile(np.minimum(scan.bscans, 0.99)).bytes)
    request = Request(profile=SPECTRALIS)
    with pytest.raises(MissingFact, match="--repeats and --repeat-interval-ms"):
        process(path, tmp_path / "study", request, flow_path=angio)
    timed = Request(profile=SPECTRALIS, timing=Timing(4, 5.0))
    results = process(path, tmp_path / "other", timed, flow_path=angio)
    flow = next(each for each in results if each.kind.letter == "C")
    assert sum(each.kind.letter == "F" for each in results) == 3
    item = pydicom.dcmread(flow.path).OCTBscanAnalysisAcquisitionParametersSequence[0]
    assert (item.NumberOfBscansPerFrame, item.BscanCycleTime) == (4, 5.0)


def test_a_file_without_spacing_needs_it_from_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "P_Macular Cube 512x128_1-1-2020_1-1-1_OD_sn1_cube_z.img"
    path.write_bytes(bytes(1024 * 512 * 128))
    with pytest.raises(SpacingUnknown):
        process(path, tmp_path / "study", Request(profile=SPECTRALIS))


def octexplorer_xml(ilm: np.ndarray, bm: np.ndarray) -> str:
    """Surfaces as OCTExplorer writes them, of a volume of `SHAPE`."""
    b, z, x = SHAPE
    head = (
        f"<surfaces><scan_characteristics><size><x>{x}</x><y>{z}</y><z>{b}</z></size><voxel_size>"
        "<x>0.0125</x><y>0.0039</y><z>0.25</z></voxel_size></scan_characteristics>"
    )
    named = {"ILM (ILM)": ilm, "Outer boundary of RPE (OB_RPE)": bm}
    named["Inner boundary of RPE (IB_RPE)"] = bm
    body = "".join(
        f"<surface><name>{name}</name>"
        + "".join(f"<bscan>{''.join(f'<y>{y:g}</y>' for y in row)}</bscan>" for row in rows)
        + "</surface>"
        for name, rows in named.items()
    )
    return f"{head}{body}</surfaces>"


def test_surfaces_of_octexplorer_are_used_and_named(scan: VolFile, tmp_path: Path) -> None:
    path, surfaces = tmp_path / "scan.vol", tmp_path / "Surfaces_Iowa.xml"
    path.write_bytes(scan.bytes)
    ilm = np.full((SHAPE[0], SHAPE[2]), 41.0)
    surfaces.write_text(octexplorer_xml(ilm, ilm + 50))
    process(path, tmp_path / "study", Request(profile=SPECTRALIS), surfaces_path=surfaces)
    stored = read_surface_segmentation(tmp_path / "study" / "surfaces.dcm")
    maps = stored.maps(read_tomography_image(tmp_path / "study" / "structure.dcm").grid)
    assert list(maps.rows) == ["ILM", "RPE"]
    np.testing.assert_allclose(maps["ILM"], 41, atol=1e-3)
    surface = stored.header.SegmentSequence[0].ReferencedSurfaceSequence[0]
    found = surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence[0]
    assert found.AlgorithmName == "OCTExplorer (Iowa Reference Algorithms)"
