"""The pictures of a scan's sheet."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.scan_sheet import (
    ABOVE_UM,
    BELOW_UM,
    WIDTH,
    above_choroid,
    bscan_pictures,
    retina_rows,
    sheet_enface,
)

GEOMETRY = ScanGeometry(axial_mm=0.01, ascan_mm=0.02, bscan_mm=0.04)


def test_a_bscan_is_shown_from_above_the_ilm_to_below_bruchs_membrane() -> None:
    ilm, bm = np.float32([40, 50, np.nan]), np.float32([60, 70, 65])
    rows = retina_rows({"ILM": ilm, "BM": bm}, 200, axial_um=10)
    assert rows == slice(40 - ABOVE_UM // 10, 70 + BELOW_UM // 10)
    assert retina_rows({"ILM": ilm}, 200, axial_um=10) == slice(0, 200)
    assert retina_rows({"ILM": ilm, "BM": bm * np.nan}, 200, axial_um=10) == slice(0, 200)


def test_flow_is_shown_down_to_60_um_below_bruchs_membrane() -> None:
    shown = above_choroid({"BM": np.float32([10, np.nan])}, 30, axial_um=10)
    assert shown[:, 0].sum() == 16
    assert shown[:, 1].all()


def test_an_enface_picture_has_the_proportions_of_the_tissue() -> None:
    picture = sheet_enface(np.ones((50, 200), np.float32), GEOMETRY)
    # 50 x 0.04 mm by 200 x 0.02 mm: twice as wide as high.
    assert picture.shape == (WIDTH // 2, WIDTH, 3)


def test_surfaces_are_drawn_in_colour_over_the_second_picture() -> None:
    structure = np.full((60, 80), 5, np.float32)
    rows = {"ILM": np.full(80, 20, np.float32), "BM": np.full(80, 40, np.float32)}
    (_, plain), (_, drawn) = bscan_pictures(structure, rows, GEOMETRY, name="one")
    assert plain.shape == drawn.shape
    coloured = np.ptp(drawn.astype(int), axis=2) > 30
    assert coloured.any()
    assert not (np.ptp(plain.astype(int), axis=2) > 30).any()
