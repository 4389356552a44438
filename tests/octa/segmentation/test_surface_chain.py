import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from octome.octa.segmentation.surface_chain import below_peak, chained


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), least=st.integers(0, 2), most=st.integers(2, 4))
def test_the_chosen_rows_are_in_order_and_cost_least(seed: int, least: int, most: int) -> None:
    costs = np.random.default_rng(seed).random((3, 1, 1, 6)).astype(np.float32)
    limits, slack = np.float32([[least, most], [0, most]]), 0.25

    def total(rows: tuple[int, ...]) -> float:
        thick = np.diff(rows)
        over = np.maximum(np.maximum(limits[:, 0] - thick, thick - limits[:, 1]), 0)
        return float(sum(costs[s, 0, 0, z] for s, z in enumerate(rows)) + slack * over.sum())

    ordered = [
        rows for rows in itertools.product(range(6), repeat=3) if rows == tuple(sorted(rows))
    ]
    found = tuple(chained(costs, limits, slack).ravel().astype(int))
    assert found in ordered
    np.testing.assert_allclose(total(found), min(map(total, ordered)), atol=1e-5)


def test_the_vertex_of_a_parabola_is_found_between_rows() -> None:
    z = np.arange(7, dtype=np.float32)
    cost = ((z - 3.3) ** 2)[None, None]
    np.testing.assert_allclose(below_peak(cost, np.float32([[3]])), [[3.3]], atol=1e-5)


def test_a_row_at_the_end_stays() -> None:
    cost = np.float32([[[0, 1, 2]]])
    assert below_peak(cost, np.float32([[0]])) == 0
