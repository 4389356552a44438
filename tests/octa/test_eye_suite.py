"""The suite of simulated eyes, and the segmentation on it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from eye_suite import COUNT, PLANNED, plan, suite_eye
from surface_scores import Scores, are_right, scores

from octome.octa.phantom.trouble import STRATA
from octome.octa.segmentation.layers import segmented
from octome.octa.surface import SurfaceMaps
from soak import amount

# Ten, in which each stratum occurs.
SAMPLE = range(5, COUNT - 5, 19)
# Share of the surfaces within 2 px, of eyes with 15 dB of contrast or more.
LEAST_RIGHT = 0.85


def maps(row: list[float], sure: list[float]) -> SurfaceMaps:
    """One surface of one B-scan."""
    return SurfaceMaps({"ILM": np.float32([row])}, {"ILM": np.float32([sure])})


def scored(row: list[float], true: list[float]) -> Scores:
    found = maps(row * 8, [1.0] * 8 * len(row))
    return scores(found, {"ILM": np.float32([true * 8])})


def test_a_surface_is_right_if_it_was_found_within_2_px() -> None:
    assert are_right(scored([11.0, np.nan], [10.0, 10.0]))
    assert not are_right(scored([13.0, np.nan], [10.0, 10.0]))
    assert not are_right(scored([10.0, np.nan, np.nan], [10.0, 10.0, 10.0]))


def test_what_does_not_exist_is_not_scored_but_noted() -> None:
    found = scored([10.0, 30.0], [10.0, np.nan])["ILM"]
    assert found.error == 0
    assert len(found.invented) == 8


def test_scores_may_be_those_of_some_columns() -> None:
    found, truth = maps([12.0, 10.0] * 8, [1.0] * 16), {"ILM": np.full((1, 16), 10, np.float32)}
    even = (np.arange(16) % 2 == 0)[None]
    assert scores(found, truth, even)["ILM"].error == 2
    assert scores(found, truth, ~even)["ILM"].error == 0


def test_the_suite_has_every_trouble_in_every_stratum() -> None:
    planned = Counter(plan(number) for number in range(COUNT))
    assert set(planned) == {(stratum, trouble) for stratum in STRATA for trouble in PLANNED}


def test_surfaces_are_found_in_simulated_eyes() -> None:
    right: list[bool] = []
    for number in amount(SAMPLE, whole=range(COUNT)):
        each = suite_eye(number)
        if each.eye.conditions.contrast_db >= 15:
            found = segmented(each.volume, each.eye.geometry)
            right += [score.is_right for score in scores(found, each.eye.truth).values()]
    assert np.mean(right) >= LEAST_RIGHT


@pytest.mark.parametrize("number", [-1, COUNT])
def test_the_suite_ends(number: int) -> None:
    with pytest.raises(IndexError, match="0 to 199"):
        suite_eye(number)
