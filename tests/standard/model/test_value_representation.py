"""Value representations in words."""

from __future__ import annotations

from octome.standard.model.value_representation import spelled_vr


def test_alternatives_are_spelled_with_or_between() -> None:
    assert spelled_vr("OB or OW") == "Other Byte or Other Word (OB or OW)"


def test_an_unknown_vr_is_not_changed() -> None:
    assert (spelled_vr("ZZ"), spelled_vr("")) == ("ZZ", "")
