from __future__ import annotations

import numpy as np

from octome.octa.registration.correlation import transform
from octome.octa.registration.slow_axis import consensus, lateral_step, overlap, without_anatomy


def edges(count: int, steps: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(b, b + step) for step in steps for b in range(count - step)]


def test_differences_that_agree_give_back_the_path() -> None:
    path = np.random.default_rng(0).normal(size=12).cumsum()
    pairs = edges(12, (1, 2, 4))
    measured = np.array([path[b] - path[a] for a, b in pairs])
    found = consensus(pairs, measured, np.ones(len(pairs)), 12)
    np.testing.assert_allclose(found, path - path.mean(), atol=1e-6)


def test_one_false_comparison_does_not_bend_the_path() -> None:
    path = np.zeros(20)
    pairs = edges(20, (1, 2, 4, 8))
    measured = np.zeros(len(pairs))
    measured[9] = 15.0
    assert np.abs(consensus(pairs, measured, np.ones(len(pairs)), 20) - path).max() < 0.1


def test_far_comparisons_keep_errors_from_adding_up() -> None:
    chance = np.random.default_rng(1)
    near, both = edges(200, (1,)), edges(200, (1, 2, 4, 8))
    wandering = consensus(near, chance.normal(0, 0.1, len(near)), np.ones(len(near)), 200)
    held = consensus(both, chance.normal(0, 0.1, len(both)), np.ones(len(both)), 200)
    assert held.std() < 0.5 * wandering.std()


def test_a_parabola_is_anatomy_and_a_wobble_is_motion() -> None:
    b = np.arange(60, dtype=np.float32)
    parabola = 3 + 0.2 * b - 0.01 * b**2
    wobble = np.sin(b).astype(np.float32)
    np.testing.assert_allclose(without_anatomy(parabola), 0, atol=1e-4)
    assert np.abs(without_anatomy(parabola + wobble) - wobble).max() < 0.2


def test_overlap_is_the_same_tissue_in_both() -> None:
    tissue = np.arange(24, dtype=np.float32).reshape(1, 1, 24)
    for aside in (-3, 0, 5):
        fixed, moving = tissue[:, :, 6:16], tissue[:, :, 6 + aside : 16 + aside]
        one, other = overlap(fixed, moving, aside)
        np.testing.assert_array_equal(one, other)
        assert one.shape[2] == 10 - abs(aside)


def test_speckle_that_two_positions_share_shows_the_lateral_step() -> None:
    chance = np.random.default_rng(2)
    tissue = chance.rayleigh(size=(64, 120)).astype(np.float32)
    one, other = tissue[:, 10:100], tissue[:, 17:107]
    found = lateral_step(transform(one), transform(other), 64, lags=12, reach_px=8)
    assert abs(found - 7) < 0.1


def test_without_shared_speckle_there_is_no_lateral_step() -> None:
    chance = np.random.default_rng(3)
    one, other = (chance.rayleigh(size=(64, 90)).astype(np.float32) for _ in range(2))
    assert lateral_step(transform(one), transform(other), 64, lags=12, reach_px=8) == 0
    narrow = transform(one[:, :9])
    assert lateral_step(narrow, narrow, 64, lags=12, reach_px=8) == 0
