from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from octome.errors import DeviceFileUnreadable, ShapeMismatch
from octome.formats.iowa_xml import read_surfaces, with_surfaces
from octome.octa.acquisition import ScanGeometry
from octome.octa.device_volume import DeviceVolume
from octome.octa.laterality import Laterality

HEAD = """<surfaces><scan_characteristics>
<size><x>4</x><y>60</y><z>2</z></size>
<voxel_size><x>0.012</x><y>0.004</y><z>0.25</z></voxel_size><laterality>OD</laterality>
</scan_characteristics>"""
UNDEFINED = "<undefined_region><ascan><x>3</x><z>1</z></ascan></undefined_region>"


def surface(name: str, bscans: list[list[object]]) -> str:
    rows = "".join(f"<bscan>{''.join(f'<y>{y}</y>' for y in bscan)}</bscan>" for bscan in bscans)
    return f"<surface><name>{name}</name>{rows}</surface>"


def written(folder: Path, *surfaces: str, head: str = HEAD) -> Path:
    path = folder / "Surfaces_Iowa.xml"
    path.write_text(f"{head}{''.join(surfaces)}{UNDEFINED}</surfaces>")
    return path


ILM = surface("ILM (ILM)", [[10, 11, 12, 13], [20, "NA", 0, 23]])


def test_rows_are_nan_where_nothing_was_found(tmp_path: Path) -> None:
    found = read_surfaces(written(tmp_path, ILM))
    # NA, 0, and what the file calls undefined.
    expected = [[10, 11, 12, 13], [20, np.nan, np.nan, np.nan]]
    np.testing.assert_array_equal(found.surfaces["ILM"], np.array(expected, np.float32))
    assert found.surfaces.confidence["ILM"].tolist() == [[1, 1, 1, 1], [1, 0, 0, 0]]


def test_spacing_depth_and_eye_are_read(tmp_path: Path) -> None:
    found = read_surfaces(written(tmp_path, ILM))
    geometry = found.geometry
    assert (geometry.axial_mm, geometry.ascan_mm, geometry.bscan_mm) == (0.004, 0.012, 0.25)
    assert (found.depth, found.laterality) == (60, "R")


def test_the_rpe_is_the_middle_of_its_two_borders(tmp_path: Path) -> None:
    inner = surface("Inner boundary of RPE (IB_RPE)", [[40] * 4] * 2)
    outer = surface("Outer boundary of RPE (OB_RPE)", [[45] * 4] * 2)
    found = read_surfaces(written(tmp_path, ILM, inner, outer))
    assert list(found.surfaces.rows) == ["ILM", "RPE"]
    assert found.surfaces["RPE"][0].tolist() == [42.5] * 4


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<surfaces>", "not well-formed XML"),
        ("<a/>", "scan_characteristics is missing"),
        (HEAD + "</surfaces>", "no surface that octome knows"),
        (HEAD + surface("ILM (ILM)", [[1, 2]]) + "</surfaces>", "1 B-scans of"),
        (HEAD.replace("<y>0.004</y>", "") + ILM + "</surfaces>", "voxel_size/y is missing"),
        (HEAD.replace("0.25", "0") + ILM + "</surfaces>", "more than 0 mm"),
        (HEAD.replace("60", "tall") + ILM + "</surfaces>", "tall"),
        (HEAD.replace("<x>4<", "<x>1e999<") + ILM + "</surfaces>", "infinity"),
    ],
)
def test_any_other_file_is_an_error_with_the_reason(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "Surfaces_Iowa.xml"
    path.write_text(content)
    with pytest.raises(DeviceFileUnreadable, match=why):
        read_surfaces(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeviceFileUnreadable, match="No such file"):
        read_surfaces(tmp_path / "none.xml")


def device_volume(shape: tuple[int, int, int], laterality: Laterality | None) -> DeviceVolume:
    geometry = ScanGeometry(0.004, 0.012, 0.25)
    return DeviceVolume(
        structure=np.zeros(shape, np.float32),
        geometry=geometry,
        pattern="raster",
        laterality=laterality,
    )


def test_they_replace_the_surfaces_of_their_volume(tmp_path: Path) -> None:
    volume = with_surfaces(device_volume((2, 60, 4), "R"), written(tmp_path, ILM))
    assert volume.surfaces is not None
    assert volume.surfaces["ILM"][0].tolist() == [10, 11, 12, 13]


@pytest.mark.parametrize(
    ("shape", "laterality", "why"),
    [
        ((2, 61, 4), "R", "2 B-scans of 60 x 4 pixels, not 2 x 61 x 4"),
        ((4, 60, 2), None, "not 4 x 60 x 2"),
        ((2, 60, 4), "L", "of the eye R, the volume is of L"),
    ],
)
def test_surfaces_of_another_volume_are_an_error(
    tmp_path: Path, shape: tuple[int, int, int], laterality: Laterality | None, why: str
) -> None:
    with pytest.raises(ShapeMismatch, match=why):
        with_surfaces(device_volume(shape, laterality), written(tmp_path, ILM))
