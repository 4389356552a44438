"""Where an A-scan shows anything of a retina."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.segmentation.presence import presence

ILM, BM = np.full((1, 40), 50, np.float32), np.full((1, 40), 120, np.float32)


@pytest.mark.parametrize(
    ("level", "noise", "wanted"), [(0.5, 0.05, 1), (0.1, 0.4, 0), (0, 0.05, 0)]
)
def test_a_retina_is_brighter_than_noise(level: float, noise: float, wanted: float) -> None:
    ranks = np.zeros((1, 160, 40), np.float32)
    ranks[:, 50:120] = level
    np.testing.assert_allclose(presence(ranks, ILM, BM, noise), wanted)
