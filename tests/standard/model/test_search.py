"""What a search found."""

from __future__ import annotations

import pytest

from octome.standard.model.search import Hit


def test_hit_is_of_a_kind() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Hit(kind="frog", title="", detail="", path="/", editions=())
