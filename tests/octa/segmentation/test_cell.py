"""Cells of a B-scan, and the level of the noise."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.cell import cells, darkest_level, level

GEOMETRY = ScanGeometry(axial_mm=0.005, ascan_mm=0.02, bscan_mm=0.02)


def test_the_last_cell_of_an_axis_is_the_mean_of_what_is_left() -> None:
    bscan = np.arange(15, dtype=np.float32).reshape(5, 3)
    found = cells(bscan, 2, 2)
    assert found.shape == (2, 3)
    assert found[0, 0] == bscan[:2, :2].mean()
    assert found[1, 2] == bscan[4, 2]


def test_what_is_not_finite_counts_as_nothing() -> None:
    bscan = np.float32([[4, np.nan], [np.inf, -1]])
    assert cells(bscan, 2, 2).tolist() == [[1]]


def test_the_noise_is_the_darkest_tenth() -> None:
    volume = np.random.default_rng(0).rayleigh(size=(3, 100, 60)).astype(np.float32)
    volume[:, 30:] += 20
    assert darkest_level(volume, GEOMETRY) == pytest.approx(np.sqrt(np.pi / 2), rel=0.1)


def test_a_floor_set_to_zero_is_not_taken_for_the_noise() -> None:
    volume = np.zeros((1, 100, 60), np.float32)
    volume[:, 50:] = 200
    assert darkest_level(volume, GEOMETRY) >= 1
    assert darkest_level(0 * volume, GEOMETRY) == 1


def test_a_level_is_in_nepers_above_the_noise() -> None:
    np.testing.assert_allclose(level(np.float32([1, 2, 2 * np.e]), 2.0), [0, 0, 1], atol=1e-6)
