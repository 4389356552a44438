"""Pictures show what is there, in its proportions."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.picture import (
    ABSENT,
    SURFACE_COLOURS,
    bscan_picture,
    enface_picture,
    flow_picture,
    grey_picture,
    window,
    with_outline,
    with_surfaces,
)
from octome.octa.surface import SURFACE_NAMES


def test_a_picture_has_the_proportions_of_the_tissue() -> None:
    image = np.ones((10, 40), np.float32)
    # 10 rows of 0.02 mm by 40 columns of 0.01 mm: half as high as wide.
    assert enface_picture(image, bscan_mm=0.02, ascan_mm=0.01, width=200).shape == (100, 200, 3)
    assert bscan_picture(image, axial_mm=0.004, ascan_mm=0.01, width=50).shape == (5, 50, 3)


def test_black_and_white_are_where_requested() -> None:
    image = np.array([[0.0, 1.0, 2.0, 3.0]], np.float32)
    shades = grey_picture(image, low=1, high=2, spacing_mm=(1, 1), width=4)[0, :, 0]
    assert shades.tolist() == [0, 0, 255, 255]


def test_a_few_bright_pixels_do_not_darken_the_rest() -> None:
    image = np.linspace(0, 1, 10_000, dtype=np.float32).reshape(100, 100)
    image[0, 0] = 1e6
    assert window(image, 1, 99.5) == pytest.approx((0.01, 0.995), abs=1e-3)


def test_what_is_absent_has_its_own_colour() -> None:
    image = np.ones((8, 8), np.float32)
    image[3] = np.nan
    for width in (8, 64):
        found = enface_picture(image, bscan_mm=1, ascan_mm=1, width=width)
        is_absent = (found == ABSENT).all(axis=2)
        assert is_absent.any(axis=1).sum() == width / 8
        assert is_absent.all(axis=1).sum() == width / 8
    nothing = enface_picture(np.full((8, 8), np.nan, np.float32), bscan_mm=1, ascan_mm=1)
    assert (nothing == ABSENT).all()
    frame = bscan_picture(np.full((8, 8), np.nan, np.float32), axial_mm=1, ascan_mm=1)
    assert (frame == ABSENT).all()


def test_every_surface_has_its_own_colour_and_none_is_grey() -> None:
    assert set(SURFACE_COLOURS) == set(SURFACE_NAMES)
    assert len(set(SURFACE_COLOURS.values())) == len(SURFACE_NAMES)
    assert all(max(colour) > 150 for colour in SURFACE_COLOURS.values())


def test_surfaces_are_drawn_where_they_lie_and_break_where_they_are_nan() -> None:
    dark = np.zeros((40, 20, 3), np.uint8)
    rows = np.full(20, 9.5, np.float32)
    rows[8:12] = np.nan
    found = with_surfaces(dark, {"ILM": rows}, 20)
    # Row 9.5 of 20 is the middle: 40 px high, its centre lies between px 19 and 20.
    drawn = (found == SURFACE_COLOURS["ILM"]).all(axis=2)
    assert set(np.nonzero(drawn)[0]) <= {19, 20}
    assert drawn[:, :8].any(axis=0).all()
    assert not drawn[:, 9:11].any()
    assert not dark.any()


def test_flow_is_coloured_and_stillness_stays_grey() -> None:
    structure = np.full((6, 6), 10, np.float32)
    structure[0] = 1
    flow = np.zeros((6, 6), np.float32)
    flow[3] = 1
    flow[5] = np.nan
    found = flow_picture(
        structure, flow, axial_mm=1, ascan_mm=1, flow_range=(0, 1), width=6
    ).astype(int)
    assert found[3, 2].tolist() == [255, 230, 0]
    for row in (1, 5):
        assert np.ptp(found[row], axis=1).max() == 0
    with pytest.raises(ShapeMismatch, match="structure and flow"):
        flow_picture(structure, flow[1:], axial_mm=1, ascan_mm=1)


def test_an_outline_is_the_inner_edge_of_its_region() -> None:
    region = np.zeros((6, 6), bool)
    region[1:5, 1:5] = True
    found = with_outline(np.zeros((6, 6, 3), np.uint8), region, (9, 8, 7))
    drawn = (found == (9, 8, 7)).all(axis=2)
    assert int(drawn.sum()) == 12
    assert not drawn[2:4, 2:4].any()


def test_an_array_that_is_not_an_image_is_an_error() -> None:
    with pytest.raises(ShapeMismatch, match=r"\(2, 3, 4\)"):
        enface_picture(np.ones((2, 3, 4), np.float32), bscan_mm=1, ascan_mm=1)
