"""Contrast of a scan."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.scan_contrast import gain_for, inner_power


def test_power_in_gcl_and_ipl_is_that_between_rnfl_and_ipl() -> None:
    power = np.arange(20, dtype=np.float32)[None, None]
    truth = {name: np.float32([[row]]) for name, row in
             {"ILM": 2, "RNFL": 4.5, "IPL": 7.5, "BM": 15}.items()}  # fmt: skip
    assert inner_power(power, truth).tolist() == [5, 6, 7]
    truth["IPL"][:] = np.nan
    assert inner_power(power, truth).tolist() == list(range(2, 16))


def test_the_gain_gives_the_mean_amplitude() -> None:
    power = np.float32([0.0, 1.0, 5.0])
    mean = np.sqrt(gain_for(12.0, power) * power + 1).mean()
    assert 20 * np.log10(mean) == pytest.approx(12)
