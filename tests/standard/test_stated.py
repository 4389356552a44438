"""What a text states of an attribute's values."""

from __future__ import annotations

import pytest

from octome.standard.stated import ContextGroup


def test_codes_shall_be_from_a_defined_group_only() -> None:
    assert ContextGroup(7, "defined").is_defined
    assert not ContextGroup(7, "baseline").is_defined


def test_binding_that_is_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="'frog' is not a binding"):
        ContextGroup(7, "frog")  # type: ignore[arg-type]
