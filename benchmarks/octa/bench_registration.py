"""Motion of a scan found and applied, 304 x 4 frames of 512 x 304 thinned along B.

Compared in the same run: the cross-correlation of each repeat with the first by whole-frame
transforms and a finer grid about the summit (Guizar-Sicairos et al. 2008,
https://doi.org/10.1364/OL.33.000156), as image libraries do it, and scipy's spline shift.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from octome.octa.acquisition import ScanGeometry
from octome.octa.registration.search import found_motion
from octome.octa.registration.shift import registered

Benchmark = Callable[..., Any]
Frames = NDArray[np.complex64]

GEOMETRY = ScanGeometry(0.0033, 3 / 304, 3 / 304)
SHAPE = (8, 4, 512, 304)


@pytest.fixture(scope="module")
def bscans() -> Frames:
    """Speckle that stands still, with a little noise in each repeat, and moves by rows."""
    chance = np.random.default_rng(0)
    still = chance.normal(size=(SHAPE[0], 1, *SHAPE[2:], 2)).astype(np.float32)
    noise = chance.normal(scale=0.3, size=(*SHAPE, 2)).astype(np.float32)
    frames = (still + noise).view(np.complex64)[..., 0]
    for repeat in range(1, SHAPE[1]):
        frames[:, repeat] = np.roll(frames[:, repeat], repeat, axis=1)
    return frames


def bench_found_motion(benchmark: Benchmark, bscans: Frames) -> None:
    """All six pairs of four repeats, tilt, and four neighbours of each position."""
    found = benchmark.pedantic(
        found_motion, (bscans,), {"geometry": GEOMETRY}, rounds=5, warmup_rounds=1
    )
    np.testing.assert_allclose(np.diff(found.axial_px, axis=1), 1, atol=0.05)
    per_frame(benchmark, SHAPE[0] * SHAPE[1])


def bench_found_motion_alternative_whole_frames(benchmark: Benchmark, bscans: Frames) -> None:
    """Three pairs of four repeats, no tilt, no neighbours."""
    amplitude = np.abs(bscans[0])

    def plain() -> list[NDArray[np.float64]]:
        return [whole_frame_shift(amplitude[0], frame) for frame in amplitude[1:]]

    shifts = benchmark.pedantic(plain, rounds=3, warmup_rounds=1)
    np.testing.assert_allclose(shifts, [[1, 0], [2, 0], [3, 0]], atol=0.1)
    per_frame(benchmark, SHAPE[1] - 1)


def whole_frame_shift(
    fixed: NDArray[np.float32], moving: NDArray[np.float32], finer: int = 100
) -> NDArray[np.float64]:
    """Whole pixels by two-dimensional transforms, then a matrix product on a finer grid."""
    cross = np.fft.fft2(fixed).conj() * np.fft.fft2(moving)
    at = np.array(np.unravel_index(np.abs(np.fft.ifft2(cross)).argmax(), cross.shape), float)
    size = np.array(cross.shape)
    at[at > size // 2] -= size[at > size // 2]
    fine = (np.arange(150) - 75) / finer
    waves = [
        np.exp(2j * np.pi * np.outer(place + fine, np.fft.fftfreq(n)))
        for place, n in zip(at, cross.shape, strict=True)
    ]
    surface = np.abs(waves[0] @ cross @ waves[1].T)
    return at + fine[np.array(np.unravel_index(surface.argmax(), surface.shape))]


def bench_registered(benchmark: Benchmark, bscans: Frames) -> None:
    found = found_motion(bscans, geometry=GEOMETRY)
    out = np.empty_like(bscans)
    benchmark.pedantic(registered, (bscans, found), {"out": out}, rounds=5, warmup_rounds=1)
    per_frame(benchmark, SHAPE[0] * SHAPE[1])


def bench_registered_alternative_spline(benchmark: Benchmark, bscans: Frames) -> None:
    """A cubic spline over each frame, the bulk phase by numpy."""
    first, second = bscans[0, :2]

    def plain() -> Frames:
        moved = ndimage.shift(second, (-1.3, 0.1), order=3, mode="constant")
        turned = (first.conj() * moved).sum(axis=0)
        return np.asarray(moved * np.exp(-1j * np.angle(turned)))

    benchmark.pedantic(plain, rounds=3, warmup_rounds=1)
    per_frame(benchmark, 1)


def per_frame(benchmark: Any, frames: int) -> None:
    """Note the milliseconds a frame next to the time."""
    if not benchmark.disabled:
        benchmark.extra_info["ms_per_frame"] = benchmark.stats.stats.median / frames * 1000
        print(f"\n{benchmark.name}: {benchmark.extra_info['ms_per_frame']:.2f} ms a frame")
