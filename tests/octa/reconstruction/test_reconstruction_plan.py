"""A reconstruction that is prepared once and used for many B-scans."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.calibration import Calibration
from octome.octa.reconstruction.reconstruction_plan import Reconstruction

EVEN = Calibration(np.linspace(7.0, 8.0, 256))
NOTHING = np.zeros(256, np.float32)


def mirror(row: float) -> np.ndarray:
    """The fringes of a mirror at a row, one A-scan of one repeat: (B, R, X, K)."""
    fringes = np.cos(2 * np.pi * row * np.arange(256) / 256)
    return fringes.astype(np.float32)[None, None, None]


def test_a_mirror_is_brightest_at_its_row() -> None:
    amplitude = np.abs(Reconstruction(EVEN, NOTHING).bscans(mirror(40)))[0, 0, :, 0]
    assert amplitude.argmax() == pytest.approx(40, abs=1)
    assert amplitude[60:].max() < 0.01 * amplitude.max()


def test_only_the_rows_to_keep_are_there() -> None:
    whole = Reconstruction(EVEN, NOTHING)
    part = Reconstruction(EVEN, NOTHING, rows=slice(30, 50))
    assert (whole.depth, part.depth) == (128, 20)
    np.testing.assert_allclose(
        part.bscans(mirror(40)), whole.bscans(mirror(40))[:, :, 30:50], atol=1e-5
    )


def test_the_background_is_subtracted() -> None:
    level = np.linspace(100, 200, 256).astype(np.float32)
    plan = Reconstruction(EVEN, level)
    found = plan.bscans(mirror(40) + level)
    np.testing.assert_allclose(found, Reconstruction(EVEN, NOTHING).bscans(mirror(40)), atol=2e-3)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match="256 samples"):
        Reconstruction(EVEN, NOTHING[:-1])
    with pytest.raises(ShapeMismatch):
        Reconstruction(EVEN, NOTHING, rows=slice(5, 5))
    with pytest.raises(UnknownName):
        Reconstruction(EVEN, NOTHING, window="hamming")
