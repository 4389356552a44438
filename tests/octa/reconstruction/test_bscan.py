from __future__ import annotations

import tracemalloc
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.calibration import Calibration
from octome.octa.reconstruction.background import background
from octome.octa.reconstruction.bscan import block_slices, reconstruct
from octome.octa.reconstruction.fourier import available
from octome.octa.reconstruction.linearisation import interpolation
from octome.octa.reconstruction.reconstruction_plan import Reconstruction

SAMPLES = 256
PIXEL = np.linspace(0, 1, SAMPLES)
BENT = Calibration(2 * np.pi / (0.80 + 0.08 * (PIXEL + 0.05 * PIXEL * (1 - PIXEL))), (6.0, -1.5))
EVEN = Calibration(np.linspace(7.0, 8.0, SAMPLES))
NOTHING = np.zeros(SAMPLES, np.float32)


def mirrors(line: Calibration, rows: list[float]) -> NDArray[np.float32]:
    """Spectra (1, 1, X, K) of a mirror at each of these rows, by the definition."""
    k = line.wavenumber
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    phase = sum(c * u ** (n + 2) for n, c in enumerate(line.dispersion))
    depth_um = np.array(rows)[:, None] * line.axial_mm * 1000
    wave = np.cos(2 * line.refractive_index * k * depth_um + phase)
    return (wave * np.exp(-((u / 0.4) ** 2)))[None, None].astype(np.float32)


def test_a_mirror_is_one_bright_row_at_its_depth() -> None:
    # A whole number of fringes over the band: no window, no leak.
    wave = np.cos(2 * np.pi * 40 * np.arange(SAMPLES) / SAMPLES, dtype=np.float64)
    spectra = wave.reshape(1, 1, 1, SAMPLES).astype(np.float32)
    bscan = np.abs(reconstruct(spectra, EVEN, background=NOTHING, window="none")[0, 0, :, 0])
    expected = np.zeros(SAMPLES // 2)
    expected[40] = 1
    np.testing.assert_allclose(bscan, expected, atol=2e-4)


def test_background_is_subtracted() -> None:
    shared = np.linspace(100, 4000, SAMPLES).astype(np.uint16)
    spectra = np.broadcast_to(shared, (2, 2, 8, SAMPLES))
    assert np.abs(reconstruct(spectra, EVEN)).max() < 1e-3


def plain(
    spectra: NDArray[np.float32], line: Calibration, shape: NDArray[np.float64]
) -> NDArray[np.complex128]:
    """The recipe step by step: interpolate by the weights, turn, window, transform."""
    first, weights = interpolation(line)
    matrix = np.zeros((line.samples, line.samples))
    for k, (at, w) in enumerate(zip(first, weights, strict=True)):
        matrix[k, at : at + w.size] = w
    even = spectra.astype(np.float64) @ matrix.T
    k = np.fft.fftshift(np.fft.fftfreq(line.samples, 1 / line.samples))
    depth = np.arange(line.samples // 2)
    waves = np.exp(-2j * np.pi * k[:, None] * depth / line.samples)
    turned = even * np.exp(-1j * line.phase()) * shape * 2 / shape.sum()
    return np.swapaxes(turned @ waves, -1, -2)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    ascans=st.sampled_from([1, 5, 16, 70]),
    transform=st.sampled_from(available()),
    kind=st.sampled_from([np.uint16, np.float32]),
)
def test_the_fast_recipe_is_the_plain_one(
    seed: int, ascans: int, transform: str, kind: type
) -> None:
    chance = np.random.default_rng(seed)
    spectra = chance.integers(0, 4096, (2, 2, ascans, SAMPLES)).astype(kind)
    shared = chance.uniform(0, 2000, SAMPLES).astype(np.float32)
    plan = Reconstruction(BENT, shared, window="hann", transform=transform)
    expected = plain(spectra - shared, BENT, np.hanning(SAMPLES))
    np.testing.assert_allclose(plan.bscans(spectra), expected, atol=2e-3)


def test_reconstruction_is_the_fourier_sum_over_uneven_wavenumbers() -> None:
    spectra = mirrors(BENT, [12.0, 30.5, 61.2, 85.0])
    found = reconstruct(spectra, BENT, background=NOTHING, window="none")[0, 0]
    # Each pixel covers the wavenumbers about it; the phase is that of the middle sample.
    k, middle = BENT.wavenumber, BENT.uniform[SAMPLES // 2]
    share = np.abs(np.gradient(k)) / (np.ptp(k) / (SAMPLES - 1))
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    phase = BENT.dispersion[0] * u**2 + BENT.dispersion[1] * u**3
    depth_um = np.arange(SAMPLES // 2) * BENT.axial_mm * 1000
    turn = np.exp(-2j * BENT.refractive_index * np.outer(k - middle, depth_um))
    expected = ((spectra[0, 0] * share * np.exp(-1j * phase)) @ turn).T * 2 / SAMPLES
    np.testing.assert_allclose(found, expected, atol=0.004 * np.abs(expected).max())


def test_rows_are_cropped() -> None:
    spectra = mirrors(BENT, [20.0, 40.0])
    whole = reconstruct(spectra, BENT, background=NOTHING)
    some = reconstruct(spectra, BENT, background=NOTHING, rows=slice(10, 50))
    np.testing.assert_array_equal(some, whole[:, :, 10:50])


def test_a_file_gives_what_memory_gives_and_progress_reaches_the_end(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    spectra = chance.integers(0, 4096, (9, 2, 6, SAMPLES)).astype(np.uint16)
    done: list[tuple[int, int]] = []
    with h5py.File(tmp_path / "scan.h5", "w") as file:
        file["spectra"] = spectra
        out = file.create_dataset("bscans", (9, 2, SAMPLES // 2, 6), np.complex64)
        written = reconstruct(
            file["spectra"], BENT, out=out, progress=lambda *count: done.append(count)
        )
        np.testing.assert_array_equal(written[:], reconstruct(spectra, BENT))
    assert done[-1] == (9, 9)
    assert sorted(done) == done


def test_blocks_are_the_whole() -> None:
    chance = np.random.default_rng(1)
    spectra = chance.integers(0, 4096, (17, 1, 3, SAMPLES)).astype(np.uint16)
    plan = Reconstruction(BENT, background(spectra))
    found = [plan.bscans(spectra[block]) for block in block_slices(spectra)]
    assert len(found) > 1
    np.testing.assert_array_equal(np.concatenate(found), reconstruct(spectra, BENT))


def test_memory_is_input_output_and_a_fifth_at_most() -> None:
    spectra = np.zeros((16, 4, 128, 1024), np.uint16)
    line = Calibration(np.linspace(7.0, 8.0, 1024))
    reconstruct(spectra[:1], line)
    tracemalloc.start()
    bscans = reconstruct(spectra, line)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < bscans.nbytes + 0.2 * (spectra.nbytes + bscans.nbytes)


def test_shapes_that_disagree_are_an_error() -> None:
    spectra = np.zeros((1, 1, 2, SAMPLES), np.uint16)
    with pytest.raises(ShapeMismatch, match="256 samples"):
        reconstruct(spectra, EVEN, background=np.zeros(8, np.float32))
    with pytest.raises(ShapeMismatch, match="need 256 samples"):
        reconstruct(np.zeros((1, 1, 2, 64), np.uint16), EVEN, background=NOTHING)
    with pytest.raises(ShapeMismatch, match="keeps none"):
        reconstruct(spectra, EVEN, background=NOTHING, rows=slice(500, 600))
    with pytest.raises(ShapeMismatch, match="out needs"):
        reconstruct(spectra, EVEN, out=np.zeros((1, 1, 2, 2), np.complex64))
    with pytest.raises(UnknownName, match="hann"):
        reconstruct(spectra, EVEN, window="hamming")
    with pytest.raises(UnknownName, match="scipy"):
        Reconstruction(EVEN, NOTHING, transform="abacus")
