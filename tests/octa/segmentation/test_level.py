"""A window that follows the retina."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.level import ABOVE, BELOW, level_window
from octome.octa.segmentation.network import MULTIPLE

GEOMETRY = ScanGeometry(0.004, 0.02, 0.2)
X = np.arange(120, dtype=np.float32)
STEEP = np.stack([50 + 2 * X, 300 - 2 * X])


def window(**rows: np.ndarray) -> tuple[np.ndarray, int]:
    """Of surfaces that are absent where they are NaN."""
    absent = {name: np.isnan(row).astype(np.float32) for name, row in rows.items()}
    return level_window({n: np.nan_to_num(r) for n, r in rows.items()}, absent, 1.0, GEOMETRY)


def test_a_steep_retina_lies_level_in_its_window() -> None:
    top, count = window(ILM=STEEP - 80, BM=STEEP)
    assert count % MULTIPLE == 0
    assert 80 + ABOVE + BELOW <= count < 80 + ABOVE + BELOW + MULTIPLE
    np.testing.assert_allclose(STEEP - 80 - top, ABOVE, atol=0.01)


def test_where_bm_is_absent_the_window_follows_what_lies_above() -> None:
    bm = STEEP.copy()
    bm[:, 60:] = np.nan
    top, _ = window(ILM=STEEP - 80, BM=bm)
    np.testing.assert_allclose(STEEP - 80 - top, ABOVE, atol=0.01)


def test_an_empty_bscan_gets_the_window_of_the_others() -> None:
    bm = np.full((3, 120), 200, np.float32)
    bm[1] = np.nan
    top, _ = window(ILM=bm - 80, BM=bm)
    np.testing.assert_allclose(top, 120 - ABOVE, atol=0.01)


def test_without_any_retina_there_is_a_window_still() -> None:
    nothing = np.full((1, 120), np.nan, np.float32)
    top, count = window(ILM=nothing, BM=nothing)
    assert np.isfinite(top).all()
    assert count >= MULTIPLE


def test_at_an_end_where_nothing_was_found_the_window_goes_on() -> None:
    bm = STEEP.copy()
    bm[:, 90:] = np.nan
    top, _ = window(ILM=bm - 80, BM=bm)
    np.testing.assert_allclose(STEEP - 80 - top, ABOVE, atol=0.01)
