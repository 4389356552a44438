"""Which pixels are vessel, and when nobody can say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from octome.errors import ShapeMismatch
from octome.octa.phantom.noise import stream
from octome.octa.phantom.vasculature import VesselFreeZone, capillaries, larger_vessels
from octome.octa.truth import SUPERFICIAL
from octome.octa.vessel_mask import Mask, vessel_map, vessel_mask, without_specks

STEP = {"bscan_mm": 0.01, "ascan_mm": 0.01}
SIDE = 180


def drawn_vessels(seed: int) -> Mask:
    """The superficial plexus of a simulated eye over 1.8 mm, three pixels wide or more."""
    zone = VesselFreeZone(seed)
    mask = np.zeros((SIDE, SIDE), bool)
    for vessels in (capillaries(seed, SUPERFICIAL, zone), larger_vessels(seed, zone)):
        share = np.linspace(0, 1, 60)[:, None, None]
        points = vessels.start[:, :2] * (1 - share) + vessels.end[:, :2] * share
        at = np.rint(points / 0.01 + SIDE / 2).astype(int)
        inside = ((at >= 0) & (at < SIDE)).all(axis=-1)
        mask[at[inside][:, 0], at[inside][:, 1]] = True
    return np.asarray(ndimage.binary_dilation(mask))


def seen_with_noise(vessels: Mask, noise: float, seed: int) -> np.ndarray:
    """An angiogram: blurred by the beam, speckled, with noise of that share of their height."""
    rng = stream(seed, "angiogram")
    blurred = ndimage.gaussian_filter(vessels.astype(float), 0.7)
    speckle = ndimage.gaussian_filter(rng.normal(size=vessels.shape), 0.7)
    flicker = 1 + 0.2 * speckle / speckle.std()
    added = ndimage.gaussian_filter(rng.normal(size=vessels.shape), 0.5)
    return np.float32(0.3 + blurred * flicker + noise * added / added.std())


def dice(a: Mask, b: Mask) -> float:
    return float(2 * (a & b).sum() / (a.sum() + b.sum()))


@pytest.mark.parametrize("noise", [0.05, 0.2, 0.35])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_density_of_a_simulated_plexus_is_right_with_any_noise(noise: float, seed: int) -> None:
    true = drawn_vessels(seed)
    found = vessel_map(seen_with_noise(true, noise, seed), **STEP)
    assert found.seen.all()
    assert dice(found.mask, true) > 0.83
    assert found.mask.mean() == pytest.approx(true.mean(), rel=0.1)


def test_of_noise_alone_nothing_is_seen() -> None:
    rng = np.random.default_rng(5)
    for blur in (0.0, 0.7, 1.5):
        noise = ndimage.gaussian_filter(rng.standard_normal((200, 200)), blur)
        found = vessel_map(np.float32(np.exp(noise)), **STEP)
        assert 0.95 < found.ridge_excess < 1.04
        assert not found.seen.any()


@pytest.mark.parametrize("grey", [np.sqrt, np.log, lambda v: v**3])
def test_a_grey_curve_changes_little(grey: np.ufunc) -> None:
    image = seen_with_noise(drawn_vessels(1), 0.1, 1).clip(0.02, None)
    assert dice(vessel_mask(image), vessel_mask(np.float32(grey(image + 1)))) > 0.95


def test_a_scan_that_fades_keeps_its_vessels() -> None:
    image = seen_with_noise(drawn_vessels(1), 0.1, 1).clip(0.02, None)
    faded = image * np.linspace(0.25, 1, SIDE, dtype=np.float32)[:, None]
    assert dice(vessel_mask(image), vessel_mask(faded)) > 0.95


def test_pixels_need_not_be_square() -> None:
    true = drawn_vessels(2)
    image = seen_with_noise(true, 0.1, 2)
    coarse = image.reshape(SIDE // 2, 2, SIDE).mean(axis=1)
    found = vessel_mask(coarse, bscan_mm=0.02, ascan_mm=0.01)
    assert found.shape == coarse.shape
    assert dice(np.repeat(found, 2, axis=0), true) > 0.7


def test_what_is_absent_is_neither_vessel_nor_seen() -> None:
    image = seen_with_noise(drawn_vessels(1), 0.1, 1)
    whole = vessel_mask(image)
    image[60:63] = np.nan
    found = vessel_map(image, **STEP)
    assert not found.mask[60:63].any()
    assert (found.seen == np.isfinite(image)).all()
    assert dice(found.mask[70:], whole[70:]) > 0.98
    nothing = vessel_map(np.full((9, 9), np.nan, np.float32), **STEP)
    assert not nothing.seen.any()
    assert np.isnan(nothing.ridge_excess)
    even = vessel_map(np.ones((30, 30), np.float32), **STEP)
    assert not even.mask.any()
    assert not even.seen.any()


def test_specks_are_pieces_that_are_small_and_alone() -> None:
    mask = np.zeros((40, 40), bool)
    mask[5, 5:25] = mask[30:32, 30:32] = True
    kept = without_specks(mask, (0.01, 0.01))
    assert kept[5, 5:25].all()
    assert not kept[30:].any()


def test_an_array_that_is_not_an_image_is_an_error() -> None:
    with pytest.raises(ShapeMismatch, match=r"\(B, X\); found shape \(4,\)"):
        vessel_mask(np.ones(4, np.float32))
