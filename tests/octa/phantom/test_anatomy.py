"""The layers of the simulated macula."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.anatomy import BANDS_DB, Build, Bump, Macula, bands
from octome.octa.phantom.scan_plan import VARIANTS

Y, X = np.meshgrid(np.linspace(-1.5, 1.5, 31), np.linspace(-1.5, 1.5, 31), indexing="ij")


def test_a_bump_is_highest_in_its_middle_and_gone_three_radii_away() -> None:
    bump = Bump(0.2, -0.1, 0.1, 60.0)
    assert bump.at(np.array(0.2), np.array(-0.1)) == pytest.approx(60)
    assert bump.at(np.array(0.2), np.array(0.2)) < 0.01


def test_surfaces_are_ordered_and_bruchs_membrane_is_where_it_is_placed() -> None:
    found = Macula(VARIANTS["normal"], seed=4).surfaces(Y, X, bm_at_fovea_um=900.0)
    depths = np.array(list(found.values()))
    assert (np.diff(depths, axis=0) > 0).all()
    assert found["BM"][15, 15] == pytest.approx(900, abs=12)


def test_nerve_fibres_are_thicker_towards_the_optic_disc() -> None:
    rnfl = Macula(VARIANTS["normal"], seed=4).thickness(Y, X)["RNFL"]
    assert rnfl[15, -1] > rnfl[15, 0]


def test_a_build_scales_layers_and_thins_the_periphery() -> None:
    plain = {"tilt": (0.0, 0.0), "curvature_mm": 20.0, "pit_mm": 0.45}
    usual, thin, thick = (
        Macula(VARIANTS["normal"], 4, Build(**plain, **more)).thickness(Y, X)
        for more in ({}, {"periphery_mm": 1.5}, {"parts": {"INL": 1.2}})
    )
    assert (thin["GCL"][15, 0] / usual["GCL"][15, 0]) == pytest.approx(0.5)
    np.testing.assert_allclose(thick["INL"], 1.2 * usual["INL"])
    np.testing.assert_array_equal(thick["IPL"], usual["IPL"])


def test_a_tilt_is_one_of_bruchs_membrane() -> None:
    level, tilted = (
        Macula(VARIANTS["normal"], 4, Build(tilt=tilt, curvature_mm=20.0, pit_mm=0.45))
        for tilt in ((0.0, 0.0), (0.0, 100.0))
    )
    apart = tilted.bruchs_membrane(Y, X, 0.0) - level.bruchs_membrane(Y, X, 0.0)
    np.testing.assert_allclose(apart, 100 * X, atol=1e-9)


def test_drusen_lift_the_rpe_and_leave_bruchs_membrane() -> None:
    healthy, drusen = (Macula(VARIANTS[kind], seed=4) for kind in ("normal", "drusen"))
    lifted = drusen.thickness(Y, X)["BM"] - healthy.thickness(Y, X)["BM"]
    assert lifted.min() >= 0
    assert lifted.max() > 20


def test_bands_begin_in_order_and_are_as_bright_as_the_table_states() -> None:
    edges, power = bands(Macula(VARIANTS["normal"], seed=4).surfaces(Y, X, 900.0))
    assert (np.diff(edges, axis=0) >= 0).all()
    assert len(edges) == len(power) + 1
    assert power[0] == 1
    assert 10 * np.log10(power.max()) == pytest.approx(max(BANDS_DB.values()))
