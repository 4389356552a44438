"""Random numbers, by name."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.noise import SmoothField, complex_normal, stream


def test_each_purpose_and_index_has_its_own_stream() -> None:
    def first(*words: object) -> float:
        return float(stream(*words).random())  # type: ignore[arg-type]

    assert first(1, "vessels") == first(1, "vessels")
    assert len({first(1, "vessels"), first(2, "vessels"), first(1, "speckle"),
                first(1, "vessels", 1), first(1, "vessels", -1)}) == 5  # fmt: skip


def test_complex_noise_has_power_1_and_no_preferred_phase() -> None:
    noise = complex_normal(stream(0, "test"), (200, 200))
    assert noise.dtype == np.complex64
    assert (np.abs(noise) ** 2).mean() == pytest.approx(1, abs=0.03)
    assert abs((noise**2).mean()) < 0.03


def test_a_smooth_field_has_mean_0_spread_1_and_the_same_value_at_a_place() -> None:
    field = SmoothField(stream(3, "test"), 1.0)
    y, x = np.meshgrid(np.linspace(0, 40, 400), np.linspace(0, 40, 400), indexing="ij")
    values = field(y, x)
    assert values.mean() == pytest.approx(0, abs=0.1)
    assert values.std() == pytest.approx(1, abs=0.15)
    assert field(y[5, 7], x[5, 7]) == pytest.approx(values[5, 7])
