"""A vendor's lines as surfaces: renamed, ordered, NaN where nothing was drawn."""

from __future__ import annotations

import numpy as np

from octome.formats.layers import HEIDELBERG, surface_maps
from octome.octa.surface import SURFACE_NAMES

NAMES = {"bottom": "BM", "top": "ILM"}


def test_lines_get_octome_s_names_from_the_vitreous_downwards() -> None:
    maps = surface_maps(
        {"bottom": np.array([[9.0, 9.5]]), "top": np.array([[1.0, 2.0]]), "other": np.ones((1, 2))},
        NAMES,
    )
    assert maps is not None
    assert list(maps.rows) == ["ILM", "BM"]
    assert maps["BM"].tolist() == [[9.0, 9.5]]
    assert maps["BM"].dtype == np.float32


def test_impossible_rows_are_nan_without_confidence() -> None:
    maps = surface_maps({"top": np.array([[0.0, -1.0, 3e38, np.nan, 5.0]])}, NAMES)
    assert maps is not None
    np.testing.assert_array_equal(maps["ILM"], [[0, np.nan, np.nan, np.nan, 5]])
    assert maps.confidence["ILM"].tolist() == [[1, 0, 0, 0, 1]]


def test_a_line_at_row_0_throughout_was_not_drawn() -> None:
    maps = surface_maps({"top": np.zeros((2, 3)), "bottom": np.full((2, 3), 7.0)}, NAMES)
    assert maps is not None
    assert list(maps.rows) == ["BM"]
    assert surface_maps({"top": np.zeros((2, 3))}, NAMES) is None
    assert surface_maps({"other": np.ones((2, 3))}, NAMES) is None


def test_heidelberg_s_names_are_of_octome_s_surfaces() -> None:
    assert set(HEIDELBERG.values()) <= set(SURFACE_NAMES)
    # Its RPE is the inner border of the layer; octome's is its centre.
    assert "RPE" not in HEIDELBERG
