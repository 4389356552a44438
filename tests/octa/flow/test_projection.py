"""The tail below a vessel is removed, and vessels within it are left."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.flow.methods import FLOW_METHODS
from octome.octa.flow.projection import projections_removed


@pytest.mark.parametrize("name", ["ssada", "omag", "speckle-variance"])
def test_the_tail_below_a_vessel_goes_and_a_vessel_in_it_stays(name: str) -> None:
    method = FLOW_METHODS[name]
    power, square = method.amplitude_power, 2 if method.amplitude_power == 1 else 1
    shape = (3, 120, 40)
    structure = np.broadcast_to(np.linspace(2, 6, 40, dtype=np.float32), shape).copy()
    full = method.saturation * structure**power
    share = np.zeros(shape, np.float32)  # of the light that moves
    share[:, 30:36, 10:14] = 1  # a vessel; 18 um of it let half of the light through unmoved
    share[:, 36:, 10:14] = 1 - np.exp(-18 / 25)
    share[:, 70:74, 11:13] = 1  # another one, in its tail
    flow = (full * share ** (1 / square)).astype(np.float32)
    ilm, bm = np.full((3, 40), 10, np.float32), np.full((3, 40), 100, np.float32)
    found = projections_removed(
        flow, structure, ilm, bm, axial_mm=0.003, noise_floor=1, method=method
    )
    left = (found / full) ** square
    assert left[:, 40:68, 11:13].mean() < 0.12  # of 0.51
    assert (left[:, 70:74, 11:13] > 0.35).all()
    assert (left[:, 30, 10:14] > 0.9).all()
    np.testing.assert_allclose(found[:, :, 20:], flow[:, :, 20:], rtol=1e-5)


def plain_projections(flow, structure, ilm, bm, axial_mm, floor, method, tail_um=25.0):  # type: ignore[no-untyped-def]
    """What `projections_removed` means, row by row, in float64."""
    power, square = method.amplitude_power, 2 if method.amplitude_power == 1 else 1
    rows = np.arange(flow.shape[1])[None, :, None]
    retina = (rows >= ilm[:, None]) & (rows <= bm[:, None])
    tissue = structure >= floor
    light = structure.astype(np.float64) ** power
    per_light = np.where(tissue, flow / light, 0)
    rest = np.median(per_light[retina & tissue]) ** square
    span = method.saturation**square - rest
    smooth = ndimage.convolve1d(per_light**square, [0.23, 0.54, 0.23], axis=2, mode="nearest")
    smooth = ndimage.convolve1d(smooth, [0.054, 0.244, 0.404, 0.244, 0.054], axis=1, mode="nearest")
    moving = np.clip((smooth - rest) / span, 0, 1.5) * retina
    out = np.empty(flow.shape)
    passed_um = np.zeros((flow.shape[0], flow.shape[2]))
    for z in range(flow.shape[1]):
        thrown = 1 - np.exp(-passed_um / tail_um)
        left = flow[:, z].astype(np.float64) ** square - light[:, z] ** square * thrown * span
        out[:, z] = np.maximum(left, 0) ** (1 / square)
        passed_um += np.maximum(moving[:, z] - thrown, 0) * axial_mm * 1000
    return out


@pytest.mark.parametrize("name", ["decorrelation", "omag", "speckle-variance"])
def test_removing_projections_matches_its_definition(name: str) -> None:
    rng = np.random.default_rng(3)
    method = FLOW_METHODS[name]
    structure = rng.uniform(0.5, 3, (4, 90, 21)).astype(np.float32)
    share = rng.uniform(0, 0.4, structure.shape)
    share[:, 25:31, 5:12] = 1
    flow = (method.saturation * structure**method.amplitude_power * share).astype(np.float32)
    ilm = rng.uniform(5, 15, (4, 21)).astype(np.float32)
    bm = ilm + 60
    how = {"axial_mm": 0.0032, "method": method}
    found = projections_removed(flow, structure, ilm, bm, noise_floor=0.8, **how)
    expected = plain_projections(flow, structure, ilm, bm, floor=0.8, **how)
    np.testing.assert_allclose(found, expected, rtol=2e-3, atol=2e-4 * flow.max())


def test_a_projection_needs_surfaces_and_leaves_what_has_none() -> None:
    flow = np.random.default_rng(0).random((2, 50, 6), np.float32)
    structure = np.ones_like(flow)
    ilm, bm = np.zeros((2, 6), np.float32), np.full((2, 6), 49, np.float32)
    ilm[:, 2] = np.nan
    flow[1] = np.nan
    how = {"axial_mm": 0.003, "noise_floor": 0.5, "method": FLOW_METHODS["omag"]}
    found = projections_removed(flow, structure, ilm, bm, **how)
    np.testing.assert_array_equal(found[0, :, 2], flow[0, :, 2])
    assert (found[0, 10:, 3] < flow[0, 10:, 3]).any()
    assert np.isnan(found[1]).all()
    with pytest.raises(ShapeMismatch, match=r"ilm and bm \(B, X\)"):
        projections_removed(flow, structure, ilm[:1], bm, **how)
