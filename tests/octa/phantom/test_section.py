"""The retina along A-scans, and its truth."""

from __future__ import annotations

import numpy as np
import pytest
from eye_section import DISC, section

from octome.octa.phantom.section import in_rows, seen_ilm
from octome.octa.phantom.speckle import blurred


def test_surfaces_of_a_healthy_eye_are_in_order_and_a_pit_is_thin() -> None:
    healthy = section()
    depths = healthy.depths()
    outside = ~DISC.is_inside(healthy.y, healthy.x)
    assert (np.diff(np.array(list(depths.values())), axis=0)[:, outside] >= 0).all()
    thick = (depths["BM"] - depths["ILM"])[0]
    # Published means of healthy eyes: 225 um at the very centre, 340 um 1 mm from it.
    assert thick[200] == pytest.approx(215, abs=35)
    assert thick[133] == pytest.approx(325, abs=45)


def test_inside_the_disc_there_is_an_ilm_alone() -> None:
    healthy = section(DISC.y)
    truth = healthy.truth(healthy.depths())
    inside = DISC.is_inside(healthy.y, healthy.x)
    assert inside.any()
    assert np.isfinite(truth["ILM"]).all()
    for name in list(truth):
        if name != "ILM":
            assert (np.isnan(truth[name]) == inside).all(), name


def test_the_ilm_does_not_jump_at_the_edge_of_the_disc() -> None:
    healthy = section(DISC.y)
    assert np.abs(np.diff(healthy.depths()["ILM"])).max() < 40


def test_a_boundary_lies_at_its_depth_over_the_spacing_in_edges_of_rows() -> None:
    # Row 0 reaches from 0 to 4 um: its lower edge is the boundary between rows 0 and 1.
    depth, top = np.array([[14.0, 21.0, 9.0, 51.0]]), np.array([[10.0]])
    rows = in_rows({"ILM": depth}, top, axial_um=4.0, rows=10)["ILM"]
    np.testing.assert_allclose(rows, [[0.5, 2.25, np.nan, np.nan]])
    np.testing.assert_allclose(rows[0, :2] + 0.5, (depth - top)[0, :2] / 4.0)


def test_the_ilm_is_drawn_where_the_amplitude_has_risen_to_half() -> None:
    power = np.zeros((1, 1, 40), np.float32)
    power[..., 20:] = 1
    amplitude = np.sqrt(blurred(power, 3.0, 0.0))[0, 0]
    # The edge lies between rows 19 and 20.
    (at,) = seen_ilm(np.float32([19.5]), 3.0)
    assert np.interp(at, np.arange(40), amplitude) == pytest.approx(0.5, abs=0.02)
