"""Attributes of the data dictionary."""

from __future__ import annotations

import pytest

from octome.standard.model.dictionary import AttributeUser, Term
from octome.standard.model.page import Link


def test_term_has_its_tag_as_the_standard_prints_it() -> None:
    term = Term(
        tag="0099000a", keyword="", name="", vr="", vm="", is_retired=False, path="/attributes/x"
    )
    assert term.display_tag == "(0099,000A)"


def test_user_is_a_module_or_a_macro() -> None:
    with pytest.raises(ValueError, match="what is 'ciod', which is not one of"):
        AttributeUser(Link("/ciods/frog", "Frog"), "ciod", (), ())  # type: ignore[arg-type]
