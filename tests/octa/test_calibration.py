from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.errors import AcquisitionUnreadable, ShapeMismatch
from octome.octa.calibration import Calibration, load_calibration

FALLING = 2 * np.pi / np.linspace(0.80, 0.88, 256)


def test_a_row_is_pi_over_index_and_span() -> None:
    # 101 samples, 1 rad/um from first to last: a step is 0.01, the span 1.01 rad/um.
    line = Calibration(np.linspace(7.0, 8.0, 101), refractive_index=1.25)
    assert line.axial_mm == pytest.approx(np.pi / (1.25 * 1.01) / 1000)


def test_central_wavelength_is_that_of_the_middle_of_the_band() -> None:
    assert Calibration(np.linspace(7.0, 8.0, 16)).central_wavelength_um == pytest.approx(
        2 * np.pi / 7.5
    )


def test_dispersion_starts_at_the_second_power() -> None:
    line = Calibration(np.linspace(7.0, 8.0, 101), dispersion=(3.0, -1.0))
    phase = line.phase()
    assert phase[50] == pytest.approx(0.0)
    assert phase[[0, 75, 100]] == pytest.approx([3.0 + 1.0, 3.0 / 4 - 1.0 / 8, 3.0 - 1.0])


@settings(max_examples=25, deadline=None)
@given(
    dispersion=st.lists(st.floats(-50, 50), max_size=4),
    index=st.floats(1.0, 2.0),
    bend=st.floats(0.0, 0.3),
)
def test_a_calibration_comes_back_from_its_file_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, dispersion: list[float], index: float, bend: float
) -> None:
    path = tmp_path_factory.mktemp("calibration") / "machine.json"
    pixel = np.linspace(0, 1, 64)
    line = Calibration(7 + pixel + bend * pixel * (1 - pixel), tuple(dispersion), index)
    line.save(path)
    assert load_calibration(path) == line


def test_a_calibration_cannot_be_changed_from_outside() -> None:
    wavenumber = FALLING.copy()
    line = Calibration(wavenumber)
    wavenumber[0] = 0
    assert line.wavenumber[0] == FALLING[0]
    with pytest.raises(ValueError, match="read-only"):
        line.wavenumber[0] = 0


@pytest.mark.parametrize(
    "wavenumber",
    [np.ones(64), np.zeros((4, 64)), np.linspace(0, 1, 64), np.array([1.0, 2.0]), FALLING * np.nan],
    ids=["constant", "two axes", "from zero", "short", "nan"],
)
def test_wavenumbers_that_cannot_be_are_refused(wavenumber: np.ndarray) -> None:
    with pytest.raises(ShapeMismatch):
        Calibration(wavenumber)


@pytest.mark.parametrize("text", ["", "{}", '{"format": "other"}', "[1]", '"x"'])
def test_a_foreign_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "machine.json"
    path.write_text(text)
    with pytest.raises(AcquisitionUnreadable, match=r"machine\.json is not a calibration"):
        load_calibration(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AcquisitionUnreadable):
        load_calibration(tmp_path / "none.json")
