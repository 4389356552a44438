"""How the simulated eye moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from octome.octa.phantom.motion import FARTHEST_UM, ascan_times, jumps, motion_of, wander
from octome.octa.phantom.noise import stream
from octome.octa.phantom.scan_plan import ScanPlan

PLAN = ScanPlan(bscans=80, repeats=4, ascans=304, saccades=3)


def test_ascans_follow_each_other_and_repeats_come_after_their_interval() -> None:
    plan = ScanPlan(bscans=2, repeats=3, ascans=4, ascan_rate_hz=1000, repeat_interval_ms=10)
    times = ascan_times(plan)
    np.testing.assert_allclose(times[0, 0], [0, 0.001, 0.002, 0.003])
    np.testing.assert_allclose(times[:, :, 0], [[0, 0.01, 0.02], [0.03, 0.04, 0.05]])


def test_a_wander_has_the_spread_that_it_is_given() -> None:
    path = wander(stream(0, "test"), np.linspace(0, 200, 20_000), (0.25, 3.0), 25.0)
    assert path.std() == pytest.approx(25, rel=0.1)


def test_an_eye_that_holds_still_does_not_move() -> None:
    still = motion_of(replace(PLAN, saccades=None), 1, 0.0, 0.003)
    assert not still.axial_px_by_ascan.any()
    assert not still.lateral_px_by_ascan.any()
    assert not still.is_saccade.any()


def test_the_gaze_never_leaves_its_surroundings() -> None:
    for seed in range(5):
        away = jumps(stream(seed, "test"), replace(PLAN, saccades=20), ascan_times(PLAN), 1.0)
        assert np.hypot(*away).max() <= FARTHEST_UM + 1


def test_an_eye_begins_where_it_is_planned_to_be() -> None:
    moved = motion_of(PLAN, 7, 1.0, 0.003)
    assert moved.axial_px_by_ascan[0, 0, 0] == 0
    assert abs(moved.lateral_px_by_ascan[0, 0, 0]) < 0.01
    np.testing.assert_allclose(moved.axial_px, moved.axial_px_by_ascan.mean(axis=-1), rtol=1e-4)
