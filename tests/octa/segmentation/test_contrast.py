"""Edges and lines of a band."""

from __future__ import annotations

import numpy as np

from octome.octa.segmentation.contrast import bar, brightening, fitted_brightening, means


def test_an_edge_is_strongest_where_it_is() -> None:
    column = np.float32([[0] * 10 + [1] * 10])
    step = brightening(column, 4)
    assert step.argmax() in (9, 10)
    assert step.max() == 1
    np.testing.assert_allclose(brightening(-column, 4), -step)


def test_a_shadow_changes_no_edge() -> None:
    # On a logarithmic scale a shadow subtracts the same from every row.
    column = np.random.default_rng(0).normal(size=(1, 40)).astype(np.float32)
    np.testing.assert_allclose(brightening(column - 3, 4), brightening(column, 4), atol=1e-5)


def test_a_line_is_a_maximum_of_its_width() -> None:
    column = np.zeros((1, 21), np.float32)
    column[0, 9:12] = 2
    found = bar(column, 1, 4)
    assert found.argmax() == 10
    assert found[0, 10] == 2


def test_what_lies_beyond_the_layer_is_not_compared() -> None:
    # Dark, a bright layer of two rows, dark: seen with as many rows as the layer has.
    band = np.float32([[[0, 0, 0, 3, 3, 0, 0, 0]]])
    two, four = np.float32([[2]]), np.float32([[4]])
    assert fitted_brightening(band, two, two).max() == 3
    assert fitted_brightening(band, two, four).max() < 3


def test_means_repeat_the_outermost_row() -> None:
    np.testing.assert_allclose(means(np.float32([[2, 4]]), -1, 0), [[2, 3]])
