"""Which way up a retina lies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from octome.formats.heidelberg_vol import read
from octome.formats.reading_options import ReadingOptions
from octome.octa.phantom.structural_eye import structural_eye
from octome.octa.segmentation.orientation import Orientation
from octome.octa.segmentation.tissue_rank import tissue_rank

SHARED = Path(__file__).parents[4] / "shared"


@pytest.mark.parametrize("seed", [930002, 930016])
def test_a_retina_is_upside_down_only_with_its_rows_in_reverse(seed: int) -> None:
    eye = structural_eye(seed, stratum="easy")
    assert eye.amplitude is not None
    ranks = tissue_rank(eye.amplitude, eye.geometry).of(eye.amplitude[:1])
    assert not Orientation(ranks, eye.geometry).is_upside_down
    assert Orientation(ranks[:, ::-1], eye.geometry).is_upside_down


@pytest.mark.shared
def test_a_circle_that_the_window_mirrors_is_not_upside_down() -> None:
    found = read(SHARED / "data" / "oct" / "heyex_vol" / "valid.vol", ReadingOptions())
    structure = np.nan_to_num(found.structure)
    ranks = tissue_rank(structure, found.geometry).of(structure)
    assert not Orientation(ranks, found.geometry).is_upside_down


def test_noise_lies_no_way_up() -> None:
    eye = structural_eye(930016, stratum="easy")
    noise = np.random.default_rng(0).rayleigh(size=(1, 200, 64)).astype(np.float32)
    ranks = tissue_rank(noise, eye.geometry).of(noise)
    assert not Orientation(ranks, eye.geometry).is_upside_down
    assert not Orientation(ranks[:, ::-1], eye.geometry).is_upside_down
