"""What refers to a section."""

from __future__ import annotations

import pytest

from octome.standard.model.page import Link
from octome.standard.model.section import Citation


def test_what_refers_to_a_section_is_a_table_or_a_section() -> None:
    with pytest.raises(
        ValueError, match="what is 'ciod', which is not one of module, macro, section"
    ):
        Citation(Link("/ciods/frog", "Frog"), "ciod", 1, "/ciods/frog")  # type: ignore[arg-type]
