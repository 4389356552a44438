"""Differences between editions as lines."""

from __future__ import annotations

from octome.standard.library import Library
from octome.terminal.difference import difference_lines
from octome.terminal.style import plain


def test_change_of_a_type_has_both_values(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "/modules/surface-segmentation")
    creator, *_ = [line for line in difference_lines(page, 200, plain) if "~  (0070,0084)" in line]
    assert "2 -> 3" in creator
