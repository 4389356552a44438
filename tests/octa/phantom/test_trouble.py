"""Conditions of simulated scans."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.trouble import APART, STRATA, TROUBLES, Conditions, Stratum, fits


@pytest.mark.parametrize("stratum", STRATA)
def test_conditions_keep_to_their_stratum(stratum: Stratum) -> None:
    span = STRATA[stratum]
    for seed in range(50):
        found = Conditions.drawn(np.random.default_rng(seed), stratum=stratum)
        assert span.contrast_db[0] <= found.contrast_db <= span.contrast_db[1]
        assert span.frames[0] <= found.frames <= span.frames[1]
        assert span.troubles[0] <= len(found.troubles) <= span.troubles[1]
        assert all(len(found.troubles & each) <= 1 for each in APART)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_trouble_that_is_given_is_there(trouble: str) -> None:
    found = Conditions.drawn(np.random.default_rng(0), trouble=trouble, stratum="easy")
    assert trouble in found.troubles
    assert found.curve or trouble not in ("marks", "compression")


def test_without_troubles_an_eye_is_healthy() -> None:
    found = [Conditions.drawn(np.random.default_rng(seed), trouble="none") for seed in range(20)]
    assert not any(each.troubles for each in found)


def test_what_contradicts_another_does_not_fit() -> None:
    assert not fits("hole", {"circle"})
    assert not fits("hole", {"hole"})
    assert fits("hole", {"marks", "shadows"})
