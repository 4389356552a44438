"""Centre lines: thin, in the middle, connected as the vessels are, and as long."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from octome.octa.skeleton import length_mm, skeleton, step_lengths

EIGHT = np.ones((3, 3))


def pieces_and_holes(mask: np.ndarray) -> tuple[int, int]:
    return ndimage.label(mask, EIGHT)[1], ndimage.label(~np.pad(mask, 1))[1]


def blobs(seed: int, size: float, shape: tuple[int, int] = (30, 34)) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(shape)
    return ndimage.gaussian_filter(noise, size) > 0


def plainly(mask: np.ndarray) -> np.ndarray:
    """Guo and Hall 1989, A1, as written: P2 to P9 clockwise from the north."""
    image = np.pad(mask, 1)
    around = [(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)]
    unchanged, turn = 0, 0
    while unchanged < 2:
        p2, p3, p4, p5, p6, p7, p8, p9 = (np.roll(image, (-y, -x), (0, 1)) for y, x in around)
        c = sum(
            (~a & (b | d)).astype(int)
            for a, b, d in ((p2, p3, p4), (p4, p5, p6), (p6, p7, p8), (p8, p9, p2))
        )
        n1 = sum((a | b).astype(int) for a, b in ((p9, p2), (p3, p4), (p5, p6), (p7, p8)))
        n2 = sum((a | b).astype(int) for a, b in ((p2, p3), (p4, p5), (p6, p7), (p8, p9)))
        n = np.minimum(n1, n2)
        kept = (p2 | p3 | ~p5) & p4 if turn == 0 else (p6 | p7 | ~p9) & p8
        gone = image & (c == 1) & (n >= 2) & (n <= 3) & ~kept
        image = image & ~gone
        unchanged = 0 if gone.any() else unchanged + 1
        turn = 1 - turn
    return image[1:-1, 1:-1]


def test_a_bar_becomes_its_middle_line() -> None:
    bar = np.zeros((9, 30), bool)
    bar[2:7, 2:28] = True
    rows, columns = np.nonzero(skeleton(bar))
    assert set(rows) == {4}
    assert columns.min() <= 5
    assert columns.max() >= 24


def test_a_ring_becomes_a_circle() -> None:
    b, x = np.ogrid[:60, :60]
    away = np.hypot(b - 30, x - 30)
    lines = skeleton((away > 15) & (away < 22))
    assert pieces_and_holes(lines) == (1, 2)
    assert np.ptp(away[lines]) < 2.5
    # The circle's length, at most 8 % more by the steps of the pixels.
    found = length_mm(lines, bscan_mm=1, ascan_mm=1) / (2 * np.pi * 18.5)
    assert 0.99 < found < 1.09


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 0.7, 1.5, 3.0]))
def test_nothing_falls_apart_disappears_or_is_thinned_twice(seed: int, size: float) -> None:
    mask = blobs(seed, size)
    lines = skeleton(mask)
    assert not (lines & ~mask).any()
    assert pieces_and_holes(lines) == pieces_and_holes(mask)
    assert (skeleton(lines) == lines).all()
    # Nothing is left that is more than a line, unless branches leave it on all sides.
    assert size == 0 or not ndimage.binary_erosion(lines, np.ones((3, 3))).any()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.0, 0.7, 1.5, 3.0]))
def test_it_is_the_method_as_written(seed: int, size: float) -> None:
    mask = blobs(seed, size)
    assert (skeleton(mask) == plainly(mask)).all()


def test_an_oblique_line_has_no_stairs() -> None:
    b, x = np.ogrid[:40, :40]
    lines = skeleton(np.abs(b - x) < 4)
    rows, columns = np.nonzero(lines[5:-5, 5:-5])
    assert len(rows) == len(set(rows)) == len(set(columns))


def test_lengths_by_hand() -> None:
    def length(*rows: str) -> float:
        lines = np.array([[mark == "#" for mark in row] for row in rows])
        return length_mm(lines, bscan_mm=3, ascan_mm=4)

    assert length("####") == 12
    assert length("#", "#") == 3
    assert length("#..", ".#.", "..#") == 10
    assert length("..#", ".#.", "#..") == 10
    # Round the corner, not across it.
    assert length("##", ".#") == 7
    assert length("...", ".#.", "...") == 0
    assert length("...") == 0


def test_the_length_of_the_parts_is_that_of_the_whole() -> None:
    lines = skeleton(blobs(1, 1.5))
    parts = step_lengths(lines, bscan_mm=0.01, ascan_mm=0.02)
    assert parts.sum() == pytest.approx(length_mm(lines, bscan_mm=0.01, ascan_mm=0.02), rel=1e-5)
    assert not parts[~lines].any()


def test_a_steep_line_has_its_true_length() -> None:
    b, x = np.ogrid[:200, :200]
    for angle in (0.0, 0.2, 0.5, np.pi / 4):
        away = np.abs((b - 100) * np.cos(angle) - (x - 100) * np.sin(angle))
        lines = skeleton((away < 3) & (np.hypot(b - 100, x - 100) < 80))
        assert 0.93 < length_mm(lines, bscan_mm=1, ascan_mm=1) / 160 < 1.085
