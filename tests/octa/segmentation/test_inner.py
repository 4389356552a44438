"""The surfaces between ILM and EZ."""

from __future__ import annotations

import numpy as np
from layered_eye import layered_eye

from octome.octa.segmentation.cell import darkest_level
from octome.octa.segmentation.inner import INNER, cut_off, inner_surfaces, remaining
from octome.octa.segmentation.refinement import Look


def test_inner_surfaces_are_near_and_in_order_given_ilm_and_ez() -> None:
    eye = layered_eye(seed=1)
    noise = darkest_level(eye.volume, eye.geometry)
    found = inner_surfaces(eye.volume, eye.surfaces["ILM"], eye.surfaces["EZ"], eye.geometry, noise)
    assert list(found) == list(INNER)
    for name, rows in found.items():
        off_um = eye.geometry.axial_um * np.abs(rows - eye.surfaces[name]).mean()
        # As far as the refinement that follows reaches.
        assert off_um < Look(sign=1, window_um=12).reach_um, name
    assert (np.diff([found[name] for name in INNER], axis=0) >= -1e-3).all()


def test_what_remains_is_the_mean_to_the_end() -> None:
    np.testing.assert_allclose(remaining(np.float32([[2, 4, 0]])), [[2, 2, 0]])


def test_below_the_last_row_nothing_gets_brighter() -> None:
    bright = np.float32([[[1, 2, 3, 9], [1, 2, 3, 9]]])
    found = cut_off(bright, np.float32([[1, 3]]))
    assert found.tolist() == [[[1, 2, 2, 2], [1, 2, 3, 9]]]
