"""Confidentiality profiles as lines."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.model.confidentiality import Protection
from octome.terminal.confidentiality import confidentiality_lines, protection_lines
from octome.terminal.style import plain


def test_row_of_a_mask_is_named(library: Library) -> None:
    head, *actions = protection_lines(library.attribute("60023000").protection, 100)
    assert head.endswith("row (60xx,3000) Overlay Data")
    assert [line.split()[0] for line in actions] == ["X", "C"]


def test_attribute_that_is_not_in_the_table_and_no_table() -> None:
    (line,) = protection_lines(Protection(table_edition="2015b", row=None), 100)
    assert line.endswith("of 2015b): not in it")
    assert protection_lines(None, 100) == []


def test_table_has_a_line_for_each_row_and_letter(library: Library) -> None:
    page = library.confidentiality_index()
    lines = confidentiality_lines(page, 400, plain)
    assert len(lines) == len(page.rows) + len(page.meanings) + 4
