"""The simulated vessels are connected, lie in their layers and leave the fovea free."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.octa.phantom.eye import SimulatedEye
from octome.octa.phantom.vasculature import VesselFreeZone, grown, murray
from octome.octa.truth import DEEP, INTERMEDIATE, SUPERFICIAL


@pytest.fixture(scope="module")
def eye() -> SimulatedEye:
    return SimulatedEye(seed=7, motion=0, bscans=120, ascans=120, repeats=1)


def test_the_radius_of_a_parent_is_that_of_murray() -> None:
    # 0 is the root of 1; 1 branches into 2 and 3.
    radius = murray(np.array([-1, 0, 1, 1]), 0.005)
    np.testing.assert_allclose(radius[2:], 0.005)
    assert radius[1] == pytest.approx(0.005 * 2 ** (1 / 3))


def test_a_tree_reaches_every_point_from_a_root() -> None:
    rng = np.random.default_rng(0)
    nodes, parents = grown(rng, np.zeros((1, 2)), rng.uniform(-1, 1, (60, 2)))
    assert len(nodes) == 61
    assert parents[0] == -1
    assert (parents[1:] < np.arange(1, 61)).all()
    assert (parents[1:] >= 0).all()


def test_retinal_vessels_are_connected(eye: SimulatedEye) -> None:
    retinal = np.isin(eye.truth.vessels, (SUPERFICIAL, INTERMEDIATE, DEEP))
    parts, count = ndimage.label(retinal, np.ones((3, 3, 3)))
    largest = np.bincount(parts.ravel())[1:].max()
    assert count > 0
    # At the edge of the field some pieces are cut off from the rest.
    assert largest > 0.97 * retinal.sum()


def test_the_avascular_zone_is_free_of_vessels(eye: SimulatedEye) -> None:
    plan = eye.plan
    b, x = np.mgrid[: plan.bscans, : plan.ascans]
    y_mm = (b - (plan.bscans - 1) / 2) * plan.bscan_mm
    x_mm = (x - (plan.ascans - 1) / 2) * plan.ascan_mm
    zone = VesselFreeZone(7)
    inside = np.hypot(y_mm, x_mm) < zone.radius(np.arctan2(y_mm, x_mm)) - 0.03
    retinal = np.isin(eye.truth.vessels, (SUPERFICIAL, INTERMEDIATE, DEEP)).any(axis=1)
    assert not retinal[inside].any()
    assert 0.1 < retinal[~inside].mean() < 0.8


@pytest.mark.parametrize(
    ("plexus", "upper", "lower"),
    [(SUPERFICIAL, "ILM", "IPL"), (DEEP, "INL", "OPL"), (4, "BM", "CC"), (5, "CC", "CSI")],
)
def test_each_plexus_lies_in_its_layer(
    eye: SimulatedEye, plexus: int, upper: str, lower: str
) -> None:
    surfaces = eye.truth.surfaces
    b, z, x = np.nonzero(eye.truth.vessels == plexus)
    assert len(z) > 100
    inside = (z > surfaces[upper][b, x] - 1) & (z < surfaces[lower][b, x] + 1)
    # Risers to the deep plexus begin in the one above it.
    assert inside.mean() > (0.8 if plexus == DEEP else 0.97)
