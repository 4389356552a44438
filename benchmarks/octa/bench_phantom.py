"""Simulating a scan, and keeping it, compared with the sums written out and with a plain file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from octome.octa.acquisition_file import write_acquisition
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.noise import stream

FRAME = {"bscans": 4, "repeats": 4, "ascans": 304}


@pytest.fixture(scope="module")
def eye() -> SimulatedEye:
    eye = SimulatedEye(**FRAME)
    eye.spectra(slice(0, 1))  # compiles
    return eye


def bench_an_eye(benchmark: BenchmarkFixture) -> None:
    """The anatomy and vessels of a whole scan."""
    assert benchmark.pedantic(SimulatedEye, rounds=3).truth.vessels.any()


def bench_spectra_of_16_frames(benchmark: BenchmarkFixture, eye: SimulatedEye) -> None:
    assert benchmark(eye.spectra).shape == (4, 4, 304, 1024)


def bench_bscans_of_16_frames(benchmark: BenchmarkFixture, eye: SimulatedEye) -> None:
    assert benchmark(eye.bscans).shape == (4, 4, 512, 304)


@pytest.mark.benchmark(group="light to counts")
@pytest.mark.parametrize("how", ["octome", "sum of waves in numpy"])
def bench_detector(benchmark: BenchmarkFixture, eye: SimulatedEye, how: str) -> None:
    """One B-scan: the non-uniform transform, compared with the matrix of all waves."""
    detector = eye._detector
    light = eye._beam.frames(0)[0]
    shift = np.zeros(304)
    k = eye.truth.calibration.wavenumber
    u = 2 * (k - k.min()) / np.ptp(k) - 1
    phase = np.polynomial.Polynomial((0, 0, *eye.truth.calibration.dispersion))(u)
    depth_um = np.arange(512) * eye.geometry.axial_um
    waves = np.exp(1j * (2 * 1.36 * np.outer(k - k.min(), depth_um) + phase[:, None]))
    waves = (waves * detector.loss).astype(np.complex64)

    def plainly() -> np.ndarray:
        fringes = (waves @ light).real.T * detector._gain
        noise = stream(0, "noise").standard_normal(fringes.shape, np.float32)
        counts = detector.background + fringes + detector.noise * noise
        return np.clip(np.rint(counts), 0, 4095).astype(np.uint16)

    if how == "octome":
        counts = benchmark(lambda: detector.spectra(light, shift, stream(0, "noise")))
    else:
        counts = benchmark(plainly)
    assert np.abs(counts.astype(int) - plainly()).max() <= 1


@pytest.mark.benchmark(group="a file of 40 MB")
@pytest.mark.parametrize("how", ["octome", "numpy.save"])
def bench_file(benchmark: BenchmarkFixture, eye: SimulatedEye, tmp_path: Path, how: str) -> None:
    from dataclasses import replace

    spectra = np.tile(eye.spectra(), (4, 1, 1, 1))
    scan = replace(eye.acquisition(), spectra=spectra)
    if how == "octome":
        benchmark(write_acquisition, tmp_path / "scan.h5", scan)
    else:
        benchmark(np.save, tmp_path / "scan.npy", spectra)
    assert list(tmp_path.iterdir())
