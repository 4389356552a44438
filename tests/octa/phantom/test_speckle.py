"""From power to an image."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.speckle import Averaging, blurred, fixed_lines, speckled


def test_blur_keeps_the_sum_and_widens_along_both_axes() -> None:
    point = np.zeros((1, 41, 41), np.float32)
    point[0, 20, 20] = 1
    wide = blurred(point, 1.5, 3.0)
    assert wide.sum() == pytest.approx(1, rel=1e-5)
    at = np.arange(41) - 20
    assert np.sqrt((wide[0].sum(0) * at**2).sum()) == pytest.approx(1.5, rel=0.05)
    assert np.sqrt((wide[0].sum(1) * at**2).sum()) == pytest.approx(3.0, rel=0.05)


@pytest.mark.parametrize("frames", [1, 4, 100])
def test_speckle_has_the_deviation_of_so_many_frames(frames: int) -> None:
    averaging = Averaging(frames=frames, speckles=frames, noise_px=0.5)
    power = np.full((1, 200, 200), 3.0, np.float32)
    rng = np.random.default_rng(0)
    found = speckled(power, noise=1.0, averaging=averaging, sigma_px=(1.0, 1.0), rng=rng) ** 2
    assert found.mean() == pytest.approx(4, rel=0.04)
    assert found.std() / found.mean() == pytest.approx(1 / np.sqrt(frames), rel=0.1)


def test_speckle_is_as_large_as_the_beam() -> None:
    averaging = Averaging(frames=1, speckles=1, noise_px=0.0)
    power = np.full((1, 300, 300), 1e4, np.float32)
    rng = np.random.default_rng(0)
    found = speckled(power, noise=1.0, averaging=averaging, sigma_px=(1.0, 3.0), rng=rng)[0]
    found -= found.mean()
    next_z, next_x = (found[:, 1:] * found[:, :-1]).mean(), (found[1:] * found[:-1]).mean()
    # Of a Gaussian of deviation s: exp(-1 / (4 s**2)).
    assert next_z / found.var() == pytest.approx(np.exp(-1 / 4), abs=0.05)
    assert next_x / found.var() == pytest.approx(np.exp(-1 / 36), abs=0.05)


def test_fixed_lines_are_brightest_at_the_top() -> None:
    lines = fixed_lines(300, np.random.default_rng(1))
    assert lines.argmax() == 0
    assert np.median(lines) < 0.01
