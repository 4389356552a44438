"""The phase of whole A-scans."""

from __future__ import annotations

import numpy as np

from octome.octa.registration.phase import bulk_phase


def test_each_ascans_phase_shift_is_found_whatever_flows_in_it() -> None:
    rng = np.random.default_rng(0)
    tissue = (rng.normal(size=(200, 4)) + 1j * rng.normal(size=(200, 4))).astype(np.complex64)
    turn = np.array([0.0, 1.0, -2.0, 3.0])
    repeat = (tissue * np.exp(1j * turn)).astype(np.complex64)
    repeat[50:60] = rng.normal(size=(10, 4))  # blood, dimmer than tissue
    np.testing.assert_allclose(bulk_phase(tissue, repeat), turn, atol=0.1)


def test_without_light_there_is_no_phase_shift() -> None:
    dark = np.zeros((8, 2), np.complex64)
    np.testing.assert_array_equal(bulk_phase(dark, dark), [0, 0])
