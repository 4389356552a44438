"""Complex B-scans from raw spectra, 1024 and 2048 samples, thinned along B.

Compared in the same run: the recipe in plain numpy B-scan by B-scan, with straight lines and
with a cubic between the samples, and scipy's transform over a numpy gather.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import fft
from scipy.interpolate import CubicSpline

from octome.octa.calibration import Calibration
from octome.octa.reconstruction.dispersion import found_dispersion
from octome.octa.reconstruction.fourier import available
from octome.octa.reconstruction.linearisation import TAPS, interpolation
from octome.octa.reconstruction.reconstruction_plan import Reconstruction

Benchmark = Callable[..., Any]
Spectra = NDArray[np.uint16]

SHAPES = [(8, 4, 304, 1024), (4, 4, 304, 2048)]


def scan(shape: tuple[int, ...]) -> tuple[Spectra, Calibration, NDArray[np.float32]]:
    spectra = np.random.default_rng(0).integers(0, 4096, shape, dtype=np.uint16)
    line = Calibration(2 * np.pi / np.linspace(0.80, 0.88, shape[-1]), (11.0, -2.5))
    return spectra, line, spectra[0].mean(axis=(0, 1)).astype(np.float32)


def ids(shape: tuple[int, ...]) -> str:
    return "x".join(map(str, shape))


@pytest.mark.parametrize("transform", available())
@pytest.mark.parametrize("shape", SHAPES, ids=ids)
def bench_reconstruct(benchmark: Benchmark, shape: tuple[int, ...], transform: str) -> None:
    spectra, line, shared = scan(shape)
    plan = Reconstruction(line, shared, transform=transform)
    out = np.empty((*shape[:2], shape[3] // 2, shape[2]), np.complex64)
    plan.bscans(spectra[:1])
    benchmark.pedantic(plan.bscans, (spectra, out), rounds=5, warmup_rounds=1)
    per_second(benchmark, shape)


@pytest.mark.parametrize("between", ["lines", "cubic"])
@pytest.mark.parametrize("shape", SHAPES, ids=ids)
def bench_reconstruct_alternative_plain_numpy(
    benchmark: Benchmark, shape: tuple[int, ...], between: str
) -> None:
    spectra, line, shared = scan((1, *shape[1:]))
    k, even = line.wavenumber[::-1], line.uniform
    turn = np.exp(-1j * line.phase()) * np.hanning(shape[-1])

    def lines(frame: NDArray[np.float32]) -> NDArray[np.float64]:
        if between == "cubic":
            return np.asarray(CubicSpline(k, frame[:, ::-1], axis=1)(even))
        return np.stack([np.interp(even, k, ascan[::-1]) for ascan in frame])

    def plain() -> NDArray[np.complex128]:
        frames = [np.fft.fft(lines(frame - shared) * turn) for frame in spectra[0]]
        return np.stack([frame[:, : shape[-1] // 2].T for frame in frames])

    benchmark.pedantic(plain, rounds=3, warmup_rounds=1)
    per_second(benchmark, (1, *shape[1:]))


@pytest.mark.parametrize("shape", SHAPES, ids=ids)
def bench_reconstruct_alternative_scipy_and_gather(
    benchmark: Benchmark, shape: tuple[int, ...]
) -> None:
    """The same interpolation and float32 throughout, without kernels of our own."""
    spectra, line, shared = scan((1, *shape[1:]))
    first, weights = interpolation(line)
    turn = (np.exp(-1j * line.phase()) * np.hanning(shape[-1])).astype(np.complex64)

    def plain() -> NDArray[np.complex64]:
        done = []
        for frame in spectra[0]:
            raw = frame - shared
            even = sum(raw[:, first + tap] * weights[:, tap] for tap in range(TAPS))
            turned = fft.fft(even * turn, workers=2, overwrite_x=True)
            done.append(turned[:, : shape[-1] // 2].T.copy())
        return np.stack(done)

    benchmark.pedantic(plain, rounds=3, warmup_rounds=1)
    per_second(benchmark, (1, *shape[1:]))


def bench_found_dispersion(benchmark: Benchmark) -> None:
    spectra, line, shared = scan((2, 1, 304, 1024))
    benchmark.pedantic(
        found_dispersion, (spectra, line), {"background": shared, "ascans": 256}, rounds=2
    )


def per_second(benchmark: Any, shape: tuple[int, ...]) -> None:
    """Note thousand A-scans a second next to the time."""
    if not benchmark.disabled:
        ascans = float(np.prod(shape[:3]))
        benchmark.extra_info["kiloascans_s"] = ascans / benchmark.stats.stats.median / 1000
        print(f"\n{benchmark.name}: {benchmark.extra_info['kiloascans_s']:.0f} k A-scans/s")
