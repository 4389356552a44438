"""Structure and flow, compared with plain numpy and with a kernel that only reads and writes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture
from scipy import ndimage

from octome.octa.flow.methods import FLOW_METHODS
from octome.octa.flow.projection import projections_removed
from octome.octa.flow.split_spectrum import band_filters, spectrum_of
from octome.octa.kernel import kernel, share
from octome.octa.structure import structural_volume

SHAPE = (48, 4, 512, 304)
Frames = NDArray[np.complex64] | NDArray[np.float32]


@pytest.fixture(scope="module")
def repeats() -> NDArray[np.complex64]:
    rng = np.random.default_rng(0)
    return rng.standard_normal((*SHAPE, 2), np.float32).view(np.complex64)[..., 0]


@pytest.fixture(scope="module")
def amplitude(repeats: NDArray[np.complex64]) -> NDArray[np.float32]:
    return np.abs(repeats)


def numpy_decorrelation(b: Frames) -> NDArray[np.float32]:
    a, c = b[:-1], b[1:]
    return 1 - (2 * a * c / (a * a + c * c)).mean(axis=0)


def numpy_ratio(b: Frames) -> NDArray[np.float32]:
    return 1 - (np.minimum(b[:-1], b[1:]) / np.maximum(b[:-1], b[1:])).mean(axis=0)


def numpy_variance(b: Frames) -> NDArray[np.float32]:
    return b.var(axis=0)


def numpy_difference(b: Frames) -> NDArray[np.float32]:
    return np.abs(b[1:] - b[:-1]).mean(axis=0)


def numpy_phase(b: Frames) -> NDArray[np.float32]:
    return (2 - 2 * np.cos(np.angle(b[1:] * b[:-1].conj()))).mean(axis=0)


def numpy_correlation(b: Frames) -> NDArray[np.float32]:
    def mean(values: Frames) -> Frames:
        return ndimage.uniform_filter(values, (0, 5, 3), mode="nearest")

    a, c = b[:-1], b[1:]
    covariance = mean(a * c) - mean(a) * mean(c)
    spread = (mean(a * a) - mean(a) ** 2) * (mean(c * c) - mean(c) ** 2)
    return (1 - covariance / np.sqrt(np.maximum(spread, 1e-20))).clip(0, 1).mean(axis=0)


def numpy_split(filters: NDArray[np.float32]) -> Callable[[Frames], NDArray[np.float32]]:
    def decorrelation(b: Frames) -> NDArray[np.float32]:
        spectrum = np.fft.fft(b, axis=1)
        bands = [np.abs(np.fft.ifft(spectrum * band[:, None], axis=1)) for band in filters]
        return np.mean([numpy_decorrelation(band) for band in bands], axis=0)

    return decorrelation


PLAIN = {
    "decorrelation": numpy_decorrelation,
    "ratio": numpy_ratio,
    "speckle-variance": numpy_variance,
    "omag": numpy_difference,
    "phase-variance": numpy_phase,
    "correlation-mapping": numpy_correlation,
}


@kernel
def _read_and_write(frames, out):  # type: ignore[no-untyped-def]
    """As little as can be done with each sample: add it up."""
    for b in range(frames.shape[0]):
        for z in range(frames.shape[2]):
            for x in range(frames.shape[3]):
                out[b, z, x] = frames[b, 0, z, x]
            for r in range(1, frames.shape[1]):
                for x in range(frames.shape[3]):
                    out[b, z, x] += frames[b, r, z, x]


@pytest.mark.benchmark(group="flow: amplitude decorrelation, 48 x 4 x 512 x 304")
@pytest.mark.parametrize("how", ["octome", "octome, uint16", "numpy", "read and write"])
def bench_decorrelation(
    benchmark: BenchmarkFixture, amplitude: NDArray[np.float32], how: str
) -> None:
    out = np.empty((SHAPE[0], *SHAPE[2:]), np.float32)
    function = FLOW_METHODS["decorrelation"].function
    if how == "octome":
        benchmark(lambda: function(amplitude, out=out))
    elif how == "octome, uint16":
        counts = (amplitude * 1000).astype(np.uint16)
        benchmark(lambda: function(counts, out=out))
    elif how == "numpy":
        benchmark.pedantic(lambda: [numpy_decorrelation(b) for b in amplitude], rounds=3)
    else:
        benchmark(lambda: share(lambda part: _read_and_write(amplitude[part], out[part]), SHAPE[0]))


@pytest.mark.benchmark(group="flow: every method, 48 x 4 x 512 x 304")
@pytest.mark.parametrize("how", ["octome", "numpy"])
@pytest.mark.parametrize("name", FLOW_METHODS)
def bench_method(
    benchmark: BenchmarkFixture,
    repeats: NDArray[np.complex64],
    amplitude: NDArray[np.float32],
    name: str,
    how: str,
) -> None:
    method = FLOW_METHODS[name]
    frames = repeats if method.needs_complex else amplitude
    if how == "octome":
        assert benchmark(method.function, frames).shape == (48, 512, 304)
        return
    plain = PLAIN.get(name) or numpy_split(band_filters(spectrum_of(repeats), 4))
    benchmark.pedantic(lambda: [plain(b) for b in frames], rounds=2)


@pytest.mark.benchmark(group="structure, 48 x 4 x 512 x 304")
@pytest.mark.parametrize("how", ["octome", "numpy"])
def bench_structure(benchmark: BenchmarkFixture, repeats: NDArray[np.complex64], how: str) -> None:
    if how == "octome":
        benchmark(structural_volume, repeats)
    else:
        benchmark.pedantic(lambda: [np.abs(b).mean(axis=0) for b in repeats], rounds=3)


def bench_projections(benchmark: BenchmarkFixture, amplitude: NDArray[np.float32]) -> None:
    structure, flow = amplitude[:, 0], amplitude[:, 1]
    ilm = np.full((SHAPE[0], SHAPE[3]), 150, np.float32)
    method = FLOW_METHODS["omag"]
    benchmark(
        projections_removed, flow, structure, ilm, ilm + 120,
        axial_mm=0.0032, noise_floor=0.1, method=method,
    )  # fmt: skip
