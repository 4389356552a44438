from __future__ import annotations

import dataclasses
import tracemalloc
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.registration.motion import Motion
from octome.octa.registration.phase import bulk_phase
from octome.octa.registration.search import found_motion
from octome.octa.registration.shift import TAPS, raised, registered, slid, weights_at


def motion(bscans: int, repeats: int, axial: float = 0, lateral: float = 0) -> Motion:
    """Every frame with the same displacement."""
    none = np.zeros((bscans, repeats), np.float32)
    slow = np.zeros(bscans, np.float32)
    return Motion(
        axial_px=none,
        lateral_px=none,
        axial_tilt_px=none,
        slow_axial_px=slow + np.float32(axial),
        slow_lateral_px=slow + np.float32(lateral),
        correlation=none + 1,
        is_usable=none == 0,
        reference=np.zeros(bscans, np.int64),
    )


def test_a_point_two_rows_low_and_three_ascans_left_comes_home() -> None:
    frame = np.zeros((1, 1, 16, 12), np.float32)
    frame[0, 0, 9, 4] = 1
    home = registered(frame, motion(1, 1, axial=2, lateral=3))
    expected = np.zeros_like(frame)
    expected[0, 0, 7, 7] = 1
    np.testing.assert_allclose(home, expected, atol=1e-6)


def test_values_from_outside_are_zero() -> None:
    home = registered(np.ones((1, 1, 16, 12), np.float32), motion(1, 1, axial=5, lateral=-4))
    np.testing.assert_allclose(home[0, 0, 11:], 0, atol=1e-12)
    np.testing.assert_allclose(home[0, 0, :, 8:], 0, atol=1e-12)
    np.testing.assert_allclose(home[0, 0, :11, :8], 1, atol=1e-5)


def plainly_raised(frame: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Tap by tap, A-scan by A-scan."""
    out = np.zeros_like(frame)
    for x, each in enumerate(shift):
        whole = int(np.floor(each))
        for tap, weight in enumerate(weights_at(np.asarray(each - whole))):
            for z in range(len(frame)):
                at = z + whole + tap - (TAPS // 2 - 1)
                if 0 <= at < len(frame):
                    out[z, x] += weight * frame[at, x]
    return out


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), kind=st.sampled_from([np.float32, np.complex64]))
def test_the_fast_shift_is_the_plain_one(seed: int, kind: type) -> None:
    chance = np.random.default_rng(seed)
    frame = chance.normal(size=(20, 7)).astype(kind)
    if kind is np.complex64:
        frame += (1j * chance.normal(size=(20, 7))).astype(kind)
    shift = np.sort(chance.uniform(-6, 6, 7)).astype(np.float32)
    out = np.empty_like(frame)
    raised(frame, shift, out)
    np.testing.assert_allclose(out, plainly_raised(frame, shift.astype(np.float64)), atol=1e-5)
    sideways = np.empty((7, 20), kind)
    slid(np.ascontiguousarray(frame.T), float(-shift[0]), sideways)
    np.testing.assert_allclose(
        sideways.T, plainly_raised(frame, np.full(7, shift[0], np.float64)), atol=1e-5
    )


@given(fraction=st.floats(0, 1, exclude_max=True))
def test_weights_add_up_to_one(fraction: float) -> None:
    assert weights_at(np.asarray(fraction)).sum() == pytest.approx(1, abs=1e-5)


def test_bulk_phase_is_removed_whatever_flows() -> None:
    chance = np.random.default_rng(0)
    still = (chance.normal(size=(64, 8)) + 1j * chance.normal(size=(64, 8))).astype(np.complex64)
    turned = still * np.exp(1j * np.linspace(-3, 3, 8)).astype(np.complex64)
    turned[20:24] = chance.normal(size=(4, 8))
    np.testing.assert_allclose(bulk_phase(still, turned), np.linspace(-3, 3, 8), atol=0.15)
    home = registered(np.stack([still, turned])[None], motion(1, 2))
    assert np.abs(bulk_phase(home[0, 0], home[0, 1])).max() < 1e-5


def test_inputs_are_left_as_they_were_and_out_is_used() -> None:
    frames = np.random.default_rng(0).rayleigh(size=(3, 2, 16, 12)).astype(np.float32)
    before, out = frames.copy(), np.empty_like(frames)
    assert registered(frames, motion(3, 2, axial=0.5), out=out) is out
    np.testing.assert_array_equal(frames, before)
    np.testing.assert_array_equal(out, registered(frames, motion(3, 2, axial=0.5)))


def test_a_file_gives_what_memory_gives(tmp_path: Path) -> None:
    frames = np.random.default_rng(0).rayleigh(size=(9, 2, 16, 12)).astype(np.float32)
    moved, done = motion(9, 2, axial=0.3, lateral=0.4), []
    with h5py.File(tmp_path / "scan.h5", "w") as file:
        file["bscans"] = frames
        out = file.create_dataset("registered", frames.shape, np.float32)
        registered(file["bscans"], moved, out=out, progress=lambda *count: done.append(count))
        np.testing.assert_array_equal(out[:], registered(frames, moved))
    assert done[-1] == (9, 9)


def test_memory_is_input_output_and_a_fifth_at_most() -> None:
    shape = (24, 4, 256, 128)
    bscans = np.random.default_rng(0).normal(size=(*shape, 2)).astype(np.float32)
    bscans = bscans.view(np.complex64)[..., 0]
    geometry = ScanGeometry(0.003, 0.01, 0.01)
    registered(bscans[:2], found_motion(bscans[:2], geometry=geometry))
    tracemalloc.start()
    found = found_motion(bscans, geometry=geometry)
    searching = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    registered(bscans, found)
    applying = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert searching < 0.2 * bscans.nbytes
    assert applying < bscans.nbytes + 0.4 * bscans.nbytes


def test_repeats_of_an_eye_resemble_each_other_after_registration() -> None:
    eye = SimulatedEye(seed=3, motion=3.0, bscans=6, repeats=3, ascans=96, saccades=0)
    bscans = eye.bscans()
    found = found_motion(bscans, geometry=eye.geometry)
    home = registered(bscans, found)
    assert likeness(home) > likeness(bscans) + 0.02
    # And nothing is left to find.
    again = found_motion(home, geometry=eye.geometry)
    assert np.abs(again.axial_px).max() < 0.05


def likeness(bscans: np.ndarray) -> float:
    """Mean correlation of the complex repeats with the first."""
    first, rest = bscans[:, :1].conj(), bscans[:, 1:]
    joint = np.abs((first * rest).sum(axis=(2, 3)))
    power = [np.sqrt((np.abs(each) ** 2).sum(axis=(2, 3))) for each in (first, rest)]
    return float((joint / (power[0] * power[1])).mean())


def test_motion_of_another_scan_is_refused() -> None:
    with pytest.raises(ShapeMismatch, match="does not fit"):
        registered(np.zeros((2, 2, 16, 12), np.float32), motion(3, 2))
    with pytest.raises(ShapeMismatch, match="out needs"):
        registered(np.zeros((1, 1, 16, 12), np.float32), motion(1, 1), out=np.zeros((1, 1, 4, 4)))


def test_totals_add_repeats_and_slow_axis() -> None:
    found = dataclasses.replace(
        motion(1, 2, axial=2.0), axial_px=np.array([[-0.5, 0.5]], np.float32)
    )
    assert found.total_axial_px.tolist() == [[1.5, 2.5]]
