"""Densities of vessels, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.perfusion import perfusion, ring

STEP = {"bscan_mm": 0.02, "ascan_mm": 0.01}


def stripes() -> np.ndarray:
    """Lines along X, 3 B-scans wide, every 10 B-scans."""
    return np.broadcast_to(((np.arange(100) % 10) // 3 == 1)[:, None], (100, 100)).copy()


def test_stripes_have_the_densities_of_stripes() -> None:
    found = perfusion(stripes(), **STEP)
    assert found.area_mm2 == pytest.approx(2.0)
    assert found.vessel_density == pytest.approx(0.3)
    # One line of 1 mm in each 0.2 mm; thinning shortens its ends by a pixel or so.
    assert found.length_density_per_mm == pytest.approx(5, rel=0.04)
    assert found.skeleton_density == pytest.approx(0.1, rel=0.04)
    assert found.vessel_diameter_um == pytest.approx(60, rel=0.04)


def test_it_does_not_depend_on_the_size_of_the_pixels() -> None:
    coarse = stripes()
    fine = np.kron(coarse, np.ones((2, 2))).astype(bool)
    one = perfusion(coarse, **STEP)
    two = perfusion(fine, bscan_mm=0.01, ascan_mm=0.005)
    assert two.vessel_density == pytest.approx(one.vessel_density)
    assert two.length_density_per_mm == pytest.approx(one.length_density_per_mm, rel=0.04)
    assert two.skeleton_density == pytest.approx(one.skeleton_density / 2, rel=0.04)


def test_what_is_absent_is_left_out_of_the_area() -> None:
    vessels, seen = stripes(), np.ones((100, 100), bool)
    vessels[50:] = False
    seen[50:] = False
    found = perfusion(vessels, seen=seen, **STEP)
    assert found.area_mm2 == pytest.approx(1.0)
    assert found.vessel_density == pytest.approx(0.3)
    assert found.length_density_per_mm == pytest.approx(5, rel=0.05)


def test_a_region_is_measured_alone() -> None:
    vessels = stripes()
    vessels[:, 50:] = False
    right = np.zeros((100, 100), bool)
    right[:, 60:] = True
    assert perfusion(vessels, region=right, **STEP).vessel_density == 0
    assert perfusion(vessels, region=~right, **STEP).vessel_density == pytest.approx(0.25)


def test_without_vessels_or_area_the_rest_is_nan() -> None:
    nothing = np.zeros((5, 5), bool)
    found = perfusion(nothing, **STEP)
    assert (found.vessel_density, found.length_density_per_mm) == (0, 0)
    assert np.isnan(found.vessel_diameter_um)
    blind = perfusion(nothing, seen=nothing, **STEP)
    assert blind.area_mm2 == 0
    assert np.isnan([blind.vessel_density, blind.skeleton_density]).all()


def test_a_ring_has_its_area() -> None:
    region = ring((300, 500), (150, 250), (1.0, 3.0), bscan_mm=0.02, ascan_mm=0.01)
    assert region.sum() * 0.02 * 0.01 == pytest.approx(np.pi * (1.5**2 - 0.5**2), rel=2e-3)
    assert not region[150, 250]


def test_masks_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeMismatch, match=r"\(4, 5\) and \(5, 5\)"):
        perfusion(np.zeros((5, 5), bool), seen=np.zeros((4, 5), bool), **STEP)
