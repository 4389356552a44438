"""Which eye: from the words that vendors write, and from a file's name."""

from __future__ import annotations

import pytest

from octome.formats.eye import side, side_in_name


@pytest.mark.parametrize(
    ("word", "eye"),
    [("OD", "R"), ("r", "R"), (" OS\0\0", "L"), ("l", "L"), ("OU", None), ("", None), (None, None)],
)
def test_only_a_word_for_one_eye_gives_a_side(word: str | None, eye: str | None) -> None:
    assert side(word) == eye


@pytest.mark.parametrize(
    ("name", "eye"),
    [
        ("P1_cube_OD_sn7.img", "R"),
        ("scan OS.oct", "L"),
        ("OD2.oct", "R"),
        ("OD_then_OD.oct", "R"),
        ("OD_or_OS.oct", None),
        ("MOSES.img", None),
        ("scan_od.oct", None),
    ],
)
def test_a_name_must_have_one_eye_as_a_word(name: str, eye: str | None) -> None:
    assert side_in_name(name) == eye
