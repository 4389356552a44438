"""All surfaces of a volume of the simulated eye: how long they take, and how far they are off.

`python benchmarks/octa/bench_segmentation.py` prints the errors; `benchmarks/octa/real` those on
real eyes, next to a plain shortest path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.layers import NAMES, segmented

Benchmark = Callable[..., Any]
Case = tuple[Float32, ScanGeometry, dict[str, Float32]]


def structural(eye: SimulatedEye) -> Case:
    """The mean amplitude of the repeats with the true axial motion taken out; its true surfaces."""
    plan, motion = eye.plan, eye.truth.motion
    mean = np.zeros((plan.bscans, plan.samples // 2, plan.ascans), np.float32)
    row = np.arange(mean.shape[1], dtype=np.float32)
    for b in range(plan.bscans):
        frames = np.abs(eye.bscans(slice(b, b + 1))[0])
        still = np.flatnonzero(~motion.is_saccade[b])
        for r in still if len(still) else range(plan.repeats):
            for x in range(plan.ascans):
                at = row + motion.axial_px_by_ascan[b, r, x]
                mean[b, :, x] += np.interp(at, row, frames[r, :, x])
        mean[b] /= max(1, len(still)) if len(still) else plan.repeats
    return mean, eye.geometry, dict(eye.truth.surfaces.rows)


@pytest.fixture(scope="module")
def case() -> Case:
    """A few B-scans of a macula, 512 x 304."""
    return structural(SimulatedEye(seed=0, bscans=12, ascans=304))


def errors(found: Any, true: dict[str, Float32]) -> dict[str, float]:
    """Mean absolute error of each surface, px."""
    return {name: float(np.nanmean(np.abs(found[name] - true[name]))) for name in NAMES}


def bench_segmented(benchmark: Benchmark, case: Case) -> None:
    volume, geometry, true = case
    found = benchmark(segmented, volume, geometry)
    assert max(errors(found, true).values()) < 1.5


def bench_aggregation_of_one_surface(benchmark: Benchmark) -> None:
    cost = np.random.default_rng(0).random((12, 304, 24), np.float32)
    total = benchmark(aggregated, cost, step_x=0.1, step_b=0.1)
    assert total.shape == cost.shape


def bench_aggregation_alternative_numpy(benchmark: Benchmark) -> None:
    cost = np.random.default_rng(0).random((12, 304, 24), np.float32)
    apart = 0.1 * np.abs(np.subtract.outer(np.arange(24), np.arange(24))).astype(np.float32)

    def both_ways(cost: Float32) -> Float32:
        total = np.zeros_like(cost)
        for way in (slice(None), slice(None, None, -1)):
            path = np.zeros(cost[:, 0].shape, np.float32)
            for here, out in zip(cost.swapaxes(0, 1)[way], total.swapaxes(0, 1)[way], strict=True):
                path = (path[:, None] + apart).min(-1)
                path += here - path.min(-1, keepdims=True)
                out += path
        return total

    def four_sides() -> Float32:
        return both_ways(cost) + both_ways(cost.swapaxes(0, 1)).swapaxes(0, 1)

    total = benchmark(four_sides)
    np.testing.assert_allclose(
        total / 4, aggregated(cost, step_x=0.1, step_b=0.1), rtol=1e-4, atol=1e-4
    )


if __name__ == "__main__":
    for variant in ("normal", "drusen", "cnv", "fluid", "noisy"):
        for seed in (0, 1, 2):
            volume, geometry, true = structural(SimulatedEye(variant, seed, bscans=48, ascans=304))
            found_errors = errors(segmented(volume, geometry), true)
            line = " ".join(f"{name} {error:.2f}" for name, error in found_errors.items())
            print(f"{variant:7} {seed} {line}")
