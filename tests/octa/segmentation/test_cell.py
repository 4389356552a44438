"""Cells of a B-scan."""

from __future__ import annotations

import numpy as np

from octome.octa.segmentation.cell import cells


def test_the_last_cell_of_an_axis_is_the_mean_of_what_is_left() -> None:
    bscan = np.arange(15, dtype=np.float32).reshape(5, 3)
    found = cells(bscan, 2, 2)
    assert found.shape == (2, 3)
    assert found[0, 0] == bscan[:2, :2].mean()
    assert found[1, 2] == bscan[4, 2]


def test_what_is_not_finite_counts_as_nothing() -> None:
    bscan = np.float32([[4, np.nan], [np.inf, -1]])
    assert cells(bscan, 2, 2).tolist() == [[1]]
