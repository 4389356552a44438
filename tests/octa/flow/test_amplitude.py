"""Flow of amplitudes: values by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.flow.amplitude import correlation_mapping, decorrelation, ratio, speckle_variance


def test_flow_of_amplitudes_1_and_3_is_two_fifths() -> None:
    # 1 - (1*3) / ((1 + 9) / 2) = 2/5; 1 - 1/3; ((1-2)^2 + (3-2)^2) / 2
    pair = np.array([1.0, 3.0], np.float32).reshape(1, 2, 1, 1)
    assert decorrelation(pair)[0, 0, 0] == pytest.approx(0.4)
    assert ratio(pair)[0, 0, 0] == pytest.approx(2 / 3)
    assert speckle_variance(pair)[0, 0, 0] == pytest.approx(1)


@pytest.mark.parametrize("function", [decorrelation, ratio, speckle_variance, correlation_mapping])
def test_counts_of_a_detector_are_amplitude_too(function) -> None:
    counts = np.random.default_rng(1).integers(0, 65535, (2, 3, 12, 9)).astype(np.uint16)
    np.testing.assert_allclose(
        function(counts), function(counts.astype(np.float32)), rtol=1e-4, atol=1e-5
    )


def test_frames_that_rise_together_are_correlated_at_any_brightness() -> None:
    frame = np.arange(1, 26, dtype=np.float32).reshape(5, 5)
    repeats = np.stack([frame, 3 * frame + 2])[None]
    np.testing.assert_allclose(correlation_mapping(repeats, window=(3, 3)), 0, atol=1e-5)
    repeats[0, 1] = frame[::-1, ::-1]
    # What falls where the other rises is as far from correlated as flow can be.
    assert correlation_mapping(repeats, window=(3, 3))[0, 2, 2] == pytest.approx(1)
