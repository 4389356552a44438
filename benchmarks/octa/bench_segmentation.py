"""All surfaces of a volume: by `segmented`, and by one shortest path after the other.

The other way is that of Chiu et al. 2010 (https://doi.org/10.1364/OE.18.019413): in each B-scan by
itself, surface after surface, each between those found before, with the same first guess, the same
contrasts and the same dynamic programming, and without neighbouring B-scans. `python
benchmarks/octa/bench_segmentation.py` prints the errors of both on the simulated eye.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.kernel import share
from octome.octa.phantom.eye import SimulatedEye
from octome.octa.segmentation.aggregation import aggregated
from octome.octa.segmentation.anchor import anchors
from octome.octa.segmentation.cell import darkest_level, level
from octome.octa.segmentation.contrast import bar, brightening
from octome.octa.segmentation.layers import segmented
from octome.octa.segmentation.shortest_path import cheapest_path

Benchmark = Callable[..., Any]
Case = tuple[Float32, ScanGeometry, dict[str, Float32]]

# Sign of the edge (0: a bright line), then the bounds: a surface and an offset in um from it.
PATHS = {
    "ILM": (1, ("ILM", -30), ("ILM", 30)),
    "EZ": (1, ("RPE", -85), ("RPE", 10)),
    "RPE": (0, ("EZ", 22), ("EZ", 65)),
    "OPL": (-1, ("ILM", 20), ("EZ", -30)),
    "RNFL": (-1, ("ILM", 4), ("OPL", -8)),
    "IPL": (-1, ("RNFL", 6), ("OPL", -25)),
    "INL": (1, ("IPL", 3), ("OPL", -3)),
    "GCL": (1, ("RNFL", 3), ("IPL", -3)),
    "BM": (-1, ("RPE", 4), ("RPE", 25)),
}


def one_path_after_the_other(volume: Float32, geometry: ScanGeometry) -> dict[str, Float32]:
    """Each surface of each B-scan as a shortest path between those found before."""
    um = geometry.axial_um
    noise = darkest_level(volume, geometry)
    coarse = anchors(volume, geometry, noise)
    found = {name: np.empty_like(coarse.ilm) for name in PATHS}

    def look(part: slice) -> None:
        for b in range(part.start, part.stop):
            even = gaussian_filter(volume[b], (0.7, 0.02 / geometry.ascan_mm))
            bright = level(np.ascontiguousarray(even.T), noise)
            edge = brightening(bright, 12 / um)
            line = bar(bright, 8 / um, 12 / um)
            rows = {"ILM": coarse.ilm[b], "RPE": coarse.rpe[b]}
            for name, (sign, above, below) in PATHS.items():
                first = rows[above[0]] + above[1] / um
                last = np.maximum(rows[below[0]] + below[1] / um, first)
                cost = -line if sign == 0 else -sign * edge
                rows[name] = cheapest_path(cost, first, last, step=0.1)
                found[name][b] = rows[name]

    share(look, len(volume))
    return found


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
    return {name: float(np.nanmean(np.abs(found[name] - true[name]))) for name in PATHS}


def bench_segmented(benchmark: Benchmark, case: Case) -> None:
    volume, geometry, true = case
    found = benchmark(segmented, volume, geometry)
    assert max(errors(found, true).values()) < 1.2


def bench_segmented_alternative_one_path_after_the_other(benchmark: Benchmark, case: Case) -> None:
    volume, geometry, true = case
    found = benchmark(one_path_after_the_other, volume, geometry)
    assert errors(found, true)["ILM"] < 2


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
            for way in (segmented, one_path_after_the_other):
                found_errors = errors(way(volume, geometry), true)
                line = " ".join(f"{name} {error:.2f}" for name, error in found_errors.items())
                print(f"{variant:7} {seed} {way.__name__:24} {line}")
