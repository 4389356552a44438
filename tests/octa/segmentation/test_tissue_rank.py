"""Ranks do not depend on the scale of grey."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.layers import NAMES, segmented
from octome.octa.segmentation.tissue_rank import tissue_rank

CURVES: dict[str, Callable[[Float32], Float32]] = {
    "logarithm": lambda amplitude: np.log(amplitude + 1e-3) + 8,
    "fourth root": lambda amplitude: amplitude**0.25,
    "gamma 0.5": lambda amplitude: amplitude**0.5,
    "gamma 2": lambda amplitude: amplitude**2,
}


@pytest.mark.parametrize("curve", CURVES)
def test_any_rising_curve_of_grey_gives_the_same_surfaces(curve: str) -> None:
    eye = layered_eye(seed=3)
    found = segmented(eye.volume, eye.geometry)
    other = segmented(CURVES[curve](eye.volume).astype(np.float32), eye.geometry)
    for name in NAMES:
        apart = np.abs(found[name] - other[name])
        assert np.nanmean(apart) < 0.1, name
        assert np.nanquantile(apart, 0.98) < 0.5, name


def test_noise_is_near_0_and_tissue_spread_up_to_1() -> None:
    eye = layered_eye(seed=1)
    rank = tissue_rank(eye.volume, eye.geometry)
    ranks = rank.of(eye.volume)
    assert abs(ranks[:, :30].mean()) < 0.02
    assert 0.9 < ranks.max() <= 1
    assert 0 < rank.noise < 0.2


def test_what_is_not_finite_or_negative_counts_as_0() -> None:
    volume = np.ones((1, 40, 8), np.float32)
    volume[0, 20:] = 2
    rank = tissue_rank(volume, ScanGeometry(0.01, 0.01, 0.01))
    odd = np.float32([[[np.nan], [np.inf], [-1], [-np.inf], [0]]])
    assert len(set(rank.of(odd).ravel().tolist())) == 1
