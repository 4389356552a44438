from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest
from numpy.typing import NDArray
from texture import texture

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.registration.motion import Motion
from octome.octa.registration.search import found_motion
from soak import amount

GEOMETRY = ScanGeometry(axial_mm=0.003, ascan_mm=0.01, bscan_mm=0.01)


def relative(values: NDArray[np.float32], is_usable: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Against the mean of the usable repeats."""
    count = np.maximum(is_usable.sum(axis=1, keepdims=True), 1)
    return values - (values * is_usable).sum(axis=1, keepdims=True) / count


def test_whole_rows_and_ascans_are_found_with_their_signs() -> None:
    still = texture(128, 80)
    # Lower by 4 rows; and tissue from 1 A-scan further right, so its content stands further left.
    lower, right = np.roll(still, 4, axis=0), np.roll(still, -1, axis=1)
    found = found_motion(np.stack([still, lower])[None], geometry=ScanGeometry(0.003, 0.01, 0.01))
    np.testing.assert_allclose(found.axial_px, [[-2, 2]], atol=0.02)
    np.testing.assert_allclose(found.lateral_px, [[0, 0]], atol=0.02)
    found = found_motion(np.stack([still, right])[None], geometry=GEOMETRY)
    np.testing.assert_allclose(found.axial_px, [[0, 0]], atol=0.02)
    # Not usable together: an eye that holds its gaze does not move so far between repeats.
    assert found.lateral_px[0, 1] - found.lateral_px[0, 0] == pytest.approx(1, abs=0.1)
    assert not found.is_usable.any()


@pytest.mark.parametrize("shift", [0.1, 0.25, 0.5, 1.3, -2.75])
def test_parts_of_a_row_are_found(shift: float) -> None:
    still = texture(128, 80)
    waves = np.fft.fft(still, axis=0)
    turn = np.exp(-2j * np.pi * np.fft.fftfreq(128) * shift)[:, None]
    lower = np.fft.ifft(waves * turn, axis=0).real.astype(np.float32)
    found = found_motion(np.stack([still, lower])[None], geometry=GEOMETRY)
    assert found.axial_px[0, 1] - found.axial_px[0, 0] == pytest.approx(shift, abs=0.01)


def test_tilt_within_a_frame_is_found() -> None:
    still = texture(128, 160)
    along = np.linspace(-0.5, 0.5, 160)
    turn = np.exp(-2j * np.pi * np.fft.fftfreq(128)[:, None] * 1.2 * along)
    tilted = np.fft.ifft(np.fft.fft(still, axis=0) * turn, axis=0).real.astype(np.float32)
    found = found_motion(np.stack([still, tilted])[None], geometry=GEOMETRY)
    assert found.axial_tilt_px[0, 1] - found.axial_tilt_px[0, 0] == pytest.approx(1.2, abs=0.1)
    by_ascan = found.axial_px_by_ascan(160)[0, 1]
    assert by_ascan[-1] - by_ascan[0] == pytest.approx(found.axial_tilt_px[0, 1], abs=1e-5)


def test_a_fast_wobble_along_the_slow_axis_is_found_and_a_parabola_is_left() -> None:
    still = texture(256, 96)
    b = np.arange(24)
    wobble = np.round(3 * np.sin(2 * np.pi * b / 8)).astype(int)
    bent = np.round(0.05 * (b - 12) ** 2).astype(int)
    scan = np.stack([np.roll(still, shift, axis=0) for shift in wobble + bent])[:, None]
    found = found_motion(scan, geometry=GEOMETRY)
    line = np.linspace(-1, 1, 24)
    expected = wobble + bent - np.polyval(np.polyfit(line, wobble + bent, 2), line)
    np.testing.assert_allclose(found.slow_axial_px, expected, atol=0.05)


@pytest.mark.parametrize(
    ("variant", "seed"), [("normal", 0), ("normal", 1), ("drusen", 2), ("noisy", 3), ("cnv", 4)]
)
def test_residual_motion_between_repeats_is_a_tenth_of_a_row_at_most(
    variant: str, seed: int
) -> None:
    eye = SimulatedEye(variant, seed, bscans=12, repeats=4, ascans=128, saccades=0)
    found, truth = found_motion(eye.bscans(), geometry=eye.geometry), eye.truth.motion
    assert found.is_usable.all()
    left = np.abs(relative(found.axial_px - truth.axial_px, found.is_usable))
    assert left.mean() < 0.02
    assert np.percentile(left, 95) < 0.05
    assert np.abs(relative(found.lateral_px - truth.lateral_px, found.is_usable)).mean() < 0.02


@pytest.mark.parametrize("seed", [20, 21, 22][: amount(1, whole=3)])
def test_saccades_are_found_and_nothing_else(seed: int) -> None:
    eye = SimulatedEye("normal", seed, bscans=30, repeats=4, ascans=128, saccades=2)
    found, truth = found_motion(eye.bscans(), geometry=eye.geometry), eye.truth.motion
    assert truth.is_saccade.any()
    assert not (found.is_usable & truth.is_saccade).any()
    # Where the eye held still during all repeats, every frame is usable.
    is_calm = ~truth.is_saccade.any(axis=1) & (np.ptp(truth.slow_px, axis=1) < 0.3)
    is_calm &= np.ptp(truth.lateral_px, axis=1) < 0.15
    assert found.is_usable[is_calm].all()


@pytest.mark.parametrize("seed", [0, 3][: amount(1, whole=2)])
def test_steps_along_the_slow_axis_are_found(seed: int) -> None:
    eye = SimulatedEye(seed=seed, motion=3.0, bscans=40, repeats=2, ascans=160, saccades=0)
    found, truth = found_motion(eye.bscans(), geometry=eye.geometry), eye.truth.motion
    # What cannot be separated from anatomy is left out of both: a parabola.
    path = truth.axial_px.mean(axis=1)
    line = np.linspace(-1, 1, 40)
    motion = path - np.polyval(np.polyfit(line, path, 2), line)
    off = np.diff(found.slow_axial_px - motion)
    assert np.abs(off).mean() < 0.1
    assert np.abs(np.diff(motion)).mean() > 3 * np.abs(off).mean()


@pytest.mark.parametrize("shape", [(1, 1, 64, 32), (1, 2, 64, 3), (2, 1, 8, 1), (1, 4, 16, 9)])
def test_tiny_scans_lose_no_frame(shape: tuple[int, ...]) -> None:
    noise = np.random.default_rng(0).rayleigh(size=shape).astype(np.float32)
    still = np.broadcast_to(noise[:, :1], shape)
    found = found_motion(still, geometry=GEOMETRY)
    assert found.is_usable.all()
    assert_finite(found)
    np.testing.assert_allclose(found.total_axial_px, 0, atol=4)


@pytest.mark.parametrize("value", [0.0, 7.0])
def test_an_empty_scan_has_no_motion(value: float) -> None:
    found = found_motion(np.full((6, 2, 32, 20), value, np.float32), geometry=GEOMETRY)
    assert_finite(found)


def assert_finite(found: Motion) -> None:
    for values in vars(found).values():
        assert np.isfinite(values).all()


def test_a_file_gives_what_memory_gives(tmp_path: Path) -> None:
    scan = np.stack([texture(64, 40, seed) for seed in range(6)]).reshape(3, 2, 64, 40)
    done: list[tuple[int, int]] = []
    with h5py.File(tmp_path / "scan.h5", "w") as file:
        file["bscans"] = scan
        found = found_motion(
            file["bscans"], geometry=GEOMETRY, progress=lambda *count: done.append(count)
        )
    expected = found_motion(scan, geometry=GEOMETRY)
    for name, values in vars(expected).items():
        np.testing.assert_array_equal(getattr(found, name), values, err_msg=name)
    assert done[-1] == (3, 3)


def test_an_array_that_is_not_a_scan_is_an_error() -> None:
    with pytest.raises(ShapeMismatch, match="8 rows or more"):
        found_motion(np.zeros((4, 64, 40), np.float32), geometry=GEOMETRY)
    with pytest.raises(ShapeMismatch, match="8 rows or more"):
        found_motion(np.zeros((1, 1, 4, 40), np.float32), geometry=GEOMETRY)
