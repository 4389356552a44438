"""Bulk motion is subtracted, and vessels are left."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.flow.bulk_motion import bulk_motion_removed, tissue_level


def test_bulk_motion_is_taken_off_and_vessels_are_left() -> None:
    rng = np.random.default_rng(0)
    structure = np.full((30, 80, 60), 10, np.float32)
    flow = rng.uniform(0.05, 0.15, (30, 80, 60)).astype(np.float32)
    flow[:, 20:30, 10:14] = 0.8
    moved = flow.copy()
    moved[12] += 0.3
    moved[20, :, 30:] += 0.2
    found = bulk_motion_removed(moved, structure, noise_floor=1)
    np.testing.assert_allclose(found[12], flow[12], atol=0.03)
    # A-scans next to those that moved take part in both.
    np.testing.assert_allclose(found[20, :, 40:], flow[20, :, 40:], atol=0.03)
    np.testing.assert_allclose(found[5], flow[5], atol=0.03)


def test_an_empty_volume_has_no_bulk_motion() -> None:
    flow = np.zeros((4, 20, 16), np.float32)
    flow[2] = np.nan
    structure = np.ones_like(flow)
    structure[2] = np.nan
    found = bulk_motion_removed(flow, structure, noise_floor=2)
    assert np.isnan(found[2]).all()
    np.testing.assert_array_equal(found[[0, 1, 3]], 0)


def test_the_level_of_an_ascan_is_the_median_of_the_tissue_about_it() -> None:
    rng = np.random.default_rng(0)
    flow = rng.uniform(0, 1, (3, 40, 50)).astype(np.float32)
    structure = rng.uniform(0, 2, flow.shape).astype(np.float32)
    structure[2] = 0
    level = tissue_level(flow, structure, 1.0)
    for x in (7, 25, 42):
        about = slice(x - 7, x + 8)
        tissue = flow[0, :, about][structure[0, :, about] > 1]
        # Found in a histogram of 512 levels.
        assert level[0, x] == pytest.approx(np.median(tissue), abs=4 / 512)
    assert np.isnan(level[2]).all()
