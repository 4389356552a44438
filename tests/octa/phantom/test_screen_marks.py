"""Marks in a picture."""

from __future__ import annotations

import numpy as np

from octome.octa.phantom.screen_marks import with_marks


def test_marks_are_white_and_stay_off_the_retina() -> None:
    grey = np.zeros((2, 200, 300), np.uint8)
    truth = {name: np.full((2, 300), row, np.float32) for name, row in (("ILM", 40), ("BM", 90))}
    found = with_marks(grey, truth, np.random.default_rng(0))
    assert (found == 255).sum() > 100
    assert (found[:, 40:91] == 0).all()
    assert (grey == 0).all()


def test_without_room_there_are_no_marks() -> None:
    grey = np.zeros((1, 100, 300), np.uint8)
    truth = {name: np.full((1, 300), row, np.float32) for name, row in (("ILM", 10), ("BM", 95))}
    assert (with_marks(grey, truth, np.random.default_rng(0)) == 0).all()
