import numpy as np
import pytest

from octome.octa.acquisition import Float32
from octome.octa.segmentation.aggregation import aggregated


def plain_aggregation(cost: Float32, step_x: float, step_b: float) -> Float32:
    """The definition: from each side, L = C + min(L' + step |z - z'|) - min L'."""
    rows = np.arange(cost.shape[2])
    apart = np.abs(np.subtract.outer(rows, rows))
    total = np.zeros_like(cost)
    sides = 0
    for axis, step in ((1, step_x), (0, step_b)):
        if cost.shape[0] == 1 and axis == 0:
            continue
        along, out = np.moveaxis(cost, axis, 0), np.moveaxis(total, axis, 0)
        for way in (range(len(along)), range(len(along) - 1, -1, -1)):
            sides += 1
            path = np.zeros(along[0].shape, np.float32)
            for i in way:
                reach = (path[:, None, :] + step * apart).min(-1)
                path = along[i] + reach - path.min(-1, keepdims=True)
                out[i] += path
    return total / sides


@pytest.mark.parametrize("shape", [(1, 7, 5), (4, 6, 9)])
def test_aggregation_matches_its_definition(shape: tuple[int, ...]) -> None:
    cost = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    np.testing.assert_allclose(
        aggregated(cost, step_x=0.2, step_b=0.4), plain_aggregation(cost, 0.2, 0.4), atol=1e-5
    )


def test_an_empty_ascan_takes_the_row_of_its_neighbours_in_another_bscan() -> None:
    cost = np.zeros((3, 1, 5), np.float32)
    cost[[0, 2], 0, 3] = -1
    assert aggregated(cost, step_x=1, step_b=1)[1, 0].argmin() == 3


def test_aggregation_leaves_the_cost_alone() -> None:
    cost = np.ones((2, 3, 4), np.float32)
    aggregated(cost, step_x=1, step_b=1)
    assert (cost == 1).all()
