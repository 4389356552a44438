"""From evidence to a chance."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.segmentation.certainty import Certainty, certainty_table
from octome.octa.segmentation.evidence import FEATURES, SIGNS


def test_curves_add_up_to_a_score_and_the_score_gives_the_chance() -> None:
    flat = np.array([0.0, 1.0]), np.array([0.0, 0.0])
    rising = np.array([0.0, 10.0]), np.array([0.0, 5.0])
    model = Certainty(
        start=1.0,
        curves=(rising, *[flat] * (len(FEATURES) - 1)),
        chance=(np.array([0.0, 4.0]), np.array([0.2, 1.0])),
    )
    evidence = np.zeros((len(FEATURES), 1, 3), np.float32)
    evidence[0] = 0, 2, 100
    # Scores 1, 2 and 6.
    assert model.of(evidence)[0].tolist() == pytest.approx([0.4, 0.6, 1.0])


def test_the_table_has_a_rising_curve_for_every_surface() -> None:
    table = certainty_table()
    assert list(table) == list(SIGNS)
    for each in table.values():
        scores, chance = each.chance
        assert (np.diff(scores) >= 0).all()
        assert (np.diff(chance) >= 0).all()
        assert 0 < chance[0] < 0.7 < 0.95 < chance[-1] < 1
