"""Surfaces from the network's chances, shared among neighbours and in their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.segmentation.learned import SURFACES, learned_surfaces, true_geometry
from octome.octa.segmentation.tissue_rank import tissue_rank


def test_rows_are_finite_ordered_and_near_the_surfaces() -> None:
    eye = layered_eye(bscans=3, ascans=90, rows=280)
    found = learned_surfaces(tissue_rank(eye.volume, eye.geometry).of(eye.volume), eye.geometry)
    for upper, lower in pairwise(SURFACES):
        assert (found.rows[upper] <= found.rows[lower] + 1e-4).all(), lower
    for name in SURFACES:
        off = np.abs(found.rows[name] - eye.surfaces[name]) * eye.geometry.axial_um
        assert off.mean() < 7, name
        assert ((found.sure[name] >= 0) & (found.sure[name] <= 1)).all()
        assert found.absent[name].max() < 0.5, name


def test_what_is_sure_is_near() -> None:
    eye = layered_eye(bscans=2, ascans=120, rows=300)
    noisy = eye.volume + 2 * np.random.default_rng(0).rayleigh(size=eye.volume.shape)
    noisy = noisy.astype(np.float32)
    found = learned_surfaces(tissue_rank(noisy, eye.geometry).of(noisy), eye.geometry)
    off = np.concatenate([np.abs(found.rows[n] - eye.surfaces[n]).ravel() for n in SURFACES])
    sure = np.concatenate([found.sure[n].ravel() for n in SURFACES])
    assert (sure >= 0.8).mean() > 0.05
    assert (off[sure >= 0.8] > 5).mean() <= 0.1


@pytest.mark.parametrize("wrong", [0.55, 1.0])
def test_a_wrong_spacing_is_noticed_where_it_matters(wrong: float) -> None:
    eye = layered_eye(bscans=1, ascans=120, rows=300)
    ranks = tissue_rank(eye.volume, eye.geometry).of(eye.volume)
    stated = replace(eye.geometry, axial_mm=eye.geometry.axial_mm * wrong)
    found = true_geometry(ranks, stated).axial_mm / eye.geometry.axial_mm
    assert 0.6 < found < 1.45


def test_a_steep_retina_is_found_as_well_as_a_level_one() -> None:
    eye = layered_eye(bscans=1, ascans=160, rows=600)
    shift = np.round(1.5 * np.arange(160)).astype(int)
    steep = np.stack([np.roll(eye.volume[:, :, x], shift[x], 1) for x in range(160)], axis=2)
    found = learned_surfaces(tissue_rank(steep, eye.geometry).of(steep), eye.geometry)
    for name in SURFACES:
        off = np.abs(found.rows[name] - shift - eye.surfaces[name]) * eye.geometry.axial_um
        assert off.mean() < 8, name


def test_empty_bscans_between_others_take_no_confidence_from_them() -> None:
    eye = layered_eye(bscans=9, ascans=90, rows=280)
    volume = eye.volume.copy()
    volume[1::2] = 0
    found = learned_surfaces(tissue_rank(volume, eye.geometry).of(volume), eye.geometry)
    for name in SURFACES:
        assert found.sure[name][::2].mean() > 0.8, name
