"""Changes between editions."""

from __future__ import annotations

import pytest

from octome.standard.model.edition_diff import Change


def test_change_is_an_addition_a_removal_or_another_value() -> None:
    with pytest.raises(
        ValueError, match="what is 'moved', which is not one of added, removed, renamed, changed"
    ):
        Change(what="moved", title="Frog", path="/modules/frog", edition="2026b")  # type: ignore[arg-type]
