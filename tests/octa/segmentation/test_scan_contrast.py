"""Contrast in dB, where it can be known."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import Float32
from octome.octa.segmentation.scan_contrast import scan_contrast_db

ROWS = {
    name: np.full((2, 60), row, np.float32)
    for name, row in (("ILM", 100), ("RNFL", 110), ("IPL", 130), ("BM", 170))
}


def scan(inner: float, depth: int = 300) -> Float32:
    """Speckle of mean 1, and of mean `inner` between RNFL and IPL."""
    level = np.ones((2, depth, 60))
    level[:, 100:170] = 3 * inner
    level[:, 110:131] = inner
    chance = np.random.default_rng(0).rayleigh(np.sqrt(2 / np.pi), level.shape)
    return (level * chance).astype(np.float32)


@pytest.mark.parametrize("decibel", [6.0, 20.0, 40.0])
def test_it_is_the_inner_retina_over_the_noise(decibel: float) -> None:
    found = scan_contrast_db(scan(10 ** (decibel / 20)), ROWS, 4.0)
    assert found == pytest.approx(decibel, abs=0.3)


def test_a_picture_has_none() -> None:
    grey = np.rint(scan(10.0) * 4) / 4
    assert scan_contrast_db(np.minimum(grey, 60).astype(np.float32), ROWS, 4.0) is None


def test_where_the_noise_was_subtracted_or_is_not_in_the_scan_there_is_none() -> None:
    cut = np.maximum(scan(10.0) - 1, 0)
    assert scan_contrast_db(cut, ROWS, 4.0) is None
    full = scan(10.0)[:, 95:200]
    shifted = {name: row - 95 for name, row in ROWS.items()}
    assert scan_contrast_db(full, shifted, 4.0) is None


def test_without_surfaces_there_is_none() -> None:
    nowhere = {name: np.full_like(row, np.nan) for name, row in ROWS.items()}
    assert scan_contrast_db(scan(10.0), nowhere, 4.0) is None
