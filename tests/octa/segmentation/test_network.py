"""What the network says about one B-scan."""

from __future__ import annotations

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.segmentation.canonical import CanonicalGrid
from octome.octa.segmentation.learned import SURFACES
from octome.octa.segmentation.network import surface_chances, whole
from octome.octa.segmentation.tissue_rank import tissue_rank


def bscan() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Of a layered eye on the canonical grid; the rows of its surfaces there."""
    eye = layered_eye(bscans=1, ascans=120, rows=300)
    ranks = tissue_rank(eye.volume, eye.geometry).of(eye.volume)
    grid = CanonicalGrid.of(ranks.shape, eye.geometry)
    drawn = grid.drawn(ranks, np.zeros(grid.shape, np.float32), whole(grid.rows))
    return drawn[0], {n: grid.rows_of(eye.surfaces[n])[0] for n in SURFACES}


def test_the_chances_of_a_column_sum_to_one_and_peak_at_the_surface() -> None:
    drawn, true = bscan()
    chance, absent = surface_chances(drawn)
    assert chance.shape == (10, *drawn.shape)
    assert absent.shape == chance.shape[:2]
    np.testing.assert_allclose(np.exp(chance).sum(-1), 1, atol=0.001)
    assert absent.mean() < 0.1
    for name in ("ILM", "EZ", "RPE"):
        row = chance[SURFACES.index(name)].argmax(-1)
        assert np.median(np.abs(row - true[name])) < 1.5, name


@pytest.mark.parametrize(("level", "least"), [(0.0, 0.95), (1.0, 0.75)])
def test_an_even_picture_has_no_surfaces(level: float, least: float) -> None:
    _, absent = surface_chances(np.full((40, 160), level, np.float32))
    assert absent.mean() > least


def test_a_bscan_of_any_width_is_taken() -> None:
    chance, absent = surface_chances(np.zeros((1, 32), np.float32))
    assert chance.shape == (10, 1, 32)
    assert absent.shape == (10, 1)
