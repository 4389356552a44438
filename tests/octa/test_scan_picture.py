from __future__ import annotations

import numpy as np

from octome.octa.scan_picture import CHART_PX, CURVES, PATH, fundus_picture, thickness_chart


def coloured(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.argwhere((picture == colour).all(axis=2))


def test_a_bscan_is_drawn_where_it_lay_row_before_column() -> None:
    line = np.array([[10.0, 30.0], [10.0, 70.0]])
    picture = fundus_picture(np.zeros((50, 100), np.uint8), [line], width=200)
    assert picture.shape == (100, 200, 3)
    rows, columns = coloured(picture, PATH).T
    assert np.abs(rows - 20).max() <= 1
    assert columns.max() in (139, 140, 141)


def test_of_a_dense_raster_only_some_bscans_are_drawn() -> None:
    lines = [np.array([[y / 2, 0.0], [y / 2, 99.0]]) for y in range(200)]
    picture = fundus_picture(np.zeros((100, 100), np.uint8), lines, width=400)
    assert len(coloured(picture[:, 200:201], PATH)) < 100


def test_a_thicker_layer_is_higher_and_a_gap_is_empty() -> None:
    rnfl = np.full(40, 100.0, np.float32)
    rnfl[20:] = 200
    rnfl[10] = np.nan
    picture = thickness_chart({"RNFL": rnfl}, width=400)
    assert picture.shape == (CHART_PX, 400, 3)
    below_names = picture[25:]
    thin = coloured(below_names[:, 50:52], CURVES["RNFL"])[:, 0].mean()
    thick = coloured(below_names[:, 300:302], CURVES["RNFL"])[:, 0].mean()
    assert thick < thin
    assert len(coloured(below_names[:, 104:106], CURVES["RNFL"])) == 0


def test_no_thickness_is_an_empty_chart() -> None:
    picture = thickness_chart({"retina": np.full(5, np.nan, np.float32)}, width=100)
    assert picture.shape == (CHART_PX, 100, 3)
