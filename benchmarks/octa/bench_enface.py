"""En face projections, compared with the ways that come to mind and with the limit of the memory.

The slabs are flat, or tilted and uneven as in a scan, and 30 rows (a plexus) or 200 (the retina)
thick.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from octome.octa.depth_encoding import depth_of_maximum
from octome.octa.enface import slab_projection
from octome.octa.kernel import kernel, share

Benchmark = Callable[..., Any]
Scan = tuple[NDArray[Any], NDArray[np.float32], NDArray[np.float32]]

SHAPE = (256, 512, 512)  # 268 MB as float32
ROUNDS = 7


@pytest.fixture(scope="module")
def volume() -> NDArray[np.float32]:
    # One B-scan made, the others moved along: random numbers take longer than the benchmark.
    frame = np.random.default_rng(0).rayleigh(size=SHAPE[1:]).astype(np.float32)
    return np.stack([np.roll(frame, n, axis=1) for n in range(SHAPE[0])])


@pytest.fixture(params=["flat 30", "flat 200", "tilted 30", "tilted 200"])
def scan(request: pytest.FixtureRequest, volume: NDArray[np.float32]) -> Scan:
    kind, thickness = request.param.split()
    b, x = np.mgrid[: SHAPE[0], : SHAPE[2]].astype(np.float32)
    upper = np.full_like(b, 120.3)
    if kind == "tilted":
        # By 40 rows along the B-scan, and 30 at the foveal pit: other rows are read for nothing.
        away = (b / SHAPE[0] - 0.5) ** 2 + (x / SHAPE[2] - 0.5) ** 2
        upper += 40 * x / SHAPE[2] + 30 * np.exp(-away * 40)
    return volume, upper, upper + np.float32(thickness)


def bench_projection(benchmark: Benchmark, scan: Scan) -> None:
    found = benchmark.pedantic(slab_projection, scan, rounds=ROUNDS, warmup_rounds=1)
    assert np.isfinite(found).all()


def bench_projection_into_out(benchmark: Benchmark, scan: Scan) -> None:
    out = np.empty(scan[1].shape, np.float32)
    benchmark.pedantic(slab_projection, scan, {"out": out}, rounds=ROUNDS, warmup_rounds=1)
    assert np.isfinite(out).all()


def bench_projection_uint16(benchmark: Benchmark, scan: Scan) -> None:
    counts = (scan[0] * 1000).astype(np.uint16)
    work = (counts, *scan[1:])
    found = benchmark.pedantic(slab_projection, work, rounds=ROUNDS, warmup_rounds=1)
    assert np.isfinite(found).all()


@pytest.mark.parametrize("projection", ["max", "std"])
def bench_projection_of_other_kinds(benchmark: Benchmark, scan: Scan, projection: str) -> None:
    which = {"projection": projection}
    benchmark.pedantic(slab_projection, scan, which, rounds=ROUNDS, warmup_rounds=1)


def bench_depth_of_maximum(benchmark: Benchmark, scan: Scan) -> None:
    found = benchmark.pedantic(depth_of_maximum, scan, rounds=ROUNDS, warmup_rounds=1)
    assert float(found.min()) >= 0


def bench_projection_limit_read_sum(benchmark: Benchmark, scan: Scan) -> None:
    """As many bytes as the slab has rows, read and summed, nothing else."""
    volume, upper, lower = scan
    rows = int(np.ceil(float((lower - upper).mean())))
    contiguous = volume.reshape(-1)[: SHAPE[0] * rows * SHAPE[2]].reshape(SHAPE[0], -1)
    sums = np.empty(SHAPE[0], np.float32)

    def read() -> None:
        share(lambda block: _read_sum(contiguous[block], sums[block]), SHAPE[0])

    benchmark.pedantic(read, rounds=ROUNDS, warmup_rounds=1)
    assert np.isfinite(sums).all()


def bench_projection_alternative_numpy_masked_mean(benchmark: Benchmark, scan: Scan) -> None:
    """The whole volume at once, voxels counted whole."""

    def project() -> NDArray[np.float32]:
        volume, upper, lower = scan
        z = np.arange(volume.shape[1], dtype=np.float32)[None, :, None]
        inside = (z >= upper[:, None]) & (z < lower[:, None])
        return np.asarray((volume * inside).sum(axis=1) / inside.sum(axis=1))

    found = benchmark.pedantic(project, rounds=2, warmup_rounds=1)
    exact = slab_projection(*scan)
    assert float(np.abs(found - exact).max()) < 0.2


def bench_projection_alternative_rounded_mask(benchmark: Benchmark, scan: Scan) -> None:
    """As viewers do it: rounded surfaces, one mask made A-scan by A-scan, a masked array."""

    def project() -> NDArray[np.float32]:
        volume, upper, lower = scan
        first, last = np.rint(upper).astype(int), np.rint(lower).astype(int)
        inside = np.zeros(volume.shape, bool)
        for b in range(volume.shape[0]):
            for x in range(volume.shape[2]):
                inside[b, first[b, x] : last[b, x], x] = True
        return np.asarray(np.where(inside, volume, 0).sum(axis=1) / inside.sum(axis=1))

    found = benchmark.pedantic(project, rounds=1, warmup_rounds=0)
    assert float(np.abs(found - slab_projection(*scan)).max()) < 0.2


@kernel
def _read_sum(rows, sums):  # type: ignore[no-untyped-def]
    for n in range(rows.shape[0]):
        total = np.float32(0)
        for i in range(rows.shape[1]):
            total += rows[n, i]
        sums[n] = total
