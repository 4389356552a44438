"""The window of a picture, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import NothingThere
from octome.instances.window import frame_window, window_of


def test_the_window_reaches_between_two_percentiles_of_the_values() -> None:
    # Of 1 to 100: 10 % is 10.9 and 90 % is 90.1; pixels without a value do not count.
    stored = np.concatenate([np.arange(1, 101), np.zeros(900)]).astype(np.uint16)
    center, width = window_of(stored, 10, 90)
    assert (center, width) == (10 + 79 // 2, 79)


def test_a_window_is_never_narrower_than_two() -> None:
    assert window_of(np.full(9, 7, np.uint16), 0, 100) == (8, 2)
    (item,) = frame_window(np.full(9, 7, np.uint16), 0, 100)
    assert (item.WindowCenter, item.WindowWidth) == (8, 2)


def test_an_image_without_a_value_has_no_window() -> None:
    with pytest.raises(NothingThere):
        window_of(np.zeros(9, np.uint16), 0, 100)
