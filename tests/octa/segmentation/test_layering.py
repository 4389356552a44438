"""Bright, dark, bright: what all retinas show."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.layering import is_layered

GEOMETRY = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.01)
ILM, EZ, BM = (np.full((1, 20), row, np.float32) for row in (20, 70, 80))


@pytest.mark.parametrize(
    ("inner", "onl", "outer", "expected"),
    [(0.5, 0.2, 0.9, True), (0.5, 0.5, 0.9, False), (0.9, 0.5, 0.2, False), (0.5, 0.2, 0.2, False)],
)
def test_a_retina_is_dark_between_two_bright_parts(
    inner: float, onl: float, outer: float, expected: bool
) -> None:
    ranks = np.zeros((1, 120, 20), np.float32)
    ranks[:, 20:50], ranks[:, 50:68], ranks[:, 68:82] = inner, onl, outer
    assert (is_layered(ranks, ILM, EZ, BM, GEOMETRY) == expected).all()
