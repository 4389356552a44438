"""What is not blood is taken away, and blood is left."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.flow.bulk_motion import bulk_motion_removed, tissue_level
from octome.octa.flow.methods import FLOW_METHODS
from octome.octa.flow.noise_floor import noise_amplitude, noise_floor
from octome.octa.flow.projection import projections_removed
from octome.octa.flow.stripes import absent_filled, stripes_removed


def rayleigh(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).rayleigh(size=shape).astype(np.float32)


def test_the_noise_is_found_in_the_dark_rows() -> None:
    structure = rayleigh((6, 4, 200, 50)).mean(axis=1)
    structure[:, 60:150] += 8
    # The mean of a Rayleigh amplitude of scale 1.
    assert noise_amplitude(structure) == pytest.approx(np.sqrt(np.pi / 2), rel=0.03)
    floor = noise_floor(structure, 4)
    assert (structure[:, :60] < floor).mean() > 0.99
    assert (structure[:, 60:150] > floor).all()
    structure[2] = np.nan
    assert np.isfinite(noise_amplitude(structure))
    structure[:] = np.nan
    assert np.isnan(noise_amplitude(structure))


def test_bulk_motion_is_taken_off_and_vessels_are_left() -> None:
    rng = np.random.default_rng(0)
    structure = np.full((30, 80, 60), 10, np.float32)
    flow = rng.uniform(0.05, 0.15, (30, 80, 60)).astype(np.float32)
    flow[:, 20:30, 10:14] = 0.8
    moved = flow.copy()
    moved[12] += 0.3
    moved[20, :, 30:] += 0.2
    found = bulk_motion_removed(moved, structure, noise_floor=1)
    np.testing.assert_allclose(found[12], flow[12], atol=0.03)
    # A-scans next to those that moved are told by both.
    np.testing.assert_allclose(found[20, :, 40:], flow[20, :, 40:], atol=0.03)
    np.testing.assert_allclose(found[5], flow[5], atol=0.03)


def test_bulk_motion_of_nothing_is_nothing() -> None:
    flow = np.zeros((4, 20, 16), np.float32)
    flow[2] = np.nan
    structure = np.ones_like(flow)
    structure[2] = np.nan
    found = bulk_motion_removed(flow, structure, noise_floor=2)
    assert np.isnan(found[2]).all()
    np.testing.assert_array_equal(found[[0, 1, 3]], 0)


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
def test_removing_projections_is_what_its_definition_says(name: str) -> None:
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


def test_the_level_of_an_ascan_is_the_median_of_the_tissue_about_it() -> None:
    rng = np.random.default_rng(0)
    flow = rng.uniform(0, 1, (3, 40, 50)).astype(np.float32)
    structure = rng.uniform(0, 2, flow.shape).astype(np.float32)
    structure[2] = 0
    level = tissue_level(flow, structure, 1.0)
    for x in (7, 25, 42):
        about = slice(x - 7, x + 8)
        tissue = flow[0, :, about][structure[0, :, about] > 1]
        # Told from a histogram of 512 levels.
        assert level[0, x] == pytest.approx(np.median(tissue), abs=4 / 512)
    assert np.isnan(level[2]).all()


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


def test_a_line_across_the_image_goes_and_a_vessel_along_it_stays() -> None:
    rng = np.random.default_rng(0)
    image = rng.uniform(0.1, 0.2, (40, 100)).astype(np.float32)
    image[10, 20:60] += 0.5  # a vessel along the B-scan
    striped = image.copy()
    striped[25] += 0.4
    found = stripes_removed(striped)
    np.testing.assert_allclose(found[25], image[25], atol=0.03)
    assert (found[10, 20:60] > 0.5).all()
    np.testing.assert_allclose(found[:9], image[:9], atol=0.02)


def test_absent_lines_stay_absent_until_they_are_filled() -> None:
    image = np.arange(12, dtype=np.float32).reshape(4, 3)
    image[1] = np.nan
    image[:, 2] = np.nan
    found = stripes_removed(image)
    assert np.isnan(found[1]).all()
    filled, made_up = absent_filled(image)
    np.testing.assert_allclose(filled[1, :2], [3, 4])
    assert made_up.sum() == 2
    assert np.isnan(filled[:, 2]).all()
    nothing = np.full((2, 3), np.nan, np.float32)
    assert np.isnan(stripes_removed(nothing)).all()
