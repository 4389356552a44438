"""The avascular zone in images whose zone is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.avascular_zone import avascular_zone, foveal_centre
from octome.octa.enface import enface
from octome.octa.flow.noise_floor import noise_floor
from octome.octa.flow.phase import complex_difference
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.slab import slab_type
from octome.octa.structure import structural_volume
from octome.octa.truth import PLEXUSES
from octome.octa.vessel_mask import vessel_map

STEP = {"bscan_mm": 0.01, "ascan_mm": 0.01}


def mesh(shape: tuple[int, int] = (200, 200), step: float = 0.01) -> np.ndarray:
    """Capillaries in a grid, 0.08 mm apart."""
    b, x = np.indices(shape)
    period = round(0.08 / step)
    return (b % period < 2) | (x % period < 2)


def holed(radius_mm: float = 0.3, centre: tuple[float, float] = (100, 104)) -> np.ndarray:
    """The mesh with a round hole, and a capillary round it."""
    b, x = np.indices((200, 200))
    away = np.hypot(b - centre[0], x - centre[1]) * 0.01
    return (mesh() & (away >= radius_mm)) | ((away >= radius_mm) & (away < radius_mm + 0.02))


@pytest.mark.parametrize("radius", [0.2, 0.3, 0.4])
def test_a_disc_has_the_measures_of_a_disc(radius: float) -> None:
    zone = avascular_zone(holed(radius), **STEP)
    assert zone.area_mm2 == pytest.approx(np.pi * radius**2, rel=0.02)
    assert zone.perimeter_mm == pytest.approx(2 * np.pi * radius, rel=0.02)
    assert zone.equivalent_diameter_mm == pytest.approx(2 * radius, rel=0.01)
    assert zone.circularity > 0.97
    assert zone.axis_ratio == pytest.approx(1, abs=0.02)
    assert zone.centre == pytest.approx((100, 104), abs=0.3)
    assert not zone.is_cut


def test_pixels_need_not_be_square() -> None:
    b, x = np.indices((300, 100))
    vessels = np.hypot((b - 150) * 0.005, (x - 50) * 0.015) >= 0.3
    zone = avascular_zone(vessels, bscan_mm=0.005, ascan_mm=0.015)
    assert zone.area_mm2 == pytest.approx(np.pi * 0.09, rel=0.02)
    assert zone.axis_ratio == pytest.approx(1, abs=0.02)
    assert zone.circularity > 0.97


def test_an_ellipse_has_the_ratio_of_its_axes() -> None:
    b, x = np.indices((200, 200))
    vessels = ((b - 100) / 20) ** 2 + ((x - 100) / 40) ** 2 >= 1
    zone = avascular_zone(vessels, **STEP)
    assert zone.axis_ratio == pytest.approx(2, rel=0.02)
    # Ramanujan: the perimeter of an ellipse of half axes 0.2 and 0.4 mm.
    perimeter = np.pi * (3 * 0.6 - np.sqrt((3 * 0.2 + 0.4) * (0.2 + 3 * 0.4)))
    assert zone.perimeter_mm == pytest.approx(perimeter, rel=0.02)
    assert zone.circularity == pytest.approx(4 * np.pi * np.pi * 0.08 / perimeter**2, rel=0.04)


def test_a_gap_in_the_ring_does_not_enlarge_the_zone() -> None:
    closed, open_ = holed(), holed()
    # 0.06 mm wide, less than twice the disc's radius of 0.045 mm.
    open_[97:103, 130:150] = False
    whole, leaky = avascular_zone(closed, **STEP), avascular_zone(open_, **STEP)
    assert leaky.area_mm2 == pytest.approx(whole.area_mm2, rel=0.03)


def test_specks_in_the_zone_are_not_vessels() -> None:
    vessels = holed()
    rng = np.random.default_rng(0)
    # A tenth of all pixels: many touch one another, and some the ring.
    vessels |= rng.random((200, 200)) < 0.1
    assert avascular_zone(vessels, **STEP).area_mm2 == pytest.approx(np.pi * 0.09, rel=0.1)


def test_absent_bscans_are_bridged_and_wide_gaps_are_not() -> None:
    vessels, seen = holed(), np.ones((200, 200), bool)
    seen[[95, 104]] = False
    vessels &= seen
    narrow = avascular_zone(vessels, seen=seen, **STEP)
    assert narrow.area_mm2 == pytest.approx(np.pi * 0.09, rel=0.04)
    assert not narrow.is_cut
    seen[100:] = False
    wide = avascular_zone(vessels & seen, seen=seen, **STEP)
    assert wide.is_cut
    assert wide.area_mm2 < 0.6 * np.pi * 0.09


def test_a_cut_zone_comes_before_the_meshes_of_the_capillaries() -> None:
    vessels = holed(centre=(100, 0))
    vessels[20:34, 150:164] = False  # whole, and 0.14 mm wide
    zone = avascular_zone(vessels, **STEP)
    assert zone.is_cut
    assert zone.area_mm2 == pytest.approx(np.pi * 0.09 / 2, rel=0.04)


def test_a_hole_that_is_too_large_is_no_zone() -> None:
    b, x = np.indices((300, 300))
    vessels = np.hypot(b - 150, x - 150) >= 110
    assert "3.7" in avascular_zone(vessels, **STEP).reason


def test_vessels_run_on_through_absent_bscans() -> None:
    vessels, seen = holed(), np.ones((200, 200), bool)
    seen[::10] = False
    zone = avascular_zone(vessels & seen, seen=seen, **STEP)
    assert zone.area_mm2 == pytest.approx(np.pi * 0.09, rel=0.05)
    assert zone.circularity > 0.9


def test_a_zone_at_the_edge_of_the_scan_is_flagged() -> None:
    zone = avascular_zone(holed(centre=(100, 0)), **STEP)
    assert zone.is_cut
    assert zone.area_mm2 == pytest.approx(np.pi * 0.09 / 2, rel=0.04)


def test_a_centre_chooses_among_holes() -> None:
    vessels = holed(0.4, (60, 60)) & holed(0.2, (150, 150))
    assert avascular_zone(vessels, **STEP).centre == pytest.approx((60, 60), abs=1)
    near = avascular_zone(vessels, centre=(140, 160), **STEP)
    assert near.centre == pytest.approx((150, 150), abs=1)
    assert near.area_mm2 == pytest.approx(np.pi * 0.04, rel=0.05)


def test_no_zone_is_nan_and_an_empty_mask() -> None:
    # The mesh ends with a capillary on all sides.
    zone = avascular_zone(mesh((194, 194)), **STEP)
    assert not zone.mask.any()
    assert np.isnan([zone.area_mm2, zone.circularity, zone.axis_ratio, *zone.centre]).all()
    blind = avascular_zone(mesh(), seen=np.zeros((200, 200), bool), **STEP)
    assert np.isnan(blind.area_mm2)


def test_without_any_vessel_there_is_no_zone() -> None:
    zone = avascular_zone(np.zeros((50, 50), bool), **STEP)
    assert zone.reason == "vessels do not stand out from noise"
    assert not zone.mask.any()
    assert np.isnan(zone.area_mm2)


def test_a_hole_of_a_mesh_is_no_zone() -> None:
    vessels = mesh()
    vessels[81:95, 81:95] = False
    zone = avascular_zone(vessels, **STEP)
    assert "0.14 mm wide; an avascular zone is at least 0.2 mm" in zone.reason
    assert np.isnan(zone.area_mm2)


def test_two_holes_alike_need_a_centre() -> None:
    vessels = holed(0.3, (60, 60)) & holed(0.25, (150, 150))
    assert "neither is clearly the fovea's" in avascular_zone(vessels, **STEP).reason
    assert avascular_zone(vessels, centre=(150, 150), **STEP).area_mm2 > 0.15
    far = avascular_zone(vessels, centre=(20, 190), **STEP)
    assert far.reason == "no hole between the vessels within 0.5 mm of the fovea"
    nan = float("nan")
    assert avascular_zone(vessels, centre=(nan, nan), **STEP).reason == "there is no fovea here"


def test_the_fovea_is_where_the_retina_is_thinnest() -> None:
    b, x = np.indices((80, 100))
    thickness = 100 - 70 * np.exp(-(((b - 30) ** 2 + (x - 60) ** 2) / 200))
    upper = np.full((80, 100), 50, np.float32)
    lower = (upper + thickness).astype(np.float32)
    lower += ndimage.gaussian_filter(np.random.default_rng(0).standard_normal((80, 100)), 1)
    lower[50:55] = np.nan
    wide = {"bscan_mm": 0.02, "ascan_mm": 0.02}
    assert foveal_centre(upper, lower, **wide) == pytest.approx((30, 60), abs=3)
    assert np.isnan(foveal_centre(upper, upper * np.nan, **wide)).all()


def test_surfaces_lost_next_to_the_fovea_do_not_move_it() -> None:
    b, x = np.ogrid[:120, :120]
    pit = 120 - 90 * np.exp(-(((b - 60) ** 2 + (x - 55) ** 2) / (2 * 12.0**2)))
    pit[np.hypot(b - 60, x - 67) < 4] = 0
    upper, step = np.zeros((120, 120), np.float32), {"bscan_mm": 0.025, "ascan_mm": 0.025}
    centre = foveal_centre(upper, pit.astype(np.float32), **step)
    assert centre == pytest.approx((60, 55), abs=2)


def test_a_slope_and_a_shallow_dip_are_no_fovea() -> None:
    b, x = np.indices((160, 160))
    upper = np.full((160, 160), 50, np.float32)
    slope = (upper + 40 + b / 4).astype(np.float32)
    assert np.isnan(foveal_centre(upper, slope, **STEP)).all()
    dip = 100 - 15 * np.exp(-(((b - 80) ** 2 + (x - 80) ** 2) / 400))
    assert np.isnan(foveal_centre(upper, (upper + dip).astype(np.float32), **STEP)).all()


def test_masks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeMismatch):
        avascular_zone(mesh(), seen=np.ones((3, 3), bool), **STEP)


@pytest.mark.parametrize("variant", ["normal", "noisy"])
def test_the_zone_of_a_simulated_eye_is_found(variant: str) -> None:
    scan = {"bscans": 88, "ascans": 88, "bscan_mm": 0.0125, "ascan_mm": 0.0125, "motion": 0.0}
    eye = SimulatedEye(variant, 4, repeats=3, samples=768, **scan)
    repeats, rows = eye.bscans(), eye.truth.surfaces.rows
    structure = structural_volume(repeats)
    flow = complex_difference(repeats, noise_floor=noise_floor(structure, 3))
    angiogram = enface(flow, rows, slab_type("superficial").slab, eye.geometry.axial_mm)
    step = {"bscan_mm": 0.0125, "ascan_mm": 0.0125}
    true = avascular_zone((eye.truth.vessels == PLEXUSES["superficial"]).any(axis=1), **step)
    vessels = vessel_map(angiogram, **step)
    found = avascular_zone(vessels.mask, seen=vessels.seen, **step)
    shared = (found.mask & true.mask).sum()
    assert 2 * shared / (found.mask.sum() + true.mask.sum()) > 0.93
    assert 0.85 < found.area_mm2 / true.area_mm2 < 1.02
    centre = foveal_centre(rows["ILM"], rows["IPL"], **step)
    assert true.mask[round(centre[0]), round(centre[1])]
