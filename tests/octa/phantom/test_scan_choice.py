"""Which scan is made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from octome.octa.phantom.optic_disc import OpticDisc
from octome.octa.phantom.scan_choice import AXIAL_UM, PITCH_UM, chosen_path, wandering
from octome.octa.phantom.scan_path import ScanPath
from octome.octa.phantom.trouble import Conditions, Trouble


def chosen(seed: int, *troubles: Trouble) -> tuple[ScanPath, Conditions, OpticDisc]:
    rng = np.random.default_rng(seed)
    conditions = replace(Conditions.drawn(rng), troubles=frozenset(troubles))
    disc = OpticDisc.drawn(rng)
    return chosen_path(rng, conditions, disc, None), conditions, disc


def test_spacings_are_those_of_real_machines() -> None:
    for seed in range(80):
        g = chosen(seed)[0].geometry
        assert AXIAL_UM[0] <= g.axial_um <= AXIAL_UM[1]
        assert PITCH_UM[0] <= 1000 * g.ascan_mm <= PITCH_UM[1]


def test_a_scan_shows_what_it_is_made_for() -> None:
    for seed in range(20):
        path, _, disc = chosen(seed, "circle")
        assert path.pattern == "circle"
        assert 1.2 < disc.distance(path.y, path.x).mean() < 2.9
        path, _, disc = chosen(seed, "hole")
        assert np.hypot(path.y, path.x).min() < 0.15
    inside = [disc.is_inside(path.y, path.x).any() for path, _, disc in
              (chosen(seed, "disc") for seed in range(20))]  # fmt: skip
    assert np.mean(inside) > 0.6


def test_a_restless_eye_jumps_and_blinks() -> None:
    found = [chosen(seed, "fixation") for seed in range(20)]
    moved = [wandering(np.random.default_rng(n), c, path) for n, (path, c, _) in enumerate(found)]
    assert np.mean([np.ptp(offset) > 40 for _, offset, _ in moved]) > 0.5
    assert any(blink.any() for _, _, blink in moved)
    calm, conditions, _ = chosen(0)
    path, offset, blink = wandering(np.random.default_rng(0), conditions, calm)
    assert path is calm
    assert not blink.any()
    assert np.ptp(offset) < 60
