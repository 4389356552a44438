"""Words that differ only in spelling."""

from __future__ import annotations

import pytest

from octome.standard.same_words import folded, is_same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frog\u2019s  Pond", "frog's pond"),
        ("Multi\u2011frame", "multi frame"),
        ("\u201cTea\u201d", '"tea"'),
        ("Process 2 & 4", "process 2 and 4"),
        ("Current in \u00b5A", "Current in uA"),
    ],
)
def test_other_spelling(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("-1", "1"), ("1 2", "12"), ("shall", "should"), ("1-n", "1")]
)
def test_other_meaning(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("PET Image", "Positron Emission Tomography Image", True),
        ("Nuclear Medicine Image", "NM Image", True),
        ("Tea Structured Report", "Tea SR", True),
        ("CT Image", "Enhanced CT Image", False),
        ("CT Image", "MR Image", False),
        ("RT Image", "Retired Tea", False),
        ("OCT Image", "Image", False),
    ],
)
def test_abbreviated_name_is_the_same(one: str, other: str, is_same: bool) -> None:
    assert is_same_name(one, other) is is_same
