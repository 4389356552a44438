"""Files of real devices, which may not be redistributed."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from octome.formats.iowa_xml import read_surfaces
from octome.formats.registry import read_device_volume

FILES = Path(__file__).parents[3] / "shared" / "data" / "oct"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILES.is_dir(), reason="../shared/data/oct is not next to the checkout"),
]


@pytest.mark.parametrize(("name", "radius_mm"), [("onh", 1.90834), ("valid", 2.18398)])
def test_ascans_of_a_circle_are_spread_evenly_over_its_circumference(
    name: str, radius_mm: float
) -> None:
    volume = read_device_volume(FILES / "heyex_vol" / f"{name}.vol")
    assert (volume.pattern, volume.laterality) == ("circle", "R")
    assert volume.structure.shape == (1, 496, 768)
    # The radius is the distance of the positions in the file; the spacing is elsewhere in it.
    around = 2 * math.pi * radius_mm / 768
    assert volume.geometry.ascan_mm == pytest.approx(around, rel=2e-3)


def test_vessels_on_the_localizer_cast_their_shadows_where_the_circle_crossed_them() -> None:
    volume = read_device_volume(FILES / "heyex_vol" / "onh.vol")
    assert volume.path is not None
    assert volume.fundus is not None
    assert volume.fundus.spacing_mm is not None
    row_mm, column_mm = volume.fundus.spacing_mm
    places = np.stack(
        [volume.path.points[0, :, 1] / row_mm, volume.path.points[0, :, 0] / column_mm]
    )
    fundus = ndimage.map_coordinates(volume.fundus.pixels.astype(float), places - 0.5, order=1)
    # The deep retina, darker below a vessel.
    assert volume.surfaces is not None
    rows = volume.surfaces["BM"][0].astype(int)[:, None] - np.arange(2, 12)
    deep = np.log(np.nanmean(volume.structure[0][rows, np.arange(768)[:, None]], axis=1) + 1e-3)

    def detail(profile: np.ndarray) -> np.ndarray:
        return ndimage.gaussian_filter1d(profile, 2) - ndimage.gaussian_filter1d(profile, 12)

    one, other = detail(fundus), detail(deep)
    assert np.corrcoef(one, other)[0, 1] > 0.3
    assert abs(np.corrcoef(one[::-1], other)[0, 1]) < 0.2


def test_the_device_s_layers_lie_where_the_tissue_changes() -> None:
    volume = read_device_volume(FILES / "heyex_vol" / "onh.vol")
    assert volume.surfaces is not None
    assert list(volume.surfaces.rows) == ["ILM", "RNFL", "BM"]
    bscan, columns = volume.structure[0], np.arange(768)

    def brightness(name: str, offset: int) -> float:
        """The median amplitude at a number of rows below a surface."""
        rows = np.round(volume.surfaces[name][0]).astype(int) + offset  # type: ignore[index]
        return float(np.median(bscan[rows, columns]))

    # Vitreous is dark and the nerve fibres bright; above Bruch's membrane lies the bright RPE.
    assert brightness("ILM", 4) > 4 * brightness("ILM", -4)
    assert brightness("RNFL", -4) > 2 * brightness("RNFL", 4)
    assert brightness("BM", -4) > 1.5 * brightness("BM", 6)


def test_an_xml_export_and_a_vol_of_one_scan_agree_on_its_spacing() -> None:
    xml = read_device_volume(FILES / "heyex_xml" / "test_volume" / "test_dummy.xml")
    vol = read_device_volume(FILES / "heyex_vol" / "synthetic_10x40x50.vol")
    assert xml.structure.shape == vol.structure.shape == (10, 40, 50)
    assert xml.geometry.bscan_mm == pytest.approx(vol.geometry.bscan_mm, rel=1e-9)
    assert xml.geometry.ascan_mm == vol.geometry.ascan_mm
    assert xml.laterality == vol.laterality == "R"
    assert xml.surfaces is not None
    assert float(np.nanmax(xml.surfaces["ELM"])) == pytest.approx(22.2)


def test_surfaces_of_octexplorer_lie_one_below_another() -> None:
    found = read_surfaces(FILES / "iowa_xml" / "TEST_T_566581_Surfaces_Iowa.xml")
    rows = list(found.surfaces.rows.values())
    assert list(found.surfaces.rows) == ["ILM", "RNFL", "GCL", "IPL", "INL", "OPL", "EZ", "RPE"]
    assert {row.shape for row in rows} == {(19, 512)}
    assert all(np.nanmin(below - above) >= 0 for above, below in pairwise(rows))
    assert found.geometry.bscan_mm == 0.249175
