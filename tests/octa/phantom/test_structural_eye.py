"""Structural scans of any eye."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.structural_eye import StructuralEye, structural_eye
from octome.octa.phantom.trouble import TROUBLES, Trouble


def image(eye: StructuralEye) -> np.ndarray:
    """Amplitude or grey, whichever it has."""
    found = eye.amplitude if eye.grey is None else eye.grey
    assert found is not None
    return found


def test_a_seed_gives_one_scan() -> None:
    one, same, other = (structural_eye(seed, shape=(2, 128)) for seed in (5, 5, 6))
    assert np.array_equal(image(one), image(same))
    for name, row in one.truth.items():
        np.testing.assert_array_equal(row, same.truth[name])
    assert not np.array_equal(image(one), image(other))


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_gives_a_scan_with_its_truth(trouble: Trouble) -> None:
    eye = structural_eye(1, trouble=trouble, stratum="easy")
    volume = image(eye)
    assert (eye.amplitude is None) != (eye.grey is None)
    assert np.isfinite(volume).all()
    for row in eye.truth.values():
        assert row.shape == (volume.shape[0], volume.shape[2])
        assert np.isnan(row).all() or np.nanmax(row) <= volume.shape[1] - 0.5
        assert np.isnan(row).all() or np.nanmin(row) >= -0.5
    assert np.isfinite(eye.truth["BM"]).mean() > 0.2


def test_layers_are_seen_where_the_ilm_lies_above_the_window() -> None:
    eye = structural_eye(100_000)
    assert eye.amplitude is not None
    b, x = np.nonzero(np.isnan(eye.truth["ILM"]) & np.isfinite(eye.truth["BM"]))
    assert len(x) > 50
    at = np.rint(eye.truth["RPE"][b, x])
    seen = np.isfinite(at)
    bright = eye.amplitude[b[seen], at[seen].astype(int), x[seen]]
    assert bright.mean() > 3 * eye.amplitude[:, -20:].mean()


@pytest.mark.parametrize("stratum", ["easy", "middle", "hard", "poor"])
def test_contrast_is_as_stated(stratum: str) -> None:
    eyes = [structural_eye(seed, stratum=stratum, shape=(2, 192)) for seed in range(12)]
    for eye in eyes:
        if eye.amplitude is None or eye.conditions.subtracted:
            continue
        row = np.arange(eye.amplitude.shape[1])[:, None]
        inside = (row >= eye.truth["RNFL"][:, None]) & (row <= eye.truth["IPL"][:, None])
        # The mean of noise of power 1, averaged: between sqrt(pi) / 2 and 1.
        n = eye.conditions.frames
        floor = 1 - (1 - np.sqrt(np.pi) / 2) / n
        found = 20 * np.log10(eye.amplitude[inside].mean() / floor)
        assert found == pytest.approx(eye.conditions.contrast_db, abs=0.7)


def test_the_ilm_is_the_edge_between_dark_and_bright() -> None:
    eye = structural_eye(11, stratum="easy", shape=(1, 256))
    volume = image(eye).astype(float)
    ilm = eye.truth["ILM"][0]
    above, below = (
        np.array([volume[0, int(z) + step, x] for x, z in enumerate(ilm)]) for step in (-8, 3)
    )
    assert below.mean() > 2 * above.mean()


def test_it_is_darker_below_vessels() -> None:
    eye = structural_eye(1, trouble="circle", stratum="easy", shape=(1, 768))
    volume, bm = image(eye).astype(float)[0], eye.truth["BM"][0]
    rpe = np.array([volume[int(z) - 3 : int(z), x].mean() for x, z in enumerate(bm)])
    assert 0.03 < eye.has_vessel.mean() < 0.4
    assert rpe[eye.has_vessel[0]].mean() < rpe[~eye.has_vessel[0]].mean()


def test_a_blink_has_no_surfaces() -> None:
    for seed in range(40):
        eye = structural_eye(seed, trouble="fixation", stratum="easy", shape=(6, 128))
        dark = np.isnan(eye.truth["BM"]).all(axis=1)
        if dark.any():
            level = image(eye).astype(float).mean(axis=(1, 2))
            assert level[dark].max() < level[~dark].min()
            return
    pytest.fail("no eye blinked")


def test_a_stated_spacing_may_be_wrong_but_not_by_much() -> None:
    eye = structural_eye(2, trouble="spacing")
    ratio = eye.geometry.axial_mm / eye.path.geometry.axial_mm
    assert ratio != 1
    assert 0.5 < ratio < 1.6
