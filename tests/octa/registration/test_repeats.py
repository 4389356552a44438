from __future__ import annotations

import numpy as np

from octome.octa.registration.repeats import (
    Pairs,
    agreed,
    best_match,
    reference_of,
    thresholds,
    usable_of,
)


def pairs(weakest: list[list[float]], lateral: float = 0.0) -> Pairs:
    likeness = np.array(weakest)
    none = np.zeros_like(likeness)
    return Pairs(none, none + lateral, none, likeness)


TWO_AND_TWO = pairs(
    [[1.0, 0.9, 0.4, 0.4], [0.9, 1.0, 0.4, 0.4], [0.4, 0.4, 1.0, 0.95], [0.4, 0.4, 0.95, 1.0]]
)


def test_the_larger_set_of_repeats_is_usable() -> None:
    three = pairs([[1, 0.9, 0.2, 0.9], [0.9, 1, 0.2, 0.9], [0.2, 0.2, 1, 0.2], [0.9, 0.9, 0.2, 1]])
    assert usable_of(three, 0.8).tolist() == [True, True, False, True]
    assert reference_of(three, usable_of(three, 0.8)) in (0, 1, 3)


def test_of_equal_sets_the_more_similar_one_is_usable() -> None:
    assert usable_of(TWO_AND_TWO, 0.8).tolist() == [False, False, True, True]


def test_no_repeat_is_usable_when_all_differ() -> None:
    assert not usable_of(pairs([[1, 0.3], [0.3, 1]]), 0.8).any()


def test_a_jump_to_the_side_is_not_usable_even_if_similar() -> None:
    jumped = pairs([[1, 0.9], [0.9, 1]], lateral=0.5)
    assert usable_of(jumped, 0.8).all()
    assert not usable_of(jumped, 0.8, jump_px=0.2).any()


def test_a_single_repeat_is_usable_and_like_itself() -> None:
    alone = pairs([[1.0]])
    assert usable_of(alone, thresholds([alone])[0]).all()
    assert best_match(alone).tolist() == [1.0]


def test_pairs_agree_on_the_positions_of_three() -> None:
    # Second 1 below the first, third 2 below the second; usable ones have mean 0.
    place = np.array([0.0, 1.0, 3.0])
    measured = place[None, :] - place[:, None]
    alike = np.ones((3, 3))
    np.testing.assert_allclose(
        agreed(measured, alike, np.ones(3, bool)), place - place.mean(), rtol=1e-6
    )
    np.testing.assert_allclose(
        agreed(measured, alike, np.array([True, True, False])), [-0.5, 0.5, 2.5], rtol=1e-6
    )


def test_thresholds_lie_three_hundredths_below_an_even_scan() -> None:
    even = [pairs([[1, 0.9], [0.9, 1]])] * 5
    np.testing.assert_allclose(thresholds(even), 0.87)
