"""Flow of complex fields: values by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.flow.amplitude import decorrelation
from octome.octa.flow.phase import complex_difference, phase_variance


def test_a_quarter_turn_moves_the_field_but_not_the_amplitude() -> None:
    pair = np.array([1.0, 1.0j], np.complex64).reshape(1, 2, 1, 1)
    assert complex_difference(pair)[0, 0, 0] == pytest.approx(np.sqrt(2))
    assert phase_variance(pair)[0, 0, 0] == pytest.approx(2)
    assert decorrelation(pair)[0, 0, 0] == pytest.approx(0, abs=1e-6)


def test_a_phase_common_to_a_whole_volume_is_not_removed_here() -> None:
    # Bulk phase is the business of registration: two repeats half a turn apart differ by 2.
    pair = np.array([1.0, -1.0], np.complex64).reshape(1, 2, 1, 1)
    assert complex_difference(pair)[0, 0, 0] == pytest.approx(2)
    assert phase_variance(pair)[0, 0, 0] == pytest.approx(4)
