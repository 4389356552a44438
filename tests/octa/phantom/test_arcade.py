"""Larger vessels where B-scans cut them."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.arcade import RADIUS_MM, arcades, crossings
from octome.octa.phantom.optic_disc import OpticDisc


def test_the_path_through_a_vessel_is_a_chord() -> None:
    # A vessel along Y at x = 0 of radius 0.05 mm; an A-scan 0.03 mm from its middle.
    pieces = np.array([[-1.0, 0.0, 1.0, 0.0, 0.05]])
    found = crossings(pieces, np.zeros((1, 3)), np.array([[0.0, 0.03, 0.06]]))
    assert found.half_um[0] == pytest.approx([50, 40, 0])
    assert found.radius_um[0] == pytest.approx([50, 50, 0])


def test_a_circle_round_the_disc_cuts_vessels_of_both_arcades() -> None:
    rng = np.random.default_rng(1)
    disc = OpticDisc.drawn(rng)
    angle = np.linspace(0, 2 * np.pi, 768)[None]
    y, x = disc.y + 1.73 * np.sin(angle), disc.x + 1.73 * np.cos(angle)
    found = crossings(arcades(rng, disc), y, x)
    for side in (-1, 1):
        assert (found.half_um[side * np.sin(angle) > 0.3] > 0).mean() > 0.03
    assert found.half_um.max() <= 1000 * RADIUS_MM[1]
    assert (found.half_um == 0).mean() > 0.5
