"""From bands to power."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from octome.octa.phantom.arcade import Crossing
from octome.octa.phantom.reflectivity import BANDS, Bands
from octome.octa.phantom.structural_bscan import Blood, Spots, Window, power_image

ROWS = 12
WINDOW = Window(top_um=np.zeros(1), axial_um=4.0, rows=ROWS, folds=False, half_depth_um=1e9)
NONE = np.zeros(0)
NO_SPOTS = Spots(
    b=NONE.astype(np.int64),
    x=NONE.astype(np.int64),
    depth_um=NONE,
    half_px=NONE,
    half_um=NONE,
    gain=NONE,
    shade=NONE,
)


def image(begin_um: float, window: Window = WINDOW, half_um: float = 0.0) -> np.ndarray:
    """One A-scan of an RNFL from `begin_um` on, without an end and without loss."""
    edges = np.full((len(BANDS) + 1, 1, 1), begin_um, np.float32)
    edges[: BANDS.index("RNFL")] = -1e5
    edges[BANDS.index("RNFL") : BANDS.index("RNFL") + 1] = begin_um
    edges[BANDS.index("GCL") :] = 1e5
    power = np.zeros((len(BANDS), 1, 1), np.float32)
    power[BANDS.index("RNFL")] = 1
    bands = Bands(edges, power, np.zeros(len(BANDS), np.float32))
    crossing = Crossing(np.full((1, 1), half_um), np.full((1, 1), half_um))
    blood = Blood(crossing=crossing, middle_um=np.full((1, 1), 16.0), power=0.5, loss_per_mm=50.0)
    texture = np.ones((1, 1, ROWS), np.float32)
    return power_image(bands, window, blood, texture, NO_SPOTS)[0, 0]


def test_a_boundary_at_a_depth_fills_the_rows_below_it_in_edges() -> None:
    # 10 um at 4 um a row: half of row 2 lies below it.
    np.testing.assert_allclose(image(10.0), [0, 0, 0.5, *[1] * 9])


def test_what_lies_above_the_window_is_folded_below_its_edge() -> None:
    folding = replace(WINDOW, top_um=np.array([20.0]), folds=True)
    np.testing.assert_allclose(image(12.0, folding), [2, 2, *[1] * 10])
    np.testing.assert_allclose(image(12.0, replace(folding, folds=False)), 1)


def test_a_vessel_shades_what_lies_below() -> None:
    shaded = image(0.0, half_um=8.0)
    assert shaded[1] == 1
    assert shaded[7:] == pytest.approx(np.exp(-50 * 0.016))
