"""Measures of an angiogram, of the size of a whole scan, compared with numpy where numpy can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from octome.octa.avascular_zone import avascular_zone
from octome.octa.perfusion import perfusion
from octome.octa.quality import spoilt_share
from octome.octa.skeleton import skeleton
from octome.octa.vessel_mask import vessel_mask

Benchmark = Callable[..., Any]
Mask = NDArray[np.bool_]
STEP = {"bscan_mm": 0.00987, "ascan_mm": 0.00987}


@pytest.fixture(scope="module")
def angiogram() -> NDArray[np.float32]:
    """304 x 304: ridges of smooth noise as vessels, none near the centre."""
    rng = np.random.default_rng(0)
    smooth = ndimage.gaussian_filter(rng.standard_normal((304, 304)), 3)
    ridges = np.exp(-((smooth / smooth.std() / 0.25) ** 2))
    b, x = np.indices((304, 304))
    ridges[np.hypot(b - 152, x - 150) < 28] = 0
    return (0.1 + ridges + 0.05 * rng.standard_normal((304, 304))).astype(np.float32)


@pytest.fixture(scope="module")
def vessels(angiogram: NDArray[np.float32]) -> Mask:
    return vessel_mask(angiogram)


def bench_vessel_mask(benchmark: Benchmark, angiogram: NDArray[np.float32]) -> None:
    assert benchmark(vessel_mask, angiogram, **STEP).any()


def bench_vessel_mask_alternative_one_threshold(
    benchmark: Benchmark, angiogram: NDArray[np.float32]
) -> None:
    """A mean nearby as the threshold: half of the pixels of noise alone would be vessels."""
    assert benchmark(lambda: angiogram > ndimage.gaussian_filter(angiogram, 10)).any()


def bench_skeleton(benchmark: Benchmark, vessels: Mask) -> None:
    skeleton(vessels)
    assert benchmark(skeleton, vessels).any()


def bench_skeleton_alternative_whole_arrays(benchmark: Benchmark, vessels: Mask) -> None:
    """The same steps on the whole image at once, eight shifted copies each."""
    found = benchmark.pedantic(thinned, (vessels,), rounds=3)
    assert (found == skeleton(vessels)).all()


def bench_perfusion(benchmark: Benchmark, vessels: Mask) -> None:
    assert benchmark(perfusion, vessels, **STEP).vessel_density > 0.1


def bench_avascular_zone(benchmark: Benchmark, vessels: Mask) -> None:
    zone = benchmark(avascular_zone, vessels, **STEP)
    assert zone.centre == pytest.approx((152, 150), abs=5)


def bench_motion_of_a_scan(benchmark: Benchmark, angiogram: NDArray[np.float32]) -> None:
    assert benchmark(spoilt_share, angiogram).shape == (304,)


def thinned(mask: Mask) -> Mask:
    image = np.pad(mask, 1)
    unchanged, turn = 0, 0
    while unchanged < 2:
        n, e, s, w = (
            np.roll(image, shift, axis) for shift, axis in ((1, 0), (-1, 1), (-1, 0), (1, 1))
        )
        ne, se, sw, nw = (
            np.roll(image, (y, x), (0, 1)) for y, x in ((1, -1), (-1, -1), (-1, 1), (1, 1))
        )
        pieces = (
            (~n & (ne | e)).astype(np.int8) + (~e & (se | s)) + (~s & (sw | w)) + (~w & (nw | n))
        )
        one_way = (nw | n).astype(np.int8) + (ne | e) + (se | s) + (sw | w)
        other_way = (n | ne).astype(np.int8) + (e | se) + (s | sw) + (w | nw)
        fewer = np.minimum(one_way, other_way)
        kept = (n | ne | ~se) & e if turn == 0 else (s | sw | ~nw) & w
        gone = image & (pieces == 1) & (fewer >= 2) & (fewer <= 3) & ~kept
        image &= ~gone
        unchanged = 0 if gone.any() else unchanged + 1
        turn = 1 - turn
    return image[1:-1, 1:-1]
