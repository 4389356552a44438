"""Grey curves."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.grey_curve import (
    GREY_CURVES,
    GreyCurve,
    compressed,
    grey_of_amplitude,
)

AMPLITUDE = np.geomspace(0.05, 100, 4000, dtype=np.float32)


@pytest.mark.parametrize("curve", GREY_CURVES)
@pytest.mark.parametrize("seed", range(4))
def test_grey_rises_with_amplitude(curve: GreyCurve, seed: int) -> None:
    rng = np.random.default_rng(seed)
    grey = grey_of_amplitude(AMPLITUDE, curve, noise=1.0, rng=rng)
    assert grey.dtype == np.uint8
    assert (np.diff(grey.astype(int)) >= 0).all()
    assert len(np.unique(grey)) > 40


def test_a_clipped_picture_is_black_above_the_noise_and_a_dark_one_lacks_white() -> None:
    clipped, dark = (
        grey_of_amplitude(AMPLITUDE, curve, noise=1.0, rng=np.random.default_rng(0))
        for curve in ("clipped", "dark")
    )
    assert clipped[AMPLITUDE < 1.2].max() == 0
    assert (clipped == 255).mean() > 0.02
    assert dark.max() < 200


def test_compression_changes_a_picture_a_little() -> None:
    noise = np.random.default_rng(0).integers(90, 160, (2, 64, 80)).astype(np.uint8)
    found = compressed(noise, 60)
    apart = np.abs(found.astype(int) - noise)
    assert 1 < apart.mean() < 15
