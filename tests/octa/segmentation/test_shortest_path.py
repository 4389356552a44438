import itertools

import numpy as np
import pytest

from octome.octa.segmentation.shortest_path import cheapest_path


def test_a_path_takes_the_cheap_rows_where_steps_are_free() -> None:
    cost = np.float32([[3, 1, 2], [1, 2, 3], [3, 2, 1]])
    row = cheapest_path(cost, np.zeros(3, np.float32), np.full(3, 2, np.float32), step=0.0)
    assert row.tolist() == [1, 0, 2]


def test_a_path_keeps_to_its_bounds() -> None:
    cost = np.zeros((4, 5), np.float32)
    cost[:, 0] = -1
    low, high = np.float32([1, 2, 3, 4]), np.float32([2, 3, 4, 4])
    row = cheapest_path(cost, low, high, step=0.0)
    assert ((row >= low) & (row <= high)).all()


@pytest.mark.parametrize("seed", range(5))
def test_a_path_is_the_best_of_all_there_are(seed: int) -> None:
    cost = np.random.default_rng(seed).random((5, 4)).astype(np.float32)
    step = 0.3

    def total(path: tuple[int, ...]) -> float:
        rise = np.abs(np.diff(path)).sum() * step
        return float(sum(cost[x, z] for x, z in enumerate(path)) + rise)

    best = min(itertools.product(range(4), repeat=5), key=total)
    row = cheapest_path(cost, np.zeros(5, np.float32), np.full(5, 3, np.float32), step=step)
    assert tuple(row.astype(int)) == best
