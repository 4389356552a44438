"""Windows of a spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import UnknownName
from octome.octa.reconstruction.window import GAUSS_SIGMA, WINDOWS, window


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_is_symmetric_and_1_in_the_middle(name: str) -> None:
    found = window(name, 65)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, found[::-1], atol=1e-6)
    assert found[32] == pytest.approx(1)


def test_a_gaussian_window_leaves_4_percent_at_the_edges() -> None:
    assert window("gauss", 1001)[0] == pytest.approx(np.exp(-(0.5**2) / (2 * GAUSS_SIGMA**2)), 0.02)


def test_an_unknown_name_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="none, hann, gauss, tukey"):
        window("hamming", 8)
