"""Repeats are checked before they are used."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch, TooFewRepeats
from octome.octa.repeats import (
    amplitude_of,
    checked_complex,
    checked_out,
    checked_repeats,
    used_repeats,
)


def test_repeats_have_four_axes_and_are_as_many_as_needed() -> None:
    assert checked_repeats(np.ones((2, 3, 4, 5)), least=3) == (2, 3, 4, 5)
    with pytest.raises(TooFewRepeats) as refused:
        checked_repeats(np.ones((2, 3, 4, 5)), least=4)
    assert refused.value.details == {"found": 3, "needed": 4}
    for shape in ((2, 3, 4), (2, 3, 0, 5)):
        with pytest.raises(ShapeMismatch, match="B, R, Z, X"):
            checked_repeats(np.ones(shape), least=1)


def test_the_usable_repeats_of_each_position_are_their_indices() -> None:
    usable = np.array([[True, False, True], [False, False, False]])
    assert [list(each) for each in used_repeats(usable, 2, 3)] == [[0, 2], []]
    assert [list(each) for each in used_repeats(None, 2, 3)] == [[0, 1, 2], [0, 1, 2]]


def test_amplitude_is_the_length_of_a_complex_value_and_left_alone_otherwise() -> None:
    found = amplitude_of(np.array([[3 + 4j, -2j]], np.complex64))
    np.testing.assert_allclose(found, [[5, 2]])
    amplitude = np.ones((1, 2), np.uint16)
    assert amplitude_of(amplitude) is amplitude


def test_phase_needs_complex_values() -> None:
    with pytest.raises(ShapeMismatch, match="omag needs complex B-scans; found float32"):
        checked_complex(np.ones(3, np.float32), "omag")


def test_an_array_to_write_to_has_the_right_shape_and_type() -> None:
    out = np.empty((2, 3), np.float32)
    assert checked_out(out, (2, 3)) is out
    assert checked_out(None, (2, 3)).shape == (2, 3)
    for wrong in (np.empty((3, 2), np.float32), np.empty((2, 3))):
        with pytest.raises(ShapeMismatch, match="out needs to be float32"):
            checked_out(wrong, (2, 3))
