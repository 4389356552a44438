"""SOP Classes of images."""

from __future__ import annotations

import pytest

from octome.conformance.check.image_class import STORAGE, is_image


@pytest.mark.parametrize(
    ("last", "expected"),
    [("2", True), ("2.1", True), ("4.2", False), ("88.11", False), ("104.1", False), ("20", True)],
)
def test_what_is_an_image(last: str, *, expected: bool) -> None:
    assert is_image(STORAGE + last) is expected
