"""Stripes of single B-scans are removed, vessels along a B-scan are left."""

from __future__ import annotations

import numpy as np

from octome.octa.flow.stripes import absent_filled, stripes_removed


def test_a_line_across_the_image_goes_and_a_vessel_along_it_stays() -> None:
    rng = np.random.default_rng(0)
    image = rng.uniform(0.1, 0.2, (40, 100)).astype(np.float32)
    image[10, 20:60] += 0.5  # a vessel along the B-scan
    striped = image.copy()
    striped[25] += 0.4
    found = stripes_removed(striped)
    np.testing.assert_allclose(found[25], image[25], atol=0.03)
    assert (found[10, 20:60] > 0.5).all()
    np.testing.assert_allclose(found[:9], image[:9], atol=0.02)


def test_absent_lines_stay_absent_until_they_are_filled() -> None:
    image = np.arange(12, dtype=np.float32).reshape(4, 3)
    image[1] = np.nan
    image[:, 2] = np.nan
    found = stripes_removed(image)
    assert np.isnan(found[1]).all()
    filled, is_filled = absent_filled(image)
    np.testing.assert_allclose(filled[1, :2], [3, 4])
    assert is_filled.sum() == 2
    assert np.isnan(filled[:, 2]).all()
    nothing = np.full((2, 3), np.nan, np.float32)
    assert np.isnan(stripes_removed(nothing)).all()
