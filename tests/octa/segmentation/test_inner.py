"""The surfaces between ILM and EZ."""

from __future__ import annotations

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.segmentation.inner import INNER, cut_off, inner_surfaces, remaining
from octome.octa.segmentation.layers import segmented
from octome.octa.segmentation.refinement import Look
from octome.octa.segmentation.tissue_rank import tissue_rank

REACH_UM = Look(sign=1, window_um=12).reach_um


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_inner_surfaces_are_in_order_and_within_reach_of_their_refinement(seed: int) -> None:
    eye = layered_eye(seed=seed)
    found = segmented(eye.volume, eye.geometry)
    ranks = tissue_rank(eye.volume, eye.geometry).of(eye.volume)
    clear = np.ones_like(found["ILM"])
    inner = inner_surfaces(ranks, found["ILM"], found["EZ"], clear, eye.geometry)
    assert list(inner) == list(INNER)
    for name, rows in inner.items():
        off_um = eye.geometry.axial_um * np.abs(rows - eye.surfaces[name]).mean()
        assert off_um < REACH_UM, name
    assert (np.diff([inner[name] for name in INNER], axis=0) > -2).all()


def test_what_remains_is_the_mean_to_the_end() -> None:
    np.testing.assert_allclose(remaining(np.float32([[2, 4, 0]])), [[2, 2, 0]])


def test_below_the_last_row_nothing_gets_brighter() -> None:
    bright = np.float32([[[1, 2, 3, 9], [1, 2, 3, 9]]])
    found = cut_off(bright, np.float32([[1, 3]]))
    assert found.tolist() == [[[1, 2, 2, 2], [1, 2, 3, 9]]]
